from collections import Counter
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from pegasus.cards.birthdays.celebrated import words_for
from pegasus.cards.birthdays.queries import UNMADE, with_tasks
from pegasus.cards.domain.bulk import Line
from pegasus.cards.models import BulkRow, BulkRun, CardTemplate
from pegasus.people.models import Office
from pegasus.people.queries import employees_of, with_birthdays
from pegasus.sop.domain.greetings import Greeting
from pegasus.sop.models import Task


def runs_of(office: Office) -> QuerySet[BulkRun]:
    """The only door to bulk runs: those of one office, the latest first."""
    return BulkRun.objects.filter(office=office).select_related("template", "office").order_by("-created_at", "-pk")


def runs_with_figures(office: Office) -> QuerySet[BulkRun]:
    """Return the runs with the number of their rows that can become cards, and of those that did."""
    return runs_of(office).annotate(
        wanted=Count("rows", filter=~Q(rows__state=BulkRow.State.REFUSED)),
        ready=Count("rows", filter=Q(rows__state=BulkRow.State.DONE)),
    )


def rows_of(run: BulkRun) -> QuerySet[BulkRow]:
    """Return a run's rows as the sheet has them."""
    return BulkRow.objects.filter(run=run).order_by("number", "pk")


def figures(run: BulkRun) -> Counter[str]:
    """Count a run's rows by state."""
    return Counter(dict(rows_of(run).order_by().values_list("state").annotate(Count("pk"))))


def abandoned(machine_now: datetime) -> QuerySet[BulkRun]:
    """Return the runs that somebody should work on and nobody does."""
    free = Q(lease_until=None) | Q(lease_until__lt=machine_now)
    return BulkRun.objects.filter(free, state=BulkRun.State.RUNNING).order_by("pk")


def outlived(*, drafts_before: datetime, others_before: datetime) -> QuerySet[BulkRun]:
    """Return the runs whose time is over: drafts that nobody started, files that were there to be fetched."""
    resting = (BulkRun.State.DONE, BulkRun.State.CANCELLED, BulkRun.State.STOPPED)
    drafts = Q(state=BulkRun.State.DRAFT, created_at__lt=drafts_before)
    return BulkRun.objects.filter(drafts | Q(state__in=resting, finished_at__lt=others_before)).order_by("pk")


def birthday_lines(
    office: Office, first: date, last: date, *, template: CardTemplate
) -> tuple[list[Line], dict[int, Task]]:
    """Return a line for each birthday of a period whose card is not made, and by its number the task it belongs to.

    What somebody has written for one of them already is kept; nobody's year of birth is anywhere.
    """
    days = [
        Greeting(one, day, day)
        for one in with_birthdays(office, on=first)
        for day in one.birthdays_between(first, last)
    ]
    days.sort(key=lambda one: (one.birthday, one.person.name, one.person.pk))
    rows = [row for row in with_tasks(office, days) if row.state == UNMADE]
    teams = dict(employees_of(office).order_by().values_list("pk", "team"))
    lines, tasks = [], {}
    for number, row in enumerate(rows, 1):
        one = row.greeting
        words = (
            row.card.words if row.card and row.card.words.strip() else words_for(one.person.name, one.wish, template)
        )
        lines.append(Line(number, one.person.name, teams[one.person.pk], words, "", one.birthday))
        if row.card_task is not None and row.card_task.closed_at is None:
            tasks[number] = row.card_task
    return lines, tasks
