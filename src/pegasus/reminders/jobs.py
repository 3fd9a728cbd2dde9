from django_tasks import task

from pegasus.calendar.domain.working_days import DAY
from pegasus.delivery.queries import delivery_for_work
from pegasus.kernel import clock
from pegasus.kernel.jobs import every, wake
from pegasus.people.queries import running_offices
from pegasus.reminders import actions, queries


@every(seconds=30)
@task()
def sweep() -> None:
    """Wake a job for each reminder whose moment has come; a bad one spoils only its own."""
    for pk in queries.due(clock.now()):
        wake("reminders.remind", pk, unique_key=f"reminders.remind|{pk}")


@every(seconds=600)
@task()
def plan_all() -> None:
    """Let each office's reminders follow its calendar, its absences and its cards."""
    for pk in queries.offices_with_duties(clock.now().date()):
        wake("reminders.plan", pk, unique_key=f"reminders.plan|{pk}")


@task()
def plan(office_pk: int) -> None:
    """Bring the reminders of an office's published duties up to date."""
    office = running_offices().filter(pk=office_pk).first()
    if office is not None:
        actions.plan(office=office, at=clock.now())
        sweep.call()


@task()
def remind(pk: int) -> None:
    """Decide on one reminder, and send it if it is to go. May run twice or late."""
    reminder = queries.reminder_for_work(pk)
    if reminder is not None and reminder.fate == reminder.Fate.PLANNED and reminder.delivery_id is None:
        actions.remind(reminder=reminder, at=clock.now())


@task()
def settle(delivery_pk: int) -> None:
    """Take over what became of a message."""
    message = delivery_for_work(delivery_pk)
    if message is not None:
        actions.settle(message=message, at=clock.now())


@every(seconds=300)
@task()
def call_all_reviewers() -> None:
    """Look in each office whether a card has waited for its review long enough."""
    # A day back: an office's posting day may have begun before the day of UTC.
    for pk in queries.offices_with_reviews(clock.now().date() - DAY):
        wake("reminders.call_reviewers", pk, unique_key=f"reminders.call_reviewers|{pk}")


@task()
def call_reviewers(office_pk: int) -> None:
    """Call the reviewers of an office; may run twice or late."""
    office = running_offices().filter(pk=office_pk).first()
    if office is not None:
        actions.call_reviewers(office=office, at=clock.now())


@task()
def tell_returned(version_pk: int) -> None:
    """Tell the writer of a card that it came back."""
    version = queries.returned_for_work(version_pk)
    if version is not None:
        actions.tell_returned(version=version, at=clock.now())


@every(seconds=600)
@task()
def remind_all_of_birthdays() -> None:
    """Look in each office whether a birthday comes near whose card is not made."""
    for pk in queries.offices_with_birthdays(clock.now()):
        wake("reminders.remind_of_birthdays", pk, unique_key=f"reminders.remind_of_birthdays|{pk}")


@task()
def remind_of_birthdays(office_pk: int) -> None:
    """Tell who owes the cards of an office's near birthdays; may run twice or late."""
    office = running_offices().filter(pk=office_pk).first()
    if office is not None:
        actions.remind_of_birthdays(office=office, at=clock.now())
