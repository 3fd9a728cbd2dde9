from collections import Counter
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from pegasus.cards.domain.bulk import NAME_MARK, Line
from pegasus.cards.models import BulkRow, BulkRun
from pegasus.people.domain.birthdays import birthdays_between
from pegasus.people.models import Office
from pegasus.people.queries import active_employees


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


def birthday_lines(office: Office, first: date, last: date, *, words: str) -> list[Line]:
    """Return a card for each birthday of a period, from the dates of birth that the office has; nobody's year."""
    people = active_employees(office, on=first).exclude(birth_date=None)
    found = sorted(
        ((day, one) for one in people if one.birth_date for day in birthdays_between(one.birth_date, first, last)),
        key=lambda pair: (pair[0], pair[1].name, pair[1].pk),
    )
    return [
        Line(number, one.name, one.team, words.replace(NAME_MARK, one.name), "", day)
        for number, (day, one) in enumerate(found, 1)
    ]
