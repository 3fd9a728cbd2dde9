"""What one signature says, in plain words."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pegasus.signing.domain.verdicts import Change, SignatureFacts


def moment(at: datetime) -> str:
    """Return a moment as people write it, in the time zone in force, which it names."""
    local = localtime(at)
    return f"{date_format(local, 'j F Y H.i')} {local.tzname()}"


def signature_lines(signatures: Iterable[SignatureFacts]) -> Iterable[str]:
    """Say what each signature says, one line each."""
    for one in signatures:
        yield " ".join(part for part in (_who(one), _whole(one), _whose(one), _unseen(one)) if part)


def _who(one: SignatureFacts) -> str:
    if not one.signer_name:
        return _("Ada tanda tangan yang tidak dapat dibaca.")
    facts = {"name": one.signer_name, "issuer": one.issuer_name or "–"}
    if one.signed_at is None:
        return _("%(name)s menandatangani dengan sertifikat dari %(issuer)s.") % facts
    facts["when"] = moment(one.signed_at)
    return _("%(name)s menandatangani pada %(when)s dengan sertifikat dari %(issuer)s.") % facts


def _whole(one: SignatureFacts) -> str:
    """Only a digest that does not match may be called a change."""
    if one.problem:
        return _("Tanda tangan ini tidak dapat diperiksa di sini: %(why)s.") % {"why": _why_unchecked(one.problem)}
    if not one.intact:
        return _("Isi berkas berubah setelah ditandatangani.")
    if not one.valid:
        return _("Tanda tangan ini rusak: nilainya tidak cocok dengan sertifikatnya.")
    return _behind(one)


def _behind(one: SignatureFacts) -> str:
    """Say what stands in the file behind a signature that matches."""
    if one.change == Change.SUSPICIOUS:
        return _("Setelah tanda tangan ini ada tambahan yang dapat mengganti tampilan halaman.")
    if one.change == Change.HARMLESS:
        return _("Setelah itu hanya ditambahkan tanda tangan atau data pemeriksaan; isinya tidak berubah.")
    if not one.covers_whole_file:
        return _("Ada tambahan di akhir berkas yang tidak ikut ditandatangani.")
    return _("Isinya tidak berubah sejak ditandatangani.")


def _why_unchecked(problem: str) -> str:
    return {
        "hybrid": _(
            "berkasnya tersusun ganda (hibrida), sehingga program yang berbeda dapat menampilkan isi yang berbeda"
        ),
        "algorithm": _("algoritmanya tidak didukung"),
    }.get(problem, _("susunan tanda tangannya tidak dikenal"))


def _whose(one: SignatureFacts) -> str:
    if not one.holds:
        return ""
    if one.is_bsre:
        return _("Sertifikat BSrE, dan rantainya dipercaya di sini.")
    if one.claims_bsre:
        return _(
            "Sertifikatnya menyebut BSrE sebagai penerbit. Menunggu pemastian: rantainya tidak sampai ke sertifikat "
            "induk BSrE yang dipasang di sini."
        )
    if one.trusted:
        return _("Bukan sertifikat BSrE; rantainya dipercaya di sini.")
    return _("Bukan sertifikat BSrE; pemiliknya menurut sertifikat itu sendiri.")


def _unseen(one: SignatureFacts) -> str:
    if one.visible or not one.holds:
        return ""
    return _("Tanda tangannya ada di dalam berkas tanpa cap di halaman.")
