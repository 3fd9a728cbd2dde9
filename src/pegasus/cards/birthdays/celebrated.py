"""Whose birthday a task is about, and what their card begins with."""

from dataclasses import dataclass
from datetime import date

from pegasus.cards.domain.greetings import wish_for
from pegasus.cards.models import CardTemplate
from pegasus.cards.queries import templates_of, yearly_template
from pegasus.people.domain.birthdays import birthday_in
from pegasus.people.models import Employee, Office
from pegasus.people.queries import employees_of
from pegasus.sop.domain.greetings import of_subject
from pegasus.sop.models import Task

SHIPPED = "lilin"  # the shipped template that was drawn for birthdays


@dataclass(frozen=True)
class Celebration:
    """A person and the day on which their birthday is kept in the task's year."""

    person: Employee
    on: date


def celebration_of(task: Task) -> Celebration | None:
    """Return whose birthday a task is about; None for other work, and once nobody is to be greeted any more.

    That is so when the date of birth is gone, when the person objected, and when they have left by then.
    """
    found = of_subject(task.subject)
    if found is None:
        return None
    person = employees_of(task.office).filter(pk=found[0], anonymised_at=None, greeting_declined_at=None).first()
    if person is None or person.birth_date is None:
        return None
    day = birthday_in(found[1], person.birth_date)
    has_left = person.active_until is not None and person.active_until < day
    return None if has_left else Celebration(person, day)


def template_for(office: Office, year: int) -> CardTemplate:
    """Return what was chosen for the year (SOP-322, 2), else the shipped one for birthdays, else the first."""
    offered = templates_of(office)
    chosen = yearly_template(office, year)
    if chosen is not None:  # by its key: a choice made of an earlier version still holds
        return offered.filter(office=chosen.office_id, key=chosen.key).first() or chosen
    return offered.filter(office=None, key=SHIPPED).first() or offered[0]


def words_for(name: str, number: int, template: CardTemplate) -> str:
    """Return what a card begins with on a template."""
    return wish_for(name, number, salutes=template.office_id is None and template.key == SHIPPED)
