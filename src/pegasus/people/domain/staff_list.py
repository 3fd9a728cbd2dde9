"""What a staff list means for an office: who is new, who changes, which rows are refused and why, who is missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pegasus.kernel.text import clean_figures, clean_lines
from pegasus.people.domain import days, names, nip, phones
from pegasus.people.domain.columns import Value, plain
from pegasus.people.domain.completing import compare_rows
from pegasus.people.domain.fillers import NUMBERS, is_filler, is_status
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
from pegasus.people.domain.shared_cells import LINES, with_facts_apart, without_mailboxes

Outcome = Literal["created", "updated", "unchanged"]
# Lines that stand under or between the people: sums, signatures, notes, the row that numbers the columns.
# With its figure and what is counted, nothing more: somebody may be called Total Sihombing.
TOTAL = re.compile(
    r"^(grand |sub ?)?(jumlah|total)([\s:=]+(pegawai|orang|asn|pns|pppk|keseluruhan|seluruhnya|semua))*[\s:=]*[\d.,]*"
    r"\s*(pegawai|orang)?\s*$",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^((mengetahui|keterangan|catatan|dibuat oleh|disusun oleh)\b|sumber( data)?\s*[:.]|nip[ .:]|kepala b)",
    re.IGNORECASE,
)
COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?$")
# A rank beside a name or a NIP; the office needs neither.
RANK = re.compile(
    r"(?:(?:juru|pengatur|penata|pembina)\b[^,]*|gol(?:ongan)?\b.*)?[\s,(/-]*(?:\b[IVX]{1,4}\s*/?\s*[a-e]\b)?[)\s]*",
    re.IGNORECASE,
)
LONGEST = {"team": 80, "position": 120, "email": 254}
FACTS = ("name", "title_before", "title_after", "nip", "team", "position", "birth_date", "email", "phone")
NIP_WITHOUT_NUMBER = re.compile(r"[\s/(,]*\bNIP\b[\s.:]*[-–—0)]*\s*$", re.IGNORECASE)
QUOTED = re.compile(r'^="(.*)"$')
# Cells whose lines mean something: a name over a NIP, two phones.
SEVERAL_LINES = {"name", "nip", "phone", "email"}


@dataclass(frozen=True)
class NumberedRow:
    """A row with the number that the sheet gives it."""

    number: int
    cells: Sequence[Value]


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
class Entry:
    """A row, read."""

    row: int
    name: str = ""
    title_before: str = ""
    title_after: str = ""
    nip: str = ""
    team: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""
    birth_date: str = ""  # ISO


@dataclass(frozen=True)
class Remark:
    """Why a row is refused, or what to look at; `code` is turned into a sentence outside, `other` is another row."""

    row: int
    field: str
    code: str
    value: str = ""
    other: int | None = None
    person: str = ""


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


@dataclass(frozen=True)
class RowRead:
    """A person's row as it was read: what it says, why it is refused, what to look at, what of it is left out."""

    entry: Entry
    fault: Remark | None
    doubts: list[Remark]
    left_out: list[Remark]


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
    result = Plan()
    read = _read_rows(list(rows), mapping, today, result)
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


def _read_rows(rows: Sequence[NumberedRow], mapping: Mapping[str, int], today: date, result: Plan) -> list[RowRead]:
    cells = [texts_of(row, mapping) for row in rows]
    month_first = days.are_month_first(days.without_place(str(texts.get("birth_date", ""))) for texts in cells)
    found = []
    for row, texts in zip(rows, cells, strict=True):
        if code := _no_person(texts, row):
            if code != "empty":
                text = " ".join(plain(cell) for cell in row.cells if cell != "")
                result.left_out.append(Remark(row.number, "name", code, phones.masked(text)[:60]))
            continue
        one = _read(row.number, texts)
        born_on, doubts = _birth_date(one.entry, texts.get("birth_date", ""), today, month_first=month_first)
        found.append(replace(one, entry=replace(one.entry, birth_date=born_on), doubts=one.doubts + doubts))
    return _with_doubts_of_swapped_days(found)


def texts_of(row: NumberedRow, mapping: Mapping[str, int]) -> dict[str, Value]:
    """Return a row's cells by their fields, clean, and empty where they only say that there is nothing."""
    return {name: _cell(row.cells, column, name) for name, column in mapping.items()}


