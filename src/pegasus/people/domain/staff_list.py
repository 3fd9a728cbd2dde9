"""What a staff list means for an office: who is new, who changes, which rows are refused and why, who is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pegasus.people.domain.completing import compare_rows
from pegasus.people.domain.matching import (
    Key,
    Match,
    Person,
    Register,
    are_told_apart,
    bare,
    has_all,
    may_be_the_same,
    names_resemble,
    shared_contacts,
)
from pegasus.people.domain.row_reading import Entry, NumberedRow, Remark, RowRead, read_birth_date, read_rows

Outcome = Literal["created", "updated", "unchanged"]
FACTS = ("name", "title_before", "title_after", "nip", "team", "position", "birth_date", "email", "phone")


@dataclass(frozen=True)
class Known:
    """A person as the office knows them."""

    pk: int
    name: str
    title_before: str = ""
    title_after: str = ""
    nip: str = ""
    team: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""
    birth_date: str = ""  # ISO
    active_until: date | None = None


@dataclass(frozen=True)
class Decision:
    """What becomes of a row that is taken."""

    entry: Entry
    outcome: Outcome
    pk: int | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    returns: bool = False


@dataclass(frozen=True)
class IdentityQuestion:
    """A row whose person may be somebody the office knows, or a row above: only a person can tell.

    `known` and `rows` are whom it may be; `answer` is what was said: a `p` and the key of the person known, a `b` and
    the number of the row above, or OTHER.
    """

    entry: Entry
    by: str
    known: tuple[Known, ...] = ()
    rows: tuple[Entry, ...] = ()
    answer: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers that can be given."""
        return (*(f"p{one.pk}" for one in self.known), *(f"b{one.row}" for one in self.rows), OTHER)


OTHER = "lain"


