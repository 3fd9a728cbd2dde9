"""What a staff list means for an office: who is new, who changes, which rows are refused and why, who is missing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pegasus.people.domain import days, names, nip, phones
from pegasus.people.domain.columns import Value
from pegasus.people.domain.matching import Match, Person, Register, bare, by_name_alone, may_be_the_same

Outcome = Literal["created", "updated", "unchanged"]
EMPTY = {"", "-", "–", "—", "--", "n/a", "#n/a", "null", "none", "tidak ada", "kosong", "."}
# Lines that stand under or between the people: sums, signatures, notes, the row that numbers the columns.
NOT_A_PERSON = re.compile(
    r"^(jumlah|total|sub ?total|mengetahui|keterangan|catatan|sumber|dibuat oleh|disusun oleh|nip[ .:]|kepala b)",
    re.IGNORECASE,
)
COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?$")
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[A-Za-z]{2,}")
LONGEST = {"team": 80, "position": 120, "email": 254}
FACTS = ("name", "title_before", "title_after", "nip", "team", "position", "birth_date", "email", "phone")


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


@dataclass
class Plan:
    """The whole list, decided."""

    decisions: list[Decision] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have an outcome."""
        return sum(decision.outcome == outcome for decision in self.decisions)


def plan(rows: Iterable[NumberedRow], mapping: Mapping[str, int], known: Sequence[Known], *, today: date) -> Plan:
    """Decide on every row; the same list decided twice changes nothing the second time."""
    result = Plan()
    office, seen = Register(), Register()
    office.add_all(known)
    in_the_list: set[int] = set()
    claimed: dict[int, Entry] = {}  # which row is which known person
    read = list(_people(list(rows), mapping, today))
    present = [one for one in known if one.active_until is None or one.active_until >= today]
    alone = by_name_alone([entry for entry, fault, _doubts in read if fault is None], present, office)
    for entry, fault, doubts in read:
        match = office.find(entry) or alone.get(bare(entry.name))
        if match is not None:
            in_the_list.add(_pk(match))
            if match.by != "nip" and not may_be_the_same(entry, claimed.get(_pk(match), entry)):
                match = None  # somebody else, with a NIP of their own, of whom only the name was known
        refusal = fault or _duplicate(entry, seen.find(entry), match, claimed)
        if refusal is not None:
            result.refused.append(replace(refusal, person=entry.name))
            continue
        decision, more = _decide(entry, match, today)
        shared = seen.shares(entry)
        if shared is not None:
            more.append(Remark(entry.row, shared, "shared"))
        namesake = seen.namesake(entry)
        if isinstance(namesake, Entry):
            more.append(Remark(entry.row, "name", "namesake", entry.name, namesake.row))
        seen.add(entry)
        if decision.pk is not None:
            claimed[decision.pk] = entry
        result.decisions.append(decision)
        result.doubts += [replace(doubt, person=entry.name) for doubt in doubts + more]
    result.missing = [one for one in present if one.pk not in in_the_list]
    return result


def _people(
    rows: Sequence[NumberedRow], mapping: Mapping[str, int], today: date
) -> Iterator[tuple[Entry, Remark | None, list[Remark]]]:
    written = (texts_of(row, mapping).get("birth_date", "") for row in rows)
    month_first = days.are_month_first(written)
    for row in rows:
        texts = texts_of(row, mapping)
        if not is_no_person(texts, row):
            entry, fault, doubts = _read(row.number, texts)
            born_on, doubt = _birth_date(row.number, texts.get("birth_date", ""), today, month_first=month_first)
            yield replace(entry, birth_date=born_on), fault, doubts + doubt


def texts_of(row: NumberedRow, mapping: Mapping[str, int]) -> dict[str, Value]:
    """Return a row's cells by their fields, without what spreadsheets leave around them."""
    return {name: _cell(row.cells, column) for name, column in mapping.items()}


def _cell(cells: Sequence[Value], column: int) -> Value:
    value = cells[column] if 0 <= column < len(cells) else ""
    if isinstance(value, float):
        return value
    # `="1980…"` is how a CSV keeps a spreadsheet from rounding: the text is meant.
    value = re.sub(r'^="(.*)"$', r"\1", value.strip())
    text = " ".join(value.replace("\u00a0", " ").split())
    return "" if text.casefold() in EMPTY else text


def plain(value: Value) -> str:
    """Write a cell as text; a number without its `.0`."""
    return f"{value:.0f}" if isinstance(value, float) else value


def is_no_person(texts: Mapping[str, Value], row: NumberedRow) -> bool:
    """Tell a heading, a sum, a note or an empty line from somebody's row."""
    filled = {name: value for name, value in texts.items() if value != ""}
    name = str(filled.get("name", ""))
    if not filled or NOT_A_PERSON.match(name):
        return True
    counts = len(filled) > 1 and all(COLUMN_NUMBER.match(plain(cell).strip()) for cell in row.cells if cell != "")
    # A lone text in another column is a heading or a note between the people.
    note = not name and len(filled) == 1 and len(texts) > 2 and not filled.keys() & {"nip", "email", "phone"}  # noqa: PLR2004 - of a list with three columns or more
    return counts or note


