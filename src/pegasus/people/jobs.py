from django_tasks import task

from pegasus.kernel import clock
from pegasus.kernel.jobs import every
from pegasus.people import actions, queries


@every(seconds=900)
@task()
def move_accounts() -> None:
    """Let the accounts of transferred people open the new office from their first day there."""
    for employee in queries.waiting_for_an_account():
        actions.move_account(employee=employee, at=clock.now())
