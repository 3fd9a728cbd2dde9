"""The tasks of a birthday: its card and its posting. Pure; who is greeted at all is decided by who calls.

The card has the last working day before it is posted (SOP-322: 1 Hari Kerja; making it earlier is fine), the posting
has its own day: the very birthday, or as the office chose for days on which it does not work.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.people.domain.birthdays import Celebrated
from pegasus.sop.domain.openings import Opening

Rule = Literal["same_day", "before", "after"]
SUBJECT = "birthday:"
GROUP = "group"  # where SOP-322 posts: the office's WhatsApp group
# Holidays never last longer: so far back a birthday may still wait for its posting day.
BACK = timedelta(days=31)


@dataclass(frozen=True)
class Greeting:
    """A birthday that is kept: whose, when, and when its card is posted."""

    person: Celebrated
    birthday: date
    posts_on: date

    @property
    def subject(self) -> str:
        """The neutral key of its tasks."""
        return f"{SUBJECT}{self.person.pk}:{self.birthday.year}"

    @property
    def wish(self) -> int:
        """The number by which its words are chosen: another every year."""
        return self.person.pk + self.birthday.year

    @property
    def label(self) -> str:
        """What its tasks are about, in the language of documents; the date stands in their times."""
        return f"Ulang tahun {self.person.name}"


def posting_day(birthday: date, calendar: WorkingCalendar, rule: Rule) -> date:
    """Return the day on which a birthday's card goes out."""
    if rule == "before":
        return calendar.on_or_before(birthday)
    return calendar.on_or_after(birthday) if rule == "after" else birthday


def horizon(today: date) -> date:
    """Return the last day whose birthdays have their tasks: this month and the whole of the next can be prepared."""
    second = (today.replace(day=1) + timedelta(days=62)).replace(day=1)
    return second - timedelta(days=1)


def greetings(
    people: Iterable[Celebrated], calendar: WorkingCalendar, rule: Rule, *, first: date, last: date
) -> list[Greeting]:
    """List the birthdays whose cards are posted in a period, day by day."""
    found = (
        Greeting(person, day, posting_day(day, calendar, rule))
        for person in people
        for day in person.birthdays_between(first - BACK, last + BACK)
    )
    return sorted(
        (one for one in found if first <= one.posts_on <= last),
        key=lambda one: (one.posts_on, one.birthday, one.person.name, one.person.pk),
    )


def of_subject(subject: str) -> tuple[int, int] | None:
    """Return the employee and the year that a subject names; None when it is no birthday's."""
    kind, _, rest = subject.partition(":")
    person, _, year = rest.partition(":")
    if f"{kind}:" != SUBJECT or not (person.isdecimal() and year.isdecimal()):
        return None
    return int(person), int(year)


def opening_of(one: Greeting, rhythm: str, calendar: WorkingCalendar, *, today: date) -> Opening:
    """Return the occurrence of an activity for a birthday; what was learned too late for its time has today."""
    day = max(one.posts_on if rhythm == "posting" else calendar.add(one.posts_on, -1), today)
    return Opening(one.subject, Period.of(one.posts_on, "quarter").key, day, day, one.label)