def _read(row: int, texts: Mapping[str, Value]) -> tuple[Entry, Remark | None, list[Remark]]:
    refusals, doubts = [], []
    written = plain(texts.get("name", ""))
    name = names.split(written)
    if not written:
        refusals.append(Remark(row, "name", "name_missing"))
    elif not names.is_a_name(name.name):
        refusals.append(Remark(row, "name", "name_strange", written[:60]))
    elif not names.fits(name):
        refusals.append(Remark(row, "name", "name_long", written[:60]))
    number = nip.read(texts.get("nip", ""))
    if number.problem:
        refusals.append(Remark(row, "nip", f"nip_{number.problem}", str(texts["nip"])[:60]))
    if number.odd_age:
        doubts.append(Remark(row, "nip", "nip_age", number.digits))
    phone = phones.read(plain(texts.get("phone", "")))
    if phone.problem:
        doubts.append(Remark(row, "phone", f"phone_{phone.problem}"))
    email = plain(texts.get("email", "")).strip("<> ").lower()
    if email and not (EMAIL.fullmatch(email) and len(email) <= LONGEST["email"]):
        doubts.append(Remark(row, "email", "email_strange", email[:60]))
        email = ""
    entry = Entry(
        row,
        name=name.name,
        title_before=plain(texts.get("title_before", "")) or name.before,
        title_after=plain(texts.get("title_after", "")).strip(", ") or name.after,
        nip=number.digits,
        email=email,
        phone=phone.e164,
    )
    team, position = (_cut(row, name, texts, doubts) for name in ("team", "position"))
    entry = replace(entry, team=team, position=position)
    if "team" in texts and written and set(_filled(texts)) == {"name"}:
        doubts.append(Remark(row, "name", "only_name"))
    return entry, next(iter(refusals), None), doubts


def _birth_date(row: int, value: Value, today: date, *, month_first: bool) -> tuple[str, list[Remark]]:
    if value == "":
        return "", []
    found = days.read_birth(value, today=today, month_first=month_first)
    # The cell itself stays out of the remark: a date of birth is not printed on a list to work through.
    return (found.isoformat(), []) if found else ("", [Remark(row, "birth_date", "birth_date_strange")])


def _filled(texts: Mapping[str, Value]) -> Iterator[str]:
    return (name for name, value in texts.items() if value != "")


def _cut(row: int, name: str, texts: Mapping[str, Value], doubts: list[Remark]) -> str:
    text = plain(texts.get(name, ""))
    if len(text) > LONGEST[name]:
        doubts.append(Remark(row, name, "too_long", text[:60]))
    return text[: LONGEST[name]].rstrip()


def _duplicate(
    entry: Entry, earlier: Match | None, match: Match | None, claimed: Mapping[int, Entry]
) -> Remark | None:
    if earlier is not None:
        assert isinstance(earlier.person, Entry)  # noqa: S101 - the register of this list holds entries
        code = "nip_twice" if earlier.by == "nip" and _no_word_in_common(entry, earlier.person) else "duplicate"
        return Remark(entry.row, earlier.by, code, _shown(entry, earlier.by), earlier.person.row)
    if match is not None and _pk(match) in claimed:
        return Remark(entry.row, match.by, "duplicate", _shown(entry, match.by), claimed[_pk(match)].row)
    return None


def _no_word_in_common(one: Person, other: Person) -> bool:
    """Tell whether two names cannot be one name written differently."""
    return not set(bare(one.name).split()) & set(bare(other.name).split())


def _shown(entry: Entry, key: str) -> str:
    # A phone never stands in a list of remarks: it is printed, mailed and logged.
    return "" if key == "phone" else str(getattr(entry, key))


def _pk(match: Match) -> int:
    assert isinstance(match.person, Known)  # noqa: S101 - the office's register holds known people
    return match.person.pk


def _decide(entry: Entry, match: Match | None, today: date) -> tuple[Decision, list[Remark]]:
    if match is None:
        return Decision(entry, "created"), []
    known = match.person
    assert isinstance(known, Known)  # noqa: S101 - as above
    # An empty cell says nothing: what the office knows stays.
    changes = {
        fact: str(getattr(entry, fact))
        for fact in FACTS
        if getattr(entry, fact) and getattr(entry, fact) != getattr(known, fact)
    }
    doubts = []
    if match.by == "name":
        doubts.append(Remark(entry.row, "name", "by_name_alone" if match.alone else "by_name", entry.name))
    if match.by == "nip" and _no_word_in_common(entry, known):
        doubts.append(Remark(entry.row, "name", "name_replaced", known.name))
    if "nip" in changes and known.nip:
        doubts.append(Remark(entry.row, "nip", "nip_changed", entry.nip))
    returns = known.active_until is not None and known.active_until < today
    if returns:
        doubts.append(Remark(entry.row, "name", "returns", entry.name))
    outcome: Outcome = "updated" if changes or returns else "unchanged"
    return Decision(entry, outcome, known.pk, changes, returns), doubts
