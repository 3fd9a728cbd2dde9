"""Processor seconds to read a staff list of 3,000 rows and to decide on each, beside the version before (2e627b3)."""

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from time import process_time

import xlsxwriter

from pegasus.people import sheets
from pegasus.people.domain.staff_list import Known, Plan, plan

ROWS = 3000
TODAY = date(2026, 11, 30)
FIRST = (
    "Rina",
    "Bima",
    "Cici",
    "Dodi",
    "Eka",
    "Fani",
    "Gita",
    "Hana",
    "Indra",
    "Joko",
    "Kiki",
    "Lina",
    "Mira",
    "Nanda",
)
LAST = ("Kartika", "Arya", "Lestari", "Putra", "Sari", "Dewi", "Ayu", "Putri", "Saputra", "Susanto", "Wijaya", "Hakim")
HEADING = ("No", "Nama", "NIP", "Tanggal Lahir", "Tim", "Email", "No. HP")
MAPPING = {"name": 1, "nip": 2, "birth_date": 3, "team": 4, "email": 5, "phone": 6}
# Processor seconds of 2e627b3 by the same lines, on a busy machine in the same hour as ours (0.20, 1.01, 1.35, 0.73).
BEFORE = {"read": "0.17 s", "new": "0.72 s", "again": "0.97 s", "crowd": "0.64 s"}


def run() -> Iterator[tuple[str, str, str]]:
    """Yield the seconds of each step."""
    data = _workbook(_people())
    sheet = sheets.read(data, "daftar.xlsx")
    first = plan(sheet.people, MAPPING, (), today=TODAY)
    crowd = sheets.read(_workbook(_crowd()), "daftar.xlsx")
    steps: dict[str, tuple[str, Callable[[], object]]] = {
        "read": ("reading an XLSX", lambda: sheets.read(data, "daftar.xlsx")),
        "new": ("deciding, nobody known", lambda: plan(sheet.people, MAPPING, (), today=TODAY)),
        "again": ("deciding, everybody known", lambda: plan(sheet.people, MAPPING, _known(first), today=TODAY)),
        "crowd": ("deciding, one mailbox and few names for all", lambda: plan(crowd.people, MAPPING, (), today=TODAY)),
    }
    for key, (what, step) in steps.items():
        yield f"{ROWS:,} rows, {what}", f"{_seconds(step):.2f} s", f"2e627b3: {BEFORE[key]}"
    yield f"{ROWS:,} rows, taken of the first", f"{first.count('created'):,}", f"{ROWS:,}"


def _seconds(step: Callable[[], object]) -> float:
    taken = []
    for _round in range(3):
        start = process_time()
        step()
        taken.append(process_time() - start)
    return median(taken)


def _people() -> Iterator[tuple[str, ...]]:
    for number in range(ROWS):
        name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]} {_letters(number)}, S.Si, M.Si"
        born = date(1970, 1, 1) + timedelta(days=number * 3)
        nip = f"{born:%Y%m%d}{born.year + 24}09{1 + number % 2}{1 + number % 999:03d}"
        yield (
            name,
            nip,
            f"{born:%d-%m-%Y}",
            f"Tim {number % 9}",
            f"p{number}@contoh.go.id",
            f"0812{10_000_000 + number}",
        )


def _crowd() -> Iterator[tuple[str, ...]]:
    for number in range(ROWS):
        name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
        yield name, "", "", f"Tim {number % 9}", "kantor@contoh.go.id", "0736 21521"


def _letters(number: int) -> str:
    """Return a word that no other number has."""
    return "A" + "".join(chr(97 + int(digit)) for digit in f"{number:04d}")


def _workbook(people: Iterator[tuple[str, ...]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("Pegawai")
        page.write_row(0, 0, HEADING)
        for number, cells in enumerate(people, 1):
            page.write_number(number, 0, number)
            for column, text in enumerate(cells, 1):
                page.write_string(number, column, text)
    return stream.getvalue()


def _known(result: Plan) -> list[Known]:
    facts = [{name: value for name, value in vars(one.entry).items() if name != "row"} for one in result.decisions]
    return [Known(pk=pk, **one) for pk, one in enumerate(facts, 1)]
