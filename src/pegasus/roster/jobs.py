from django_tasks import task

from pegasus.kernel import clock
from pegasus.people.queries import running_offices
from pegasus.roster import actions
from pegasus.roster.models import Roster


@task()
def keep_list(roster_pk: int) -> None:
    """Keep the printed list of a published version as a Record; doing it again changes nothing."""
    roster = Roster.objects.select_related("office").filter(pk=roster_pk, published_at__isnull=False).first()
    if roster is not None:
        actions.keep_list(roster=roster, at=clock.now())


@task()
def follow_deadlines(office_pk: int) -> None:
    """Let the due times of an office's turns follow its calendar; doing it again changes nothing."""
    office = running_offices().filter(pk=office_pk).first()
    if office is not None:
        actions.follow_deadlines(office=office, at=clock.now())
