"""Which column of a staff list is which: by its heading, else by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pegasus.people.domain import nip, phones

Value = str | float
Row = Sequence[Value]
SEARCHED = 30  # rows in which the heading is looked for
LONGEST_HEADING = 60
HIGHEST = 3  # rows of one heading
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("nama", "namapegawai", "namalengkap", "namadangelar", "namalengkapdangelar", "namapegawaidangelar"),
        *("personil", "staf", "petugas", "karyawan", "namakaryawan", "namapersonel", "namastaf", "namapetugas"),
        *(
            "namaasn",
            "namapns",
            "namalengkappegawai",
            "namatanpagelar",
            "name",
            "fullname",
            "employeename",
            "pegawai",
            "personel",
        ),
        # With a contact in the same cell, under the name.
        *("namanohp", "namadannohp", "namahp", "namadanhp", "namanomorhp", "namanowa", "namadannowa"),
        *("namatelepon", "namanotelepon", "namaemail", "namadanemail"),
    ),
    "title_before": ("gelardepan", "gelardidepan"),
    "title_after": ("gelarbelakang", "gelardibelakang"),
    "nip": (
        *("nip", "nipbaru", "nippns", "nippppk", "nipnippppk", "nip18digit", "nomorindukpegawai", "noinduk"),
        *("nomornip", "nonip", "nippnspppk", "nipnipppk", "nomorindukpegawainip", "employeenumber"),
    ),
    "team": (
        *("tim", "timkerja", "namatim", "unit", "unitkerja", "bagian", "fungsi", "seksi", "subbagian", "kelompok"),
        *("kelompokkerja", "bagianfungsi", "timfungsi", "divisi", "bidang", "team", "department", "unitorganisasi"),
    ),
    "position": ("jabatan", "namajabatan", "jabatanfungsional", "jabatansaatini", "position", "jobtitle"),
    "birth_date": (
        *("tanggallahir", "tgllahir", "tanggalkelahiran", "tanggalulangtahun", "tglulangtahun", "ulangtahun"),
        *("birthdate", "dateofbirth", "dob", "ttl", "tempattanggallahir", "tempatdantanggallahir", "tempattgllahir"),
    ),
    "email": ("email", "surel", "alamatemail", "emailbps", "emailkantor", "emaildinas", "mail", "alamatsurel"),
    "phone": (
        *("nohp", "nomorhp", "nohpwa", "nowa", "nomorwa", "nowhatsapp", "nomorwhatsapp", "whatsapp", "wa", "hp"),
        *("handphone", "nohandphone", "nomorhandphone", "ponsel", "noponsel", "nomorponsel", "telepon", "notelepon"),
        *("nomortelepon", "telp", "notelp", "notelepon", "kontak", "phone", "phonenumber", "mobile", "nohpwhatsapp"),
        *("nomorhpwa", "nohpaktif", "nomorhpwhatsapp", "notelphp", "telephp"),
    ),
}
# A heading that merely contains the word, or all words joined by a plus, in this order; `nip lama` has nine digits
# and is another number. A word that stands in the hint itself is never against it.
HINTS: tuple[tuple[str, str], ...] = (
    ("nama+nip", "name"),
    ("nama+nip+pangkat", "name"),
    ("nama+nip+golongan", "name"),
    ("nama+nip+gol", "name"),
    ("niplama+nipbaru", "nip"),
    ("nip+hp", "phone"),
    ("nip+pangkat", "nip"),
    ("nip+golongan", "nip"),
    ("nip+gol", "nip"),
    ("tanggallahir", "birth_date"),
    ("tgllahir", "birth_date"),
    ("tanggal+tempatlahir", "birth_date"),
    ("tgl+tempatlahir", "birth_date"),
    ("ttl+lahir", "birth_date"),
    ("gelardepan", "title_before"),
    ("gelarbelakang", "title_after"),
    ("whatsapp", "phone"),
    ("handphone", "phone"),
    ("telepon", "phone"),
    ("telp", "phone"),
    ("nohp", "phone"),
    ("nomorhp", "phone"),
    ("email", "email"),
    ("surel", "email"),
    ("jabatan", "position"),
    ("timkerja", "team"),
    ("unitkerja", "team"),
    ("nip", "nip"),
    ("nama", "name"),
)
NEVER = (
    *("lama", "atasan", "satker", "kantor", "instansi", "ibu", "golongan", "pangkat", "lahir", "bank", "rekening"),
    *("anak", "pasangan", "istri", "suami", "ayah", "darurat"),
)
ALLOWED = {"emailkantor"}
MOSTLY = 0.6


@dataclass(frozen=True)
class Kind:
    """A kind of list: its fields, and how their columns are recognised."""

    key: str
    headings: Mapping[str, tuple[str, ...]]
    hints: tuple[tuple[str, str], ...]
    never: tuple[str, ...]
    by_content: tuple[tuple[str, Callable[[Value], bool]], ...]
    needed: tuple[tuple[str, ...], ...] = (("name",),)  # of each group at least one

    @property
    def fields(self) -> tuple[str, ...]:
        """What a column can be."""
        return tuple(self.headings)

    def lacks(self, mapping: Mapping[str, int]) -> tuple[str, ...]:
        """Return the first group of needed fields of which no column is known; nothing when the list can be read."""
        return next((group for group in self.needed if not mapping.keys() & set(group)), ())


@dataclass(frozen=True)
class Heading:
    """The rows of a heading, from the first until the last, and what they say of each column together."""

    first: int
    last: int
    cells: tuple[Value, ...]


def plain(value: Value) -> str:
    """Write a cell as text; a whole number without its `.0`, any other as it is."""
    if not isinstance(value, float):
        return value
    return f"{value:.0f}" if value.is_integer() else repr(value)


def find_header(rows: Sequence[Row], kind: Kind) -> int | None:
    """Return the index of the heading's last row: the heading that names the most fields; None without any."""
    heading = find_heading(rows, kind)
    return heading.last if heading is not None else None


