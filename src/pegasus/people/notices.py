"""What was done about accounts and power, in sentences for those whom it concerns."""

from django.utils.translation import gettext as _

from pegasus.people.models import AccountNotice


def sentence(notice: AccountNotice) -> str:
    """Say what was done and by whom; when stands beside it."""
    return str(_sentences()[notice.kind] % notice.facts)


def _sentences() -> dict[str, str]:
    return {
        "role.given": _("%(by)s memberi peran %(role)s kepada %(name)s."),
        "role.self_given": _("%(by)s, sebagai administrator, memberi peran %(role)s kepada dirinya sendiri."),
        "role.agreed": _("%(by)s menyetujui usulan %(proposer)s: %(name)s menjadi %(role)s."),
        "role.proposed": _("%(by)s mengusulkan %(name)s sebagai %(role)s. Usulan ini menunggu persetujuan."),
        "account.given": _("%(by)s membuatkan akun untuk %(name)s, pemegang peran %(role)s."),
        "account.password_reset": _("%(by)s membuatkan kata sandi baru untuk akun %(name)s."),
        "factor.removed": _("%(by)s melepas verifikasi dua langkah dari akun %(name)s."),
        "outsider.invited": _("%(by)s mengundang %(name)s (%(institution)s) sebagai %(role)s."),
        "outsider.ended": _("%(by)s mengakhiri akses %(name)s (%(institution)s)."),
    }