def _cell(cells: Sequence[Value], column: int, name: str) -> Value:
    value = cells[column] if 0 <= column < len(cells) else ""
    if isinstance(value, str):
        # `="1980…"` is how a CSV keeps a spreadsheet from rounding: the text is meant.
        clean = clean_figures if name in NUMBERS else clean_lines
        value = QUOTED.sub(r"\1", clean(value).strip())
        if "\n" in value and name in SEVERAL_LINES:
            value = "\n".join(filter(None, (" ".join(line.split()) for line in value.split("\n"))))
        else:
            value = " ".join(value.split())
    return "" if is_filler(value, name) else value


def is_no_person(texts: Mapping[str, Value], row: NumberedRow) -> bool:
    """Tell a heading, a sum, a note or an empty line from somebody's row."""
    return _no_person(texts, row) is not None


def _no_person(texts: Mapping[str, Value], row: NumberedRow) -> str | None:
    """Return what a row is that belongs to nobody; None when it is somebody's."""
    filled = {name: value for name, value in texts.items() if value != ""}
    name = str(filled.get("name", ""))
    if not filled:
        return "empty"
    if TOTAL.match(name):
        return "total"
    if NOTE.match(name) and not _has_name_behind_nip(name):
        return "note"
    cells = [plain(cell).strip() for cell in row.cells if cell != ""]
    # `Jumlah` in the first column and its figure under the names.
    if not any(map(str.isalpha, name)) and any(map(TOTAL.match, cells)):
        return "total"
    if len(filled) > 1 and all(map(COLUMN_NUMBER.match, cells)):
        return "numbering"
    # A lone text in another column is a heading or a note between the people.
    is_lone = not name and len(filled) == 1 and len(texts) > 2  # noqa: PLR2004 - of a list with three columns or more
    return "note" if is_lone and not filled.keys() & {"nip", "email", "phone"} else None


def _has_name_behind_nip(text: str) -> bool:
    """Tell somebody's `NIP 1980… Rina Kartika` from the `NIP. 1980…` below a signature."""
    written, rest = nip.apart(text)
    return bool(written) and names.is_a_name(rest) and NOTE.match(rest) is None


def _read(row: int, texts: Mapping[str, Value]) -> RowRead:
    refusals: list[Remark] = []
    doubts: list[Remark] = []
    left_out: list[Remark] = []
    texts, elsewhere = with_facts_apart(texts)
    written, number = _name_and_nip(row, texts, elsewhere, refusals, left_out)
    name = names.split(written)
    if not written:
        refusals.append(Remark(row, "name", "name_missing"))
    elif names.has_number(written):
        refusals.append(Remark(row, "name", "name_number", phones.masked(written)[:60]))
    elif not names.is_a_name(name.name):
        refusals.append(Remark(row, "name", "name_strange", written[:60]))
    elif not names.fits(name):
        refusals.append(Remark(row, "name", "name_long", written[:60]))
    if number.problem:
        refusals.append(Remark(row, "nip", f"nip_{number.problem}", str(texts.get("nip") or "")[:60]))
    if number.odd_age:
        doubts.append(Remark(row, "nip", "nip_age", number.digits))
    phone, email = _contacts(row, texts, doubts)
    entry = Entry(
        row,
        name=name.name,
        title_before=plain(texts.get("title_before", "")) or name.before,
        title_after=plain(texts.get("title_after", "")).strip(", ") or name.after,
        nip=number.digits,
        email=email,
        phone=phone,
    )
    team, position = (_cut(row, name, texts, doubts) for name in ("team", "position"))
    entry = replace(entry, team=team, position=position)
    if "team" in texts and written and {name for name, value in texts.items() if value != ""} == {"name"}:
        doubts.append(Remark(row, "name", "only_name"))
    return RowRead(entry, next(iter(refusals), None), doubts, left_out)


