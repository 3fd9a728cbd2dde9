from django_tasks import task

from pegasus.kernel import clock
from pegasus.roster import actions
from pegasus.roster.models import Roster


@task()
def keep_list(roster_pk: int) -> None:
    """Keep the printed list of a published version as a Record; doing it again changes nothing."""
    roster = Roster.objects.select_related("office").filter(pk=roster_pk, published_at__isnull=False).first()
    if roster is not None:
        actions.keep_list(roster=roster, at=clock.now())
