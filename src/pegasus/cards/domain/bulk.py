"""A sheet of cards: which column is which, and which rows can become a card."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pegasus.cards.domain import lint, wording
from pegasus.people.domain import days
from pegasus.people.domain.birthdays import next_birthday
from pegasus.people.domain.columns import HEADINGS, Kind, Value
from pegasus.people.domain.row_reading import NumberedRow

MOST_ROWS = 1000
LONGEST_NAME = 60
LONGEST_SOURCE = 120
LONGEST_DETAIL = 60
NEAR = timedelta(days=366)
NAME_MARK = "{nama}"
SHEET = Kind(
    key="bulk-cards",
    headings={
        "name": (*HEADINGS["name"], "penerima", "untuk", "kepada", "yangberulangtahun"),
        "words": (
            *("kata", "katakata", "katamotivasi", "katakatamotivasi", "ucapan", "ucapanselamat", "pesan", "kutipan"),
            *("kalimat", "teks", "tulisan", "doa", "words", "message", "text", "greeting", "isikartu", "motivasi"),
        ),
        "source": ("sumber", "sumberkata", "sumberkutipan", "source", "author"),
        "team": HEADINGS["team"],
        "day": ("tanggal", "tgl", "tanggalkartu", "tanggaltayang", "tayang", "hari", "date"),
        "birth_date": (
            *("tanggallahir", "tgllahir", "tanggalulangtahun", "tglulangtahun", "ulangtahun", "ultah"),
            *("birthdate", "birthday", "dateofbirth"),
        ),
    },
    hints=(("ucapan", "words"), ("kata", "words"), ("lahir", "birth_date"), ("nama", "name"), ("tanggal", "day")),
    never=("ibu", "ayah", "atasan", "tempat", "instansi", "kantor", "bank", "nip"),
    by_content=(),
)
_PERSONAL_NUMBER = re.compile(r"\d[\d .-]{6,}\d")


@dataclass(frozen=True)
class Line:
    """One row as it was read; `problem` says why it cannot be a card."""

    number: int
    name: str
    team: str
    words: str
    source: str
    day: date | None
    problem: str = ""
    detail: str = ""


def lines(
    rows: Sequence[NumberedRow],
    mapping: Mapping[str, int],
    *,
    for_all: str,
    today: date,
    missing: Callable[[str], Sequence[str]],
) -> list[Line]:
    """Read every filled row; `for_all` are the words of rows that have none, `{nama}` in them is the person."""
    month_first = days.are_month_first(
        _cell(row, mapping.get(field)) for row in rows for field in ("day", "birth_date") if field in mapping
    )
    found: list[Line] = []
    first_at: dict[tuple[str, str, date | None], int] = {}
    for row in rows:
        if not any(str(cell).strip() for cell in row.cells):
            continue
        line = _line(row, mapping, for_all=for_all, today=today, month_first=month_first, missing=missing)
        twin = first_at.setdefault((line.name.casefold(), wording.key(line.words), line.day), row.number)
        if twin != row.number and not line.problem:
            line = Line(**{**vars(line), "problem": "twice", "detail": str(twin)})
        found.append(line)
    return found


def _line(
    row: NumberedRow,
    mapping: Mapping[str, int],
    *,
    for_all: str,
    today: date,
    month_first: bool,
    missing: Callable[[str], Sequence[str]],
) -> Line:
    texts = {field: _text(_cell(row, mapping.get(field))) for field in ("name", "team", "words", "source")}
    words = texts["words"] or for_all.replace(NAME_MARK, texts["name"])
    day, problem, detail = _day(row, mapping, today, month_first=month_first)
    for found in (_name_problem(texts["name"]), _words_problem(words, texts, missing)):
        if found[0]:
            problem, detail = found
            break
    return Line(
        row.number, texts["name"], texts["team"], words, texts["source"], day, problem, detail[:LONGEST_DETAIL]
    )


def _name_problem(name: str) -> tuple[str, str]:
    if not any(letter.isalpha() for letter in name):
        return "no_name", name
    if _PERSONAL_NUMBER.search(name):
        return "number", ""
    if len(name) > LONGEST_NAME:
        return "name_long", str(len(name))
    return "", ""


def _words_problem(words: str, texts: Mapping[str, str], missing: Callable[[str], Sequence[str]]) -> tuple[str, str]:
    if len(texts["source"]) > LONGEST_SOURCE:
        return "source_long", str(len(texts["source"]))
    unknown = missing(f"{words}{texts['name']}{texts['team']}{texts['source']}")
    found = lint.of_words(lint.Facts(words=words, source=texts["source"], missing=unknown))
    return next(((one.kind, str(next(iter(one.detail.values()), ""))) for one in found if one.stops), ("", ""))


def _day(
    row: NumberedRow, mapping: Mapping[str, int], today: date, *, month_first: bool
) -> tuple[date | None, str, str]:
    """Return the card's day. A date of birth becomes the next birthday: its year is never shown."""
    for field in ("day", "birth_date"):
        cell = _cell(row, mapping.get(field))
        if not _text(cell):
            continue
        if field == "birth_date":
            read = days.read_birth(cell, today=today, month_first=month_first)
        else:
            read = days.read(cell, month_first=month_first).first
        if read is None or (field == "day" and abs(read - today) > NEAR):
            return None, "day" if read is None else "day_far", _text(cell)
        return (read if field == "day" else next_birthday(read, today)), "", ""
    return None, "", ""


def _cell(row: NumberedRow, column: int | None) -> Value:
    return row.cells[column] if column is not None and column < len(row.cells) else ""


def _text(value: Value) -> str:
    return " ".join((f"{value:g}" if isinstance(value, float) else value).split())
