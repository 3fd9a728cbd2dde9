"""Which tasks time itself opens, and until when (DESIGN 8): activities 1, 6, 7; months and years elsewhere."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pegasus.calendar.domain.periods import Kind, Period
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.sop.domain.standards import COUNTING, TimeStandard, due_on

LOOK_BACK = timedelta(days=400)  # a worker that slept longer finds a year's worth of work, not a decade's
BY_TIME = ("roster", "quarter", "semester", "monthly", "yearly")
REPORTS: dict[str, Kind] = {"quarter": "quarter", "semester": "semester"}  # these open when their period is over


@dataclass(frozen=True)
class Terms:
    """What the SOP leaves to the office."""

    roster_period: Kind = "quarter"
    roster_lead_days: int = 10
    semester_days: int = 20


@dataclass(frozen=True)
class Opening:
    """One occurrence: its subject, the quarter it counts in, its first and its last day, what it is about in words."""

    subject: str
    period: str
    opens_on: date
    due_on: date
    label: str = ""


def openings(
    rhythm: str, standard: TimeStandard, calendar: WorkingCalendar, terms: Terms, *, since: date, today: date
) -> list[Opening]:
    """List what has opened up to today under an SOP in force since a day, oldest first.

    An occurrence whose period was over before the SOP came into force never opens; one whose opening day had
    passed by then opens on the first working day of the SOP.
    """
    if rhythm not in BY_TIME:
        return []
    start = max(since, today - LOOK_BACK)
    first_day = calendar.on_or_after(since)
    found: list[Opening] = []
    for subject, period, opens, ends_on in _occurrences(rhythm, calendar, terms, since, today):
        opens_on = max(opens, first_day)
        still_ahead = rhythm in REPORTS or opens_on <= ends_on
        if opens <= today and ends_on >= start and still_ahead:
            last = _last_day(rhythm, standard, calendar, terms, opens_on)
            found.append(Opening(subject, period, opens_on, max(last, opens_on)))
    return found


def _occurrences(
    rhythm: str, calendar: WorkingCalendar, terms: Terms, since: date, today: date
) -> Iterator[tuple[str, str, date, date]]:
    """Yield subject, quarter, opening day and the last day of what the task is about."""
    start = max(since, today - LOOK_BACK)
    if rhythm == "roster":
        running = Period.of(today, terms.roster_period)
        for one in _periods(terms.roster_period, start, running.next.starts_on):
            opens = calendar.add(one.starts_on, -terms.roster_lead_days)
            yield f"period:{one.key}", Period.of(one.starts_on, "quarter").key, opens, one.ends_on
    elif rhythm in REPORTS:
        for one in _periods(REPORTS[rhythm], start, today):
            opens = calendar.on_or_after(one.ends_on + timedelta(days=1))
            yield f"period:{one.key}", Period.of(one.ends_on, "quarter").key, opens, one.ends_on
    elif rhythm == "monthly":
        day = start.replace(day=1)
        while day <= today:
            last = day.replace(day=monthrange(day.year, day.month)[1])
            yield f"month:{day:%Y-%m}", Period.of(day, "quarter").key, calendar.on_or_after(day), last
            day = last + timedelta(days=1)
    else:
        for year in range(start.year, today.year + 1):
            opens = calendar.on_or_after(date(year, 1, 1))
            yield f"year:{year}", Period.of(max(opens, since), "quarter").key, opens, date(year, 12, 31)


def _periods(kind: Kind, start: date, today: date) -> Iterator[Period]:
    period = Period.of(start, kind)
    while period.starts_on <= today:
        yield period
        period = period.next


def _last_day(rhythm: str, standard: TimeStandard, calendar: WorkingCalendar, terms: Terms, opens_on: date) -> date:
    if rhythm == "semester":
        return calendar.add(opens_on, terms.semester_days)
    if rhythm == "monthly":
        month_end = opens_on.replace(day=monthrange(opens_on.year, opens_on.month)[1])
        return calendar.on_or_before(month_end)
    return due_on(standard, opens_on, calendar, counting=COUNTING[rhythm])
