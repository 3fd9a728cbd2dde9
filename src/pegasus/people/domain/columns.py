"""Which column of a staff list is which: by its heading, else by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pegasus.people.domain import nip, phones

Value = str | float
Row = Sequence[Value]
SEARCHED = 30  # rows in which the heading is looked for
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
        *("birthdate", "dateofbirth", "dob"),
    ),
    "email": ("email", "surel", "alamatemail", "emailbps", "emailkantor", "emaildinas", "mail", "alamatsurel"),
    "phone": (
        *("nohp", "nomorhp", "nohpwa", "nowa", "nomorwa", "nowhatsapp", "nomorwhatsapp", "whatsapp", "wa", "hp"),
        *("handphone", "nohandphone", "nomorhandphone", "ponsel", "noponsel", "nomorponsel", "telepon", "notelepon"),
        *("nomortelepon", "telp", "notelp", "notelepon", "kontak", "phone", "phonenumber", "mobile", "nohpwhatsapp"),
        *("nomorhpwa", "nohpaktif", "nomorhpwhatsapp", "notelphp", "telephp"),
    ),
}
# A heading that merely contains the word, in this order; `nip lama` has nine digits and is another number.
HINTS: tuple[tuple[str, str], ...] = (
    ("namanip", "name"),
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
NEVER = ("lama", "atasan", "satker", "kantor", "instansi", "ibu", "golongan", "pangkat", "lahir", "bank", "rekening")
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


def find_header(rows: Sequence[Row], kind: Kind) -> int | None:
    """Return the index of the heading row: the one with the most known headings; None when there is none."""
    scores = [(len(by_heading(row, kind)), -index) for index, row in enumerate(rows[:SEARCHED])]
    best = max(scores, default=(0, 0))
    return -best[1] if best[0] and ("name" in by_heading(rows[-best[1]], kind) or best[0] > 1) else None


def guess(rows: Sequence[Row], header: int | None, kind: Kind) -> dict[str, int]:
    """Return the column of each field that could be found."""
    found = by_heading(rows[header], kind) if header is not None else {}
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
            if free and hint in key and (key in ALLOWED or not any(word in key for word in kind.never)):
                found[field] = index
    return found


def _key(value: Value) -> str:
    return re.sub(r"[^a-z0-9]", "", value.casefold()) if isinstance(value, str) and len(value) <= 60 else ""  # noqa: PLR2004 - a longer text is no heading


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
    return isinstance(value, str) and bool(nip.read(value).digits)


def _is_phone(value: Value) -> bool:
    return bool(phones.read(f"{value:.0f}" if isinstance(value, float) else value).e164)


STAFF = Kind(
    key="staff",
    headings=HEADINGS,
    hints=HINTS,
    never=NEVER,
    by_content=(("email", is_email), ("nip", is_nip), ("phone", _is_phone)),
)