@dataclass
class Plan:
    """The whole list, decided; `left_out` are rows that are nobody's, `questions` those that a person answers."""

    decisions: list[Decision] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)
    questions: list[IdentityQuestion] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have an outcome."""
        return sum(decision.outcome == outcome for decision in self.decisions)

    @property
    def open_questions(self) -> list[IdentityQuestion]:
        """The rows that are not taken because nobody has said yet who they are."""
        return [question for question in self.questions if not question.answer]


def plan(
    rows: Iterable[NumberedRow],
    mapping: Mapping[str, int],
    known: Sequence[Known],
    *,
    today: date,
    answers: Mapping[int, str] | None = None,
) -> Plan:
    """Decide on every row; the same list decided twice changes nothing the second time.

    `answers` say by row who a person is where the list cannot: see IdentityQuestion.
    """
    read, left_out = read_rows(list(rows), mapping, today)
    result = Plan(left_out=left_out)
    _Deciding(result, known, read, today, answers or {}).decide()
    return result


class _Deciding:
    """One list on its way through, row by row."""

    def __init__(
        self, result: Plan, known: Sequence[Known], read: Sequence[RowRead], today: date, answers: Mapping[int, str]
    ) -> None:
        self.result, self.known, self.read, self.today, self.answers = result, known, read, today, answers
        shared = shared_contacts([*known, *(one.entry for one in read)])
        self.office: Register[Known] = Register(shared)
        self.office.add_all(known)
        self.seen: Register[Entry] = Register(shared, self.office.bare_names)
        self.claimed: dict[int, Entry] = {}  # which row is which known person
        self.places: dict[int, int] = {}  # which decision a row became
        self.in_the_list: set[int] = set()
        # Who is surely in the list is no other row's namesake.
        self.sure = {match.person.pk for one in read if (match := self.office.find(one.entry)) is not None}

    def decide(self) -> None:
        for one in self.read:
            self._decide_row(one)
        present = [one for one in self.known if one.active_until is None or one.active_until >= self.today]
        self.result.missing = [one for one in present if one.pk not in self.in_the_list]

    def _decide_row(self, one: RowRead) -> None:
        entry = one.entry
        match, above = self._who_is(entry)
        refusal = one.fault or _nip_of_another(entry, above)
        if refusal is not None:
            self._refuse(refusal, entry)
        elif above is not None and self._needs_no_answer(entry, above, match):
            self._complete(one, above)
        else:
            self._ask_or_take(one, match, above)
            return
        self.in_the_list.update(namesake.pk for namesake in self.office.namesakes(entry))

    def _who_is(self, entry: Entry) -> tuple[Match[Known] | None, Match[Entry] | None]:
        """Return who a row surely is: somebody the office knows, somebody above; a NIP says more than a contact."""
        match, earlier = self.office.find(entry), self.seen.find(entry)
        if match is not None:
            self.in_the_list.add(match.person.pk)
            if match.by != "nip" and not may_be_the_same(entry, self.claimed.get(match.person.pk, entry)):
                match = None  # somebody else, with a NIP of their own, of whom only the mailbox was known
        claimed = self.claimed.get(match.person.pk) if match is not None else None
        if match is None or claimed is None or (earlier is not None and match.by != "nip"):
            return match, earlier
        return match, Match(claimed, match.by)

    def _ask_or_take(self, one: RowRead, match: Match[Known] | None, above: Match[Entry] | None) -> None:
        entry = one.entry
        question: IdentityQuestion | None = None
        if above is not None:
            match, question = None, self._answered(IdentityQuestion(entry, above.by, (), (above.person,)))
        else:
            match = match or self._same_record(entry)
            question = self._question(entry) if match is None else None
        if question is None:
            self._take(one, match, "")
            return
        self.result.questions.append(question)
        answer = question.answer
        self.in_the_list.update(candidate.pk for candidate in question.known if answer != OTHER)
        if not answer:
            self.seen.add(entry)  # what names its NIP or mailbox again below is still a second time
        elif answer.startswith("b"):
            self._complete(one, Match(next(row for row in question.rows if answer == f"b{row.row}"), "name"))
        else:
            person = next((person for person in question.known if answer == f"p{person.pk}"), None)
            self._take(one, Match(person, "name") if person is not None else None, answer)

    def _refuse(self, refusal: Remark, entry: Entry) -> None:
        self.result.refused.append(replace(refusal, person=entry.name))

    def _needs_no_answer(self, entry: Entry, above: Match[Entry], match: Match[Known] | None) -> bool:
        """Tell whether a row needs no answer: its NIP says who it is, or all that it says is known already."""
        known = vars(match.person) if match is not None else {}
        return above.by == "nip" or has_all(known, compare_rows(above.person, entry, FACTS).added)

    def _complete(self, one: RowRead, above: Match[Entry]) -> None:
        """Add to a row above what a later row says of the same person; what they say differently stays as above."""
        entry, earlier = one.entry, above.person
        place = self.places.get(earlier.row)
        if place is None:
            self._refuse(Remark(entry.row, "name", "row_above_open", entry.name, earlier.row), entry)
            return
        compared = compare_rows(earlier, entry, FACTS)
        remarks = [
            Remark(entry.row, fact, "differs_above", _shown(entry, fact), earlier.row) for fact in compared.differing
        ]
        if compared.added:
            remarks.insert(0, Remark(entry.row, "name", "completes", entry.name, earlier.row))
            fuller = replace(earlier, **compared.added)  # type: ignore[arg-type] # only facts that are texts
            completed, more = _with_the_day_of_the_nip(fuller, entry.row, self.today)
            remarks += more + self._complete_decision(place, entry, completed, compared.added)
            self.seen.replace(earlier, completed)
        else:
            self._refuse(Remark(entry.row, above.by, "duplicate", _shown(entry, above.by), earlier.row), entry)
        self._tell(one, remarks)

    def _complete_decision(self, place: int, entry: Entry, completed: Entry, added: Mapping[str, str]) -> list[Remark]:
        """Decide again on a row above that says more now, and return what to look at because of it."""
        decision = replace(self.result.decisions[place], entry=completed)
        known = next((one for one in self.known if one.pk == decision.pk), None)
        remarks = []
        if known is not None:
            changes = _changes(completed, known)
            outcome: Outcome = "updated" if changes or decision.returns else "unchanged"
            decision = replace(decision, changes=changes, outcome=outcome)
            self.claimed[known.pk] = completed
            if "nip" in added and known.nip and "nip" in changes:
                remarks.append(Remark(entry.row, "nip", "nip_changed", completed.nip))
        self.result.decisions[place] = decision
        if {"email", "phone"} & added.keys():
            remarks += self._shared(completed, decision.pk, row=entry.row)
        return remarks

    def _take(self, one: RowRead, match: Match[Known] | None, answer: str) -> None:
        entry = one.entry
        decision, more = _decide(entry, match, self.today, is_answered=bool(answer))
        more += self._shared(entry, decision.pk, row=entry.row)
        namesakes = [one for one in self.seen.namesakes(entry) if one.team.casefold() == entry.team.casefold()]
        if namesakes and not answer:
            more.append(Remark(entry.row, "name", "namesake", entry.name, namesakes[0].row))
        self.seen.add(entry)
        if decision.pk is not None:
            self.claimed[decision.pk] = entry
            self.in_the_list.add(decision.pk)
        self.places[entry.row] = len(self.result.decisions)
        self.result.decisions.append(decision)
        self._tell(one, more)

    def _tell(self, one: RowRead, more: Sequence[Remark]) -> None:
        name = one.entry.name
        self.result.doubts += [replace(doubt, person=name) for doubt in [*one.doubts, *more]]
        self.result.left_out += [replace(remark, person=name) for remark in one.left_out]

    def _shared(self, entry: Entry, pk: int | None, *, row: int) -> list[Remark]:
        """Return the remark on a contact that somebody else has too, in the list or in the office."""
        if shared := self.seen.shares(entry):
            return [Remark(row, shared, "shared")]
        if shared := self._shares_with_the_office(entry, pk):
            return [Remark(row, shared, "shared_known")]
        return []

    def _shares_with_the_office(self, entry: Entry, pk: int | None) -> Key | None:
        """Return which contact belongs to somebody whom the office knows already."""
        own = next((one for one in self.known if one.pk == pk), None) if pk is not None else None
        if own is not None and (own.email, own.phone) == (entry.email or own.email, entry.phone or own.phone):
            return None  # nothing new: it was told when it came
        return self.office.shares(entry)

    def _same_record(self, entry: Entry) -> Match[Known] | None:
        """Return who is known with all that this row says and without a NIP: whoever it is, nothing can change."""
        if entry.nip:
            return None
        facts = {name: getattr(entry, name) for name in FACTS}
        same = (one for one in self._candidates(entry) if not one.nip and has_all(vars(one), facts))
        person = next(same, None)
        return Match(person, "name") if person is not None else None

    def _candidates(self, entry: Entry) -> list[Known]:
        taken = self.sure | self.claimed.keys()
        return [one for one in self.office.namesakes(entry) if one.pk not in taken]

    def _question(self, entry: Entry) -> IdentityQuestion | None:
        """Return what to ask of a row: who has exactly its name, or its contact under a name written much like it."""
        known, by = self._candidates(entry), "name"
        rows = [one for one in self.seen.namesakes(entry) if not are_told_apart(one, entry)]
        if not known and (alike := self.office.resembling(entry)) and alike.person.pk not in self.claimed:
            known, by = [alike.person], alike.by
        if not known and not rows and (near := self.seen.resembling(entry)):
            rows, by = [near.person], near.by
        if not known and not rows:
            return None
        return self._answered(IdentityQuestion(entry, by, tuple(known), tuple(rows)))

    def _answered(self, question: IdentityQuestion) -> IdentityQuestion:
        """Return a question with the answer that was given to it, if it fits."""
        answer = self.answers.get(question.entry.row, "")
        return replace(question, answer=answer) if answer in question.choices else question


def _nip_of_another(entry: Entry, above: Match[Entry] | None) -> Remark | None:
    """Refuse a row whose NIP stands above under a name that cannot be the same."""
    if above is None or above.by != "nip" or names_resemble(entry.name, above.person.name):
        return None
    return Remark(entry.row, "nip", "nip_twice", entry.nip, above.person.row)


def _no_word_in_common(one: Person, other: Person) -> bool:
    """Tell whether two names cannot be one name written differently."""
    return not set(bare(one.name).split()) & set(bare(other.name).split())


def _shown(entry: Entry, key: str) -> str:
    # Neither a phone nor a date of birth stands in a list of remarks: it is printed, mailed and logged.
    return "" if key in {"phone", "birth_date"} else str(getattr(entry, key))


def _decide(
    entry: Entry, match: Match[Known] | None, today: date, *, is_answered: bool
) -> tuple[Decision, list[Remark]]:
    if match is None:
        return Decision(entry, "created"), []
    known = match.person
    changes = _changes(entry, known)
    doubts = []
    if match.by == "name" and not is_answered:
        doubts.append(Remark(entry.row, "name", "by_name", entry.name))
    if match.by == "nip" and _no_word_in_common(entry, known):
        doubts.append(Remark(entry.row, "name", "name_replaced", known.name))
    if "nip" in changes and known.nip:
        doubts.append(Remark(entry.row, "nip", "nip_changed", entry.nip))
    returns = known.active_until is not None and known.active_until < today
    if returns:
        doubts.append(Remark(entry.row, "name", "returns", entry.name))
    outcome: Outcome = "updated" if changes or returns else "unchanged"
    return Decision(entry, outcome, known.pk, changes, returns), doubts


def _changes(entry: Entry, known: Known) -> dict[str, str]:
    # An empty cell says nothing: what the office knows stays.
    return {
        fact: str(getattr(entry, fact))
        for fact in FACTS
        if getattr(entry, fact) and getattr(entry, fact) != getattr(known, fact)
    }


def _with_the_day_of_the_nip(completed: Entry, row: int, today: date) -> tuple[Entry, list[Remark]]:
    """Hold the day of birth against the NIP where one came from each row."""
    born_on, doubts = read_birth_date(replace(completed, row=row), completed.birth_date, today, month_first=False)
    return replace(completed, birth_date=born_on), doubts