def heading_at(rows: Sequence[Row], header: int, kind: Kind) -> Row:
    """Return what the heading that ends in a row says of each column, with the rows above that belong to it."""
    heading = find_heading(rows[: header + 1], kind)
    return heading.cells if heading is not None and heading.last == header else rows[header]


def find_heading(rows: Sequence[Row], kind: Kind) -> Heading | None:
    """Return the heading, which may stand in up to three rows: `Kontak` over `Email` and `No. HP`."""
    best, score = None, 0
    for first, row in enumerate(rows[:SEARCHED]):
        heading: Heading | None = Heading(first, first, tuple(row))
        while heading is not None:
            found = by_heading(heading.cells, kind)
            is_enough = "name" in found or len(found) > 1
            if is_enough and (len(found) > score or (best and best.first == first and len(found) == score)):
                best, score = heading, len(found)
            heading = _with_next_row(heading, rows, kind)
    return _without_titles(best, rows, kind) if best is not None else None


def _without_titles(heading: Heading, rows: Sequence[Row], kind: Kind) -> Heading:
    """Return the heading without rows above it that name no field of their own, such as the list's title."""
    for first in range(heading.last, heading.first, -1):
        shorter: Heading | None = Heading(first, first, tuple(rows[first]))
        while shorter is not None and shorter.last < heading.last:
            shorter = _with_next_row(shorter, rows, kind)
        if shorter is not None and by_heading(shorter.cells, kind) == by_heading(heading.cells, kind):
            return shorter
    return heading


def _with_next_row(heading: Heading, rows: Sequence[Row], kind: Kind) -> Heading | None:
    """Return the heading with the row below, or None when that row is no part of it."""
    last = heading.last + 1
    if last - heading.first >= HIGHEST or last >= len(rows):
        return None
    width = max(len(heading.cells), len(rows[last]))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (heading.cells, rows[last]))
    if not all(_may_be_heading(cell) for cell in lower):
        return None
    cells, group, has_known = list(upper), "", False
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if above != "":
            spans = column + 1 < width and upper[column + 1] == ""
            group = str(above) if spans else ""
        if below == "":
            continue
        alone, together = _field_of(below, kind), _exactly(f"{above or group} {below}", kind) if _key(below) else None
        if above != "" and not _fits_below(_field_of(above, kind), alone, together, in_group=bool(group)):
            return None
        has_known = has_known or alone is not None or together is not None
        cells[column] = below if alone else f"{above or group} {below}".strip()
    return Heading(heading.first, last, tuple(cells)) if has_known else None