def _name_and_nip(
    row: int, texts: Mapping[str, Value], elsewhere: Sequence[str], refusals: list[Remark], left_out: list[Remark]
) -> tuple[str, nip.Nip]:
    """Return the name as one line, and the NIP, which may stand in the cell of the name or elsewhere."""
    written = plain(texts.get("name", ""))
    given = nip.read_cell(texts.get("nip", ""))
    inside, rest = nip.apart(written)
    number, *others = [*(nip.read(text) for text in (inside, *elsewhere) if text), given]
    if any(other.digits not in {"", number.digits} for other in others):
        refusals.append(Remark(row, "nip", "nip_two", number.digits))
    lines: list[str] = []
    beside = [given.beside] if given.beside else []
    for line in LINES.split(_without_status(NIP_WITHOUT_NUMBER.sub("", rest), beside)):
        (beside if RANK.fullmatch(line) or is_status(line) else lines).append(line.strip())
    left_out += [Remark(row, "nip", "beside", text[:60]) for text in beside if text]
    filled = [line for line in lines if line]
    # A position or a unit under the name: only the line that begins with degrees still belongs to it.
    if len(filled) > 1 and names.split(filled[0]).after and not names.are_degrees(filled[1]):
        refusals.append(Remark(row, "name", "name_two", phones.masked(" / ".join(filled))[:60]))
    return " ".join(filled), number


def _without_status(text: str, beside: list[str]) -> str:
    """Return a name without the `(Honorer)` behind it, which goes to what stood beside it."""
    found = re.search(r"\s*\(([^()]*)\)\s*$", text)
    if found is None or not is_status(found[1]):
        return text
    beside.append(found[1])
    return text[: found.start()]


def _contacts(row: int, texts: Mapping[str, Value], doubts: list[Remark]) -> tuple[str, str]:
    """Return the phone and the mailbox, also where both stand in one cell."""
    phone_cell, mailboxes = without_mailboxes(plain(texts.get("phone", "")))
    email_cell, more = without_mailboxes(plain(texts.get("email", "")))
    mailboxes = list(dict.fromkeys(mailboxes + more))
    if email_cell and not phone_cell and phones.read(email_cell).problem in {None, "several", "landline"}:
        phone_cell, email_cell = email_cell, ""
    phone = phones.read(phone_cell.strip(" ,;:/|\n"))
    if phone.problem:
        doubts.append(Remark(row, "phone", f"phone_{phone.problem}"))
    if len(mailboxes) > 1:
        doubts.append(Remark(row, "email", "email_several", ", ".join(mailboxes)[:60]))
    elif email_cell or any(len(mailbox) > LONGEST["email"] for mailbox in mailboxes):
        # Other words beside a mailbox may belong to it: `rina kartika@contoh.go.id`.
        doubts.append(Remark(row, "email", "email_strange", phones.masked(plain(texts.get("email", "")))[:60]))
    elif mailboxes:
        return phone.e164, mailboxes[0]
    return phone.e164, ""


def _birth_date(entry: Entry, value: Value, today: date, *, month_first: bool) -> tuple[str, list[Remark]]:
    """Return the day, held against the NIP, whose day is the official one; and what to look at."""
    if value == "":
        return "", []
    # The cell itself stays out of the remarks: a date of birth is not printed on a list to work through.
    found = days.read_birth(value, today=today, month_first=month_first)
    official = nip.birth_date(entry.nip) if entry.nip else None
    if found is None or official is None or found == official:
        doubts = [Remark(entry.row, "birth_date", "birth_date_strange")] if found is None else []
        return found.isoformat() if found else "", doubts
    is_swapped = (found.year, found.month, found.day) == (official.year, official.day, official.month)
    code = "birth_date_swapped" if is_swapped else "birth_date_not_nip"
    return official.isoformat(), [Remark(entry.row, "birth_date", code)]


def _with_doubts_of_swapped_days(read: Sequence[RowRead]) -> list[RowRead]:
    """Mark the days that no NIP proves in a list where others are swapped: the same program wrote them."""
    if not any(doubt.code == "birth_date_swapped" for one in read for doubt in one.doubts):
        return list(read)
    found = []
    for one in read:
        born = date.fromisoformat(one.entry.birth_date) if one.entry.birth_date and not one.entry.nip else None
        may_be_swapped = born is not None and born.day != born.month and born.day <= 12  # noqa: PLR2004 - months
        more = [Remark(one.entry.row, "birth_date", "birth_date_may_be_swapped")] if may_be_swapped else []
        found.append(replace(one, doubts=one.doubts + more))
    return found


def _cut(row: int, name: str, texts: Mapping[str, Value], doubts: list[Remark]) -> str:
    text = plain(texts.get(name, ""))
    if len(text) > LONGEST[name]:
        doubts.append(Remark(row, name, "too_long", text[:60]))
    return text[: LONGEST[name]].rstrip()


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
    born_on, doubts = _birth_date(replace(completed, row=row), completed.birth_date, today, month_first=False)
    return replace(completed, birth_date=born_on), doubts
