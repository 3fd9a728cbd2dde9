"""The birthdays of an office: who, when, and how far each card is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.calendar.queries import working_calendar
from pegasus.cards.models import Card, CardTemplate
from pegasus.cards.queries import SENT, sizes_done, yearly_template
from pegasus.people.models import Employee, Office
from pegasus.people.queries import employees_of, present_or_coming, with_birthdays
from pegasus.sop import queries as sop
from pegasus.sop.domain.greetings import Greeting
from pegasus.sop.models import Activity, Programme, Task

NEAR = 2  # working days before a card is due, which is one before it is posted
UNMADE, WAITING, READY, POSTED = "unmade", "waiting", "ready", "posted"


@dataclass(frozen=True)
class Row:
    """A birthday with its tasks and its card."""

    greeting: Greeting
    card_task: Task | None = None
    posting_task: Task | None = None
    card: Card | None = None
    has_picture: bool = False
    reviews: bool = False

    @property
    def state(self) -> str:
        """How far it is, in one word."""
        if self.posting_task is not None and self.posting_task.closed_at is not None:
            return POSTED
        if self.card is None or self.card.state not in SENT or not self.has_picture:
            return READY if self._made_elsewhere else UNMADE
        return WAITING if self.reviews and self.card.state == Card.State.SUBMITTED else READY

    @property
    def _made_elsewhere(self) -> bool:
        task = self.card_task
        return task is not None and task.closed_at is not None and task.outcome == Task.Outcome.DONE


@dataclass(frozen=True)
class Month:
    """The coming birthdays of a month."""

    first: date
    rows: tuple[Row, ...]

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def unmade(self) -> int:
        """How many cards one tap would make."""
        return sum(row.state == UNMADE and row.card_task is not None for row in self.rows)

    @property
    def waiting(self) -> int:
        """How many cards one tap would approve."""
        return self.count(WAITING)


@dataclass(frozen=True)
class Year:
    """The two tasks that a year begins with: the list and the template (SOP-322, 1 and 2)."""

    number: int
    list_task: Task | None
    template_task: Task | None
    template: CardTemplate | None


def programme_of(office: Office) -> Programme | None:
    """Return the running programme that lives on birthdays, if the office has one."""
    rows = sop.activities_in_force(office).filter(rhythm=Activity.Rhythm.BIRTHDAYS)
    found = rows.first()
    return found.version.procedure.programme if found else None


def year_of(office: Office, number: int) -> Year:
    """Return how a year's list and template stand."""
    programme = programme_of(office)
    tasks = sop.tasks_of(office).filter(
        subject=f"year:{number}", activity__version__procedure__programme=programme or 0
    )
    by_rhythm = {task.activity.rhythm: task for task in tasks}
    return Year(
        number,
        by_rhythm.get(Activity.Rhythm.BIRTHDAYS),
        by_rhythm.get(Activity.Rhythm.TEMPLATES),
        yearly_template(office, number),
    )


def months_of(office: Office, at: datetime) -> list[Month]:
    """Return the coming birthdays, and those of these days that are not posted yet, month by month."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    people = with_birthdays(office, on=today)
    found = sop.coming_greetings(office, people, working_calendar(office), first=today)
    rows = with_tasks(office, found)
    return [
        Month(first, tuple(group))
        for first, group in groupby(rows, key=lambda row: row.greeting.birthday.replace(day=1))
    ]


def overdue(office: Office, at: datetime) -> QuerySet[Task]:
    """Return the postings whose day is past and of which nobody gave proof, the oldest first."""
    return sop.greeting_tasks(office).filter(activity__rhythm=Activity.Rhythm.POSTING, closed_at=None, due_at__lt=at)


def unmade(office: Office, at: datetime) -> QuerySet[Task]:
    """Return the cards that should be made by now and are not: from the third working day before they are posted."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    last = end_of_day(working_calendar(office).add(today, NEAR), office.timezone)
    tasks = sop.greeting_tasks(office).filter(activity__rhythm=Activity.Rhythm.CARD, closed_at=None, due_at__lte=last)
    return tasks.exclude(card__state__in=SENT)


def with_tasks(office: Office, found: Iterable[Greeting]) -> list[Row]:
    """Bring the tasks and cards of birthdays along; three queries however many there are."""
    wanted = list(found)
    subjects = [one.subject for one in wanted]
    tasks = {
        (task.subject, task.activity.rhythm): task for task in sop.greeting_tasks(office).filter(subject__in=subjects)
    }
    cards = {card.task_id: card for card in Card.objects.filter(office=office, task__subject__in=subjects)}
    drawn = sizes_done(cards.values())
    rows = []
    for one in wanted:
        task = tasks.get((one.subject, Activity.Rhythm.CARD))
        card = cards.get(task.pk) if task else None
        rows.append(
            Row(
                one,
                task,
                tasks.get((one.subject, Activity.Rhythm.POSTING)),
                card,
                bool(card and drawn.get(card.pk)),
                office.reviews_cards,
            )
        )
    return rows


def without_date(office: Office, today: date) -> QuerySet[Employee]:
    """Return who works here and has given no date of birth: nobody has to."""
    return present_or_coming(office, on=today).filter(birth_date=None, greeting_declined_at=None, anonymised_at=None)


def declined(office: Office, today: date) -> int:
    """Count who does not want to be greeted."""
    return present_or_coming(office, on=today).exclude(greeting_declined_at=None).count()


def card_task(office: Office, pk: int) -> QuerySet[Task]:
    """The door to the task of making a birthday's card."""
    tasks = sop.greeting_tasks(office).filter(activity__rhythm=Activity.Rhythm.CARD, pk=pk)
    return tasks.select_related("office", "activity__version__procedure__programme")


def posting_task(task: Task) -> Task | None:
    """Return the task of posting the same card."""
    postings = sop.greeting_tasks(task.office).filter(subject=task.subject, activity__rhythm=Activity.Rhythm.POSTING)
    return postings.first()


def listed(office: Office, year: int, today: date) -> list[tuple[date, Employee]]:
    """Return the birthdays of a year, day by day: of who works here today or in that year, and may be greeted."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    people = with_birthdays(office, on=max(first, today) if year >= today.year else first)
    employees = employees_of(office).in_bulk([person.pk for person in people])
    days = [(day, employees[one.pk]) for one in people for day in one.birthdays_between(first, last)]
    return sorted(days, key=lambda pair: (pair[0], pair[1].name, pair[1].pk))