def _fits_below(above: str | None, alone: str | None, together: str | None, *, in_group: bool) -> bool:
    """Tell whether a cell can be a second line of the heading above it, and is nobody's data."""
    if above in {None, together}:
        return True
    return above != "name" and (in_group or above == alone)


def _exactly(text: str, kind: Kind) -> str | None:
    return next((field for field, headings in kind.headings.items() if _key(text) in headings), None)


def _may_be_heading(cell: Value) -> bool:
    """Tell whether a cell is empty or has words as a heading has: no address, no number longer than `18 digit`."""
    return cell == "" or (
        isinstance(cell, str)
        and len(cell) <= LONGEST_HEADING
        and "@" not in cell
        and any(map(str.isalpha, cell))
        and sum(map(str.isdigit, cell)) <= 2  # noqa: PLR2004 - see above
    )


def _field_of(cell: Value, kind: Kind) -> str | None:
    return next(iter(by_heading((cell,), kind)), None)


def guess(rows: Sequence[Row], header: int | None, kind: Kind) -> dict[str, int]:
    """Return the column of each field that could be found."""
    found = by_heading(heading_at(rows, header, kind), kind) if header is not None else {}
    body = rows[header + 1 :] if header is not None else rows
    for field, fits in kind.by_content:
        if field not in found:
            column = _column_where(body, fits, taken=set(found.values()))
            if column is not None:
                found[field] = column
    return found


def by_heading(row: Row, kind: Kind) -> dict[str, int]:
    """Map fields to columns by the headings alone; the first column of a kind counts."""
    keys = [_key(value) for value in row]
    found: dict[str, int] = {}
    for field, headings in kind.headings.items():
        column = next((index for index, key in enumerate(keys) if key in headings), None)
        if column is not None:
            found[field] = column
    for hint, field in kind.hints:
        for index, key in enumerate(keys):
            free = field not in found and index not in found.values()
            if free and _hints_at(hint, key, kind.never):
                found[field] = index
    return found


def _hints_at(hint: str, key: str, never: Sequence[str]) -> bool:
    words = hint.split("+")
    against = (word for word in never if not any(word in part for part in words))
    return all(word in key for word in words) and (key in ALLOWED or not any(word in key for word in against))


def _key(value: Value) -> str:
    return (
        re.sub(r"[^a-z0-9]", "", value.casefold()) if isinstance(value, str) and len(value) <= LONGEST_HEADING else ""
    )


def _column_where(rows: Sequence[Row], fits: Callable[[Value], bool], *, taken: set[int]) -> int | None:
    width = max(map(len, rows), default=0)
    best, share = None, MOSTLY
    for column in range(width):
        cells = [row[column] for row in rows if column < len(row) and row[column] != ""]
        fitting = sum(map(fits, cells)) / len(cells) if cells else 0
        if column not in taken and fitting > share:
            best, share = column, fitting
    return best


def is_email(value: Value) -> bool:
    """Tell whether a cell holds a mailbox."""
    return isinstance(value, str) and re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", value) is not None


def is_nip(value: Value) -> bool:
    """Tell whether a cell holds a NIP that can be."""
    return isinstance(value, str) and bool(nip.read_cell(value).digits)


def _is_phone(value: Value) -> bool:
    return bool(phones.read(plain(value)).e164)


STAFF = Kind(
    key="staff",
    headings=HEADINGS,
    hints=HINTS,
    never=NEVER,
    by_content=(("email", is_email), ("nip", is_nip), ("phone", _is_phone)),
)
