import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks import task

from pegasus.kernel import clock
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
    """Send what was done about accounts and power to a mailbox; the first page tells it in any case."""
    notice = AccountNotice.objects.select_related("user").filter(pk=pk).first()
    if notice is None or not notice.user.email or not settings.PEGASUS_EMAIL_URL:
        return
    text = _("%(what)s\n\nJika ini tidak Anda kenali, hubungi administrator kantor.\n%(address)s")
    try:
        send_mail(
            _("Pegasus: perubahan akun atau peran"),
            text % {"what": sentence(notice), "address": settings.PEGASUS_BASE_URL},
            None,
            [notice.user.email],
        )
    except OSError as fault:  # SMTPException is one; nothing is sent twice
        log.warning("no mail about an account: %s", type(fault).__name__)
