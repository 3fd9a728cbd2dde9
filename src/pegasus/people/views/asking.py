"""The questions of a preview, "orang yang sama?": both sides beside each other, and the answers that come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pegasus.people import reasons
from pegasus.people.access import OfficeRequest
from pegasus.people.domain.matching import bare
from pegasus.people.domain.names import PersonName
from pegasus.people.domain.row_reading import Entry
from pegasus.people.domain.staff_list import OTHER, IdentityQuestion, Known

PREFIX = "orang-"  # before the row's number, in the name of its answer
FOR_ALL = "semua"


@dataclass(frozen=True)
class Fact:
    """One line of a side; `differs`: the list says something else."""

    label: str
    value: str
    differs: bool


@dataclass(frozen=True)
class PersonSide:
    """Somebody whom the row may be, and the answer that says so."""

    title: str
    facts: list[Fact]
    answer: str
    label: str


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the page shows it."""

    row: int
    sentence: str
    name: str
    answer: str
    listed: list[Fact]
    sides: list[PersonSide]
    other: str = OTHER


def name_of(row: int) -> str:
    """Return the name under which a row's answer comes back."""
    return f"{PREFIX}{row}"


def answers_of(request: OfficeRequest) -> dict[int, str]:
    """Return the answers that a page sent, by row; what fits no question is left to the plan to ignore."""
    sent: Mapping[str, object] = request.POST if request.method == "POST" else request.GET
    rows = ((name.removeprefix(PREFIX), str(answer)) for name, answer in sent.items() if name.startswith(PREFIX))
    return {int(row): answer for row, answer in rows if row.isascii() and row.isdigit() and len(row) < 8}  # noqa: PLR2004 - no list has so many rows


def answer_for_all(request: OfficeRequest, questions: Sequence[IdentityQuestion]) -> dict[int, str]:
    """Return the one answer that was given for everybody: they are the same, where only one person can be meant."""
    wanted = request.GET.get(FOR_ALL, "")
    if wanted == OTHER:
        return {question.entry.row: OTHER for question in questions}
    if wanted != "sama":
        return {}
    return {one.entry.row: one.choices[0] for one in questions if len(one.known) == 1}


def shown(questions: Sequence[IdentityQuestion]) -> list[ShownQuestion]:
    """Return the questions as a page shows them."""
    found = []
    for question in questions:
        listed = _facts(question.entry, question.entry)
        known = [
            PersonSide(_("Sudah tercatat"), _facts(one, question.entry), f"p{one.pk}", _("Orang yang sama"))
            for one in question.known
        ]
        rows = [
            PersonSide(
                _("Baris %(row)s") % {"row": one.row}, _facts(one, question.entry), f"b{one.row}", _("Orang yang sama")
            )
            for one in question.rows
        ]
        found.append(
            ShownQuestion(
                question.entry.row,
                reasons.question_sentence(question),
                name_of(question.entry.row),
                question.answer,
                listed,
                known + rows,
            )
        )
    return found


def _facts(one: Known | Entry, listed: Entry) -> list[Fact]:
    """Return what is known of somebody, a phone and a birth date masked, held against the list."""
    found = []
    for field, value, other in (
        ("name", _full(one), _full(listed)),
        ("nip", one.nip, listed.nip),
        ("team", one.team, listed.team),
        ("position", one.position, listed.position),
        ("email", one.email, listed.email),
        ("phone", one.phone, listed.phone),
    ):
        text = f"•••• {value[-3:]}" if field == "phone" and value else value
        # Titles come and go; what stands in one of the two only is no contradiction.
        held = (bare(value), bare(other)) if field == "name" else (value, other)
        found.append(Fact(reasons.field_label(field), text, all(held) and held[0] != held[1]))
    return found


def _full(one: Known | Entry) -> str:
    return str(PersonName(one.name, one.title_before, one.title_after))
