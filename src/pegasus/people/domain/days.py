"""Days as lists have them: real dates, serial numbers of spreadsheets, and what people type."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pegasus.people.domain.columns import Value

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet, with its leap day of 1900 that never was
FIRST_BIRTH = date(1950, 1, 1)
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)
MONTHS = (
    *(("jan",), ("feb", "peb"), ("mar",), ("apr",), ("mei", "may"), ("jun",), ("jul",)),
    *(("agu", "aug", "ags"), ("sep",), ("okt", "oct"), ("nov", "nop"), ("des", "dec")),
)
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words}
WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b[\s,]*", re.IGNORECASE)
UNTIL = re.compile(r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|[–—]|\s-\s)\s*", re.IGNORECASE)
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}[:.].*)?")
NUMBERS = re.compile(r"(\d{1,2})[-/.\s](\d{1,2})[-/.\s](\d{4}|\d{2})(?:[T ]\d{1,2}[:.].*)?")
WORDS = re.compile(r"(\d{1,2})[\s./-]*([a-z]{3,})\.?[\s./-]*(\d{4}|\d{2})?", re.IGNORECASE)
DAYS_OF_A_MONTH = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})([\s./-]*[a-z]{3,}\.?[\s./-]*\d{2,4})", re.IGNORECASE)
COMPACT = (19_000_101, 21_001_231)  # 20261012 as a number

Problem = Literal["unreadable", "impossible", "far"]


@dataclass(frozen=True)
class Span:
    """From a day until a day, both included; or what is wrong with the text."""

    first: date | None = None
    last: date | None = None
    problem: Problem | None = None


def read(value: Value, *, month_first: bool = False) -> Span:
    """Read one cell: a day, or the first and the last day in one cell such as `12–14 Oktober 2026`."""
    if isinstance(value, float):
        return _checked(_from_number(value))
    text = WEEKDAY.sub("", " ".join(value.split()))
    if not text:
        return Span()
    if re.fullmatch(r"\d{5}|\d{8}", text):
        return _checked(_from_number(float(text)))
    short = DAYS_OF_A_MONTH.fullmatch(text)
    parts = [short[1], short[2] + short[3]] if short else UNTIL.split(text)
    if len(parts) == 1:
        return _checked(_day(text, month_first=month_first))
    if len(parts) != 2:  # noqa: PLR2004 - a first and a last day
        return Span(problem="unreadable")
    last = _day(parts[1], month_first=month_first)
    first = _day(parts[0], month_first=month_first, like=last if isinstance(last, date) else None)
    return _checked(first, last)


def read_birth(value: Value, *, today: date, month_first: bool = False) -> date | None:
    """Read a date of birth, or return None when it cannot be one; a short year lies in the past."""
    if isinstance(value, float):
        found = _from_number(value)
    elif re.fullmatch(r"\d{5}|\d{8}", value.strip()):
        found = _from_number(float(value))
    else:
        found = _day(" ".join(value.split()), month_first=month_first)
    if not isinstance(found, date):
        return None
    if found > today and re.search(r"\D\d{2}$", str(value).strip()):
        found = found.replace(year=found.year - 100) if found.month != 2 or found.day < 29 else found  # noqa: PLR2004 - 29 February
    return found if FIRST_BIRTH <= found <= today else None


def are_month_first(values: Iterable[Value]) -> bool:
    """Tell whether a list writes the month before the day: some day could be nothing else, and none speaks against."""
    pairs = [
        (int(found[1]), int(found[2]))
        for value in values
        if isinstance(value, str) and (found := NUMBERS.match(value.strip()))
    ]
    most = 12
    return any(second > most for _first, second in pairs) and all(first <= most for first, _second in pairs)


def _checked(first: date | Problem, last: date | Problem | None = None) -> Span:
    last = first if last is None else last
    for day in (first, last):
        if not isinstance(day, date):
            return Span(problem=day)
        if not EARLIEST <= day <= LATEST:
            return Span(problem="far")
    assert isinstance(first, date)  # noqa: S101 - the loop above has seen both
    assert isinstance(last, date)  # noqa: S101 - as above
    return Span(first, last)


def _from_number(number: float) -> date | Problem:
    if COMPACT[0] <= number <= COMPACT[1]:
        text = f"{number:.0f}"
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]))
    # A lone number such as 12 or 2026 is a day of some month, or a year: nothing to guess from.
    if not 3000 <= number <= 100_000:  # noqa: PLR2004 - the serial numbers of 1908 and 2173
        return "unreadable"
    return EPOCH + timedelta(days=int(number))


def _day(text: str, *, month_first: bool, like: date | None = None) -> date | Problem:
    """Read one day; the first of two may leave month and year to the last."""
    text = WEEKDAY.sub("", text.strip(" ,."))
    if found := ISO.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        return _made(_year(found[3]), *((day, month) if month_first else (month, day)))
    if found := WORDS.fullmatch(text):
        month = MONTH_OF.get(found[2][:3].casefold(), 0)
        year = _year(found[3]) if found[3] else like.year if like else 0
        return _made(year, month, int(found[1])) if month and year else "unreadable"
    if like is not None and re.fullmatch(r"\d{1,2}", text):
        return _made(like.year, like.month, int(text))
    return "unreadable"


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)  # noqa: PLR2004 - 26 means 2026


def _made(year: int, month: int, day: int) -> date | Problem:
    try:
        return date(year, month, day)
    except ValueError:
        return "impossible"
