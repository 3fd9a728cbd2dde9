"""What the rows of a staff list say: each person's cells, read, with what is wrong with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pegasus.kernel.text import clean_figures, clean_lines
from pegasus.people.domain import days, names, nip, phones
from pegasus.people.domain.columns import Value, plain
from pegasus.people.domain.fillers import NUMBERS, is_filler, is_status
from pegasus.people.domain.shared_cells import LINES, with_facts_apart, without_mailboxes

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
class RowRead:
    """A person's row as it was read: what it says, why it is refused, what to look at, what of it is left out."""

    entry: Entry
    fault: Remark | None
    doubts: list[Remark]
    left_out: list[Remark]


def read_rows(
    rows: Sequence[NumberedRow], mapping: Mapping[str, int], today: date
) -> tuple[list[RowRead], list[Remark]]:
    """Return the rows of people, read, and a remark on each row that is nobody's."""
    cells = [texts_of(row, mapping) for row in rows]
    month_first = days.are_month_first(days.without_place(str(texts.get("birth_date", ""))) for texts in cells)
    found: list[RowRead] = []
    left_out: list[Remark] = []
    for row, texts in zip(rows, cells, strict=True):
        if code := _no_person(texts, row):
            if code != "empty":
                text = " ".join(plain(cell) for cell in row.cells if cell != "")
                left_out.append(Remark(row.number, "name", code, phones.masked(text)[:60]))
            continue
        one = _read(row.number, texts)
        born_on, doubts = read_birth_date(one.entry, texts.get("birth_date", ""), today, month_first=month_first)
        found.append(replace(one, entry=replace(one.entry, birth_date=born_on), doubts=one.doubts + doubts))
    return _with_doubts_of_swapped_days(found), left_out


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


def read_birth_date(entry: Entry, value: Value, today: date, *, month_first: bool) -> tuple[str, list[Remark]]:
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
