from django_tasks import task

from pegasus.delivery.queries import delivery_for_work
from pegasus.kernel import clock
from pegasus.kernel.jobs import every, wake
from pegasus.people.queries import running_offices
from pegasus.roster import actions, wishes
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


@every(seconds=60)
@task()
def sweep() -> None:
    """Wake a job for each wish that must move on; a bad one spoils only its own."""
    for pk in wishes.swaps_needing_work(clock.now()):
        wake("roster.advance", pk, unique_key=f"roster.advance|{pk}")


@task()
def advance(swap_pk: int) -> None:
    """Pass an overdue question on to the next colleague. May run twice or late."""
    swap = wishes.swap_for_work(swap_pk)
    if swap is not None:
        actions.advance(swap=swap, at=clock.now())


@task()
def asked(delivery_pk: int) -> None:
    """Count the time for an answer from the moment the question left."""
    message = delivery_for_work(delivery_pk)
    if message is not None:
        actions.question_left(message=message, at=clock.now())
