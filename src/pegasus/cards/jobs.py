from django_tasks import task

from pegasus.cards.bulk import actions, making, queries
from pegasus.kernel import clock, jobs
from pegasus.kernel.jobs import every


@task()
def make_bulk(run_pk: int) -> None:
    """Make some of a run's cards; twice or late does no harm."""
    making.work(run_pk, now=clock.now, machine=clock.machine)


@every(seconds=60)
@task()
def tend_bulk() -> None:
    """Take up the runs that a dead worker left, and delete those whose time is over."""
    for pk in queries.abandoned(clock.machine()).values_list("pk", flat=True):
        jobs.wake("cards.make_bulk", pk, unique_key=f"bulk|{pk}")
    actions.forget_outlived(at=clock.now())
