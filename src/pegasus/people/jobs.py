import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks import task

from pegasus.kernel import clock
from pegasus.kernel.addresses import reaches_phones
from pegasus.kernel.jobs import every
from pegasus.people import actions, queries
from pegasus.people.models import AccountNotice
from pegasus.people.notices import sentence

log = logging.getLogger(__name__)


@every(seconds=900)
@task()
def move_accounts() -> None:
    """Let the accounts of transferred people open the new office from their first day there."""
    for employee in queries.waiting_for_an_account():
        actions.move_account(employee=employee, at=clock.now())


@task()
def mail_notice(pk: int) -> None:
    """Send what was done about accounts and power to a mailbox; the first page tells it in any case.

    It keeps no quiet hours and waits for nothing, unlike what `delivery` sends: whoever takes an account over would
    do so in the evening, and have the night before anybody hears of it. So an address that no other machine can open
    is left out, where `delivery` would hold the whole message.
    """
    notice = AccountNotice.objects.select_related("user").filter(pk=pk).first()
    if notice is None or not notice.user.email or not settings.PEGASUS_EMAIL_URL:
        return
    text = _("%(what)s\n\nJika ini tidak Anda kenali, hubungi administrator kantor.\n%(address)s")
    address = settings.PEGASUS_BASE_URL if reaches_phones(settings.PEGASUS_BASE_URL) else ""
    try:
        send_mail(
            _("Pegasus: perubahan akun atau peran"),
            (text % {"what": sentence(notice), "address": address}).rstrip(),
            None,
            [notice.user.email],
        )
    except OSError as fault:  # SMTPException is one; nothing is sent twice
        log.warning("no mail about an account: %s", type(fault).__name__)
