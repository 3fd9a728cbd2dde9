"""Days as lists have them: real dates, serial numbers of spreadsheets, and what people type."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pegasus.kernel.text import clean_figures
from pegasus.people.domain.columns import Value

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet, with its leap day of 1900 that never was
FIRST_BIRTH = date(1950, 1, 1)
YOUNGEST = 15  # years of age; nobody younger works in an office
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)
MONTHS = (
    *(("jan",), ("feb", "peb"), ("mar", "mrt"), ("apr",), ("mei", "may"), ("jun",), ("jul",)),
    *(("agu", "aug", "ags", "agt"), ("sep", "spt"), ("okt", "oct"), ("nov", "nop"), ("des", "dec")),
)
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words}
# The place of birth beside the day: words without a digit, and what parts them from it.
BEFORE_DAY = re.compile(r"^[^\d]*[^\d\s,/:;.-][\s,/:;.-]+(?=\d)")
AFTER_DAY = re.compile(r"(?<=\d)\s*[,/;(]\s*[^\d]+$|(?<=\d{4})\s+[^\d]+$")
_WEEKDAYS = (
    r"\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
)
_UNTIL = (
    r"(?:(?<![a-z])s\s*[./]?\s*d(?![a-z])\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\buntil\b|\bthrough\b|\bto\b|[–—~→])"
)
# What stands around days and is none: names of the week's days, also as a span, words, how many days it makes.
WEEKDAY = re.compile(rf"{_WEEKDAYS}(?:\s*(?:{_UNTIL}|[-,&]|\bdan\b)\s*{_WEEKDAYS})*[\s,]*", re.IGNORECASE)
AROUND = re.compile(
    r"\b(?:tanggal|tgl|pada|hari|mulai|dari|sejak|from)\b[.:]?\s*|\((?:\s*\d+\s*(?:hari|hr|hk|days?)\b[^()]*|[^\d()]*)\)",
    re.IGNORECASE,
)
UNTIL = re.compile(rf"\s*{_UNTIL}\s*|\s+-\s+", re.IGNORECASE)
LIST = re.compile(r"\s*(?:[,;&]|\bdan\b|\bserta\b|\band\b)\s*", re.IGNORECASE)
YEAR_APART = re.compile(r"(?<=\w)\s*,\s*(?=\d{4}\b(?!\s*[-/.]\s*\d))")  # "October 12, 2026"
AMERICAN_SPAN = re.compile(r"([a-z]{3,})\.?\s*(\d{1,2})\s*[-–—]\s*(\d{1,2}),?\s+(\d{4})\b", re.IGNORECASE)
TIME_APART = re.compile(r"(?<=\d{4}),\s*(?=\d{1,2}[:.]\d{2}\b(?![-/.]\d{4}))")  # "12/10/2026, 08.00.00"
_ZONE = r"(?:z|[ap]\.?m\.?|wib|wita|wit|(?:gmt|utc)?[+-]\d{2}:?\d{2})"
_TIME = rf"(?:[T ]\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:[.,]\d+)?)?\s*{_ZONE}?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
NUMBERS = re.compile(rf"(\d{{1,2}})[-/.\s](\d{{1,2}})[-/.\s](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
# A day at the beginning of a cell; `12-14/10/2026` begins with none: its 14 is no month.
FIRST_DAY = re.compile(r"(\d{1,2})[-/.\s](\d{1,2})[-/.\s](?:\d{4}|\d{2}(?![-/.]?\d))")
WORDS = re.compile(r"(\d{1,2})[\s./-]*([a-z]{3,})\.?[\s./'’-]*(\d{4}|\d{2})?", re.IGNORECASE)
AMERICAN = re.compile(r"([a-z]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?", re.IGNORECASE)
WITHOUT_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})")
LONE_DAY = re.compile(r"\d{1,2}")
LONGEST, MOST_DASHES = 200, 6
LONGEST_GUESS = timedelta(days=21)  # of a span whose first day names no month
COMPACT = (19_000_101, 21_001_231)  # 20261012 as a number

Problem = Literal["unreadable", "impossible", "far", "backwards"]


@dataclass(frozen=True)
class Span:
    """From a day until a day, both included; or what is wrong with the text."""

    first: date | None = None
    last: date | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class Spans:
    """All days of one cell, in their order, those that follow each other in one span; or what is wrong with it."""

    spans: tuple[tuple[date, date], ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True)
class _Part:
    """A day as it is written: month and year may be left to the day before or after it."""

    day: int
    month: int = 0
    year: int = 0


def read(value: Value, *, month_first: bool = False) -> Span:
    """Read one cell: a day, or the first and the last day in one cell such as `12–14 Oktober 2026`."""
    found = read_all(value, month_first=month_first)
    if len(found.spans) > 1:
        return Span(problem="unreadable")
    return Span(*found.spans[0]) if found.spans else Span(problem=found.problem)


def read_all(value: Value, *, month_first: bool = False) -> Spans:
    """Read one cell that may hold several days and spans, such as `12, 13 dan 15 Oktober 2026`."""
    if isinstance(value, float):
        return _joined([_single(_from_number(value))])
    value = clean_figures(value)
    text = " ".join(value.split())
    if re.fullmatch(r"\d{5}|\d{8}", text):
        return _joined([_single(_from_number(float(text)))])
    found = _read_text(text, month_first=month_first)
    if found.problem == "unreadable" and "\n" in value.strip():  # a line for each span
        found = _read_text(" ; ".join(value.split("\n")), month_first=month_first)
    return found


def read_birth(value: Value, *, today: date, month_first: bool = False) -> date | None:
    """Read a date of birth, or return None when it cannot be one; a place before or after it is no part of it.

    A year of two digits is the one in which somebody was born who works today.
    """
    if isinstance(value, float):
        found, text = _from_number(value), ""
    else:
        text = YEAR_APART.sub(" ", " ".join(clean_figures(value).split()))
        found = _whole_day(text, month_first=month_first)
        if found == "unreadable":
            text = without_place(value)
            found = _whole_day(text, month_first=month_first)
    if not isinstance(found, date):
        return None
    if _has_short_year(text):
        if found.year > today.year - YOUNGEST:
            found = found.replace(year=found.year - 100)  # 29 February stays: of these years, only 1900 has none
        return found if found >= FIRST_BIRTH else None
    return found if FIRST_BIRTH <= found <= today else None


def without_place(text: str) -> str:
    """Return the day of `Bengkulu, 5 Februari 1980`, also where the place comes last."""
    text = " ".join(clean_figures(text).split())
    return AFTER_DAY.sub("", BEFORE_DAY.sub("", text))


def _whole_day(text: str, *, month_first: bool) -> date | Problem:
    if re.fullmatch(r"\d{5}|\d{8}", text):
        return _from_number(float(text))
    return _day(text, month_first=month_first)


def _has_short_year(text: str) -> bool:
    text = WEEKDAY.sub("", text).strip(" ,.")
    found = NUMBERS.fullmatch(text) or WORDS.fullmatch(text)
    return found is not None and len(found[3] or "") == 2  # noqa: PLR2004 - 80 means 1980


def are_month_first(values: Iterable[Value]) -> bool:
    """Tell whether a list writes the month before the day: some day could be nothing else, and none speaks against."""
    pairs = [
        (int(found[1]), int(found[2]))
        for value in values
        if isinstance(value, str) and (found := FIRST_DAY.match(clean_figures(value).strip()))
    ]
    most = 12
    return any(second > most for _first, second in pairs) and all(first <= most for first, _second in pairs)


def _read_text(text: str, *, month_first: bool) -> Spans:
    text = AROUND.sub(" ", WEEKDAY.sub("", text)).replace("(", " ").replace(")", " ")
    text = AMERICAN_SPAN.sub(r"\2 - \3 \1 \4", text)
    text = TIME_APART.sub(" ", YEAR_APART.sub(" ", " ".join(text.split()))).strip(" ,;.")
    if not text:
        return Spans()
    if len(text) > LONGEST:
        return Spans(problem="unreadable")
    written = [_parts(piece, month_first=month_first) for piece in LIST.split(text) if piece.strip(" .")]
    if not written or not all(written):
        return Spans(problem="unreadable")
    return _joined(_dated(written))


def _parts(text: str, *, month_first: bool) -> list[_Part]:
    """Return the day, or the first and the last day, of a text; nothing when it is neither."""
    alone = _part(text, month_first=month_first)
    if alone:
        return [alone]
    halves = UNTIL.split(text)
    dashes = [at for at, sign in enumerate(text) if sign == "-"]
    pairs = [halves] if len(halves) > 1 else [[text[:at], text[at + 1 :]] for at in dashes[:MOST_DASHES]]
    found = [
        [part for half in pair if (part := _part(half, month_first=month_first))]
        for pair in pairs
        if len(pair) == 2  # noqa: PLR2004 - a first and a last day
    ]
    whole = [parts for parts in found if len(parts) == 2]  # noqa: PLR2004 - as above
    return whole[0] if len(whole) == 1 else []


def _part(text: str, *, month_first: bool) -> _Part | None:
    text = text.strip(" ,.")
    if found := ISO.fullmatch(text):
        return _Part(int(found[3]), int(found[2]), int(found[1]))
    if found := NUMBERS.fullmatch(text) or WITHOUT_YEAR.fullmatch(text):
        first, second, *rest = found.groups()
        day, month = (second, first) if month_first else (first, second)
        return _Part(int(day), int(month), _year(rest[0]) if rest else 0)
    if found := WORDS.fullmatch(text):
        day, word, year = found.groups()
    elif found := AMERICAN.fullmatch(text):
        word, day, year = found.groups()
    else:
        return _Part(int(text)) if LONE_DAY.fullmatch(text) else None
    month_number = MONTH_OF.get(word[:3].casefold())
    return _Part(int(day), month_number, _year(year) if year else 0) if month_number else None


def _dated(written: list[list[_Part]]) -> list[tuple[date, date] | Problem]:
    """Give every day its month and year: what is left out is the next day's, else the one's before."""
    flat = [(part, place == 0 and len(parts) > 1) for parts in written for place, part in enumerate(parts)]
    days: list[date | Problem] = ["unreadable"] * len(flat)
    after: date | None = None
    for place in range(len(flat) - 1, -1, -1):
        part, opens = flat[place]
        if after is not None or part.year:
            days[place] = _before(part, after, opens=opens)
            after = day if isinstance(day := days[place], date) else None
    before: date | None = None
    for place, (part, _opens) in enumerate(flat):
        if before is not None and days[place] == "unreadable":
            days[place] = _following(part, before)
        before = day if isinstance(day := days[place], date) else None
    left = iter(days)
    return [_span(next(left), next(left) if len(parts) > 1 else None) for parts in written]


def _before(part: _Part, after: date | None, *, opens: bool) -> date | Problem:
    """Return a day whose month and year are the next day's, or lie just before it."""
    if part.year:
        return _made(part.year, part.month, part.day)
    assert after is not None  # noqa: S101 - the caller has looked
    if part.month:
        found = _made(after.year, part.month, part.day)
        return _made(after.year - 1, part.month, part.day) if isinstance(found, date) and found > after else found
    if part.day <= after.day:
        return _made(after.year, after.month, part.day)
    if not opens:
        return "backwards"  # "15, 12 Oktober": nobody knows which month is meant
    last_month = after.replace(day=1) - timedelta(days=1)
    found = _made(last_month.year, last_month.month, part.day)
    # "14-12 Oktober" is rather two days in the wrong order than four weeks.
    return "backwards" if isinstance(found, date) and after - found > LONGEST_GUESS else found


def _following(part: _Part, before: date) -> date | Problem:
    """Return a day whose month and year are those of the day before it, or come just after."""
    found = _made(before.year, part.month or before.month, part.day)
    if not isinstance(found, date) or found >= before:
        return found
    return _made(before.year + 1, part.month, part.day) if part.month else "backwards"


def _single(day: date | Problem) -> tuple[date, date] | Problem:
    return _span(day, None)


def _span(first: date | Problem, last: date | Problem | None) -> tuple[date, date] | Problem:
    last = first if last is None else last
    for day in (first, last):
        if not isinstance(day, date):
            return day
        if not EARLIEST <= day <= LATEST:
            return "far"
    assert isinstance(first, date)  # noqa: S101 - the loop above has seen both
    assert isinstance(last, date)  # noqa: S101 - as above
    return (first, last) if first <= last else "backwards"


def _joined(found: list[tuple[date, date] | Problem]) -> Spans:
    """Put spans that touch into one; the first thing that is wrong is told."""
    joined: list[tuple[date, date]] = []
    for span in found:
        if isinstance(span, str):
            return Spans(problem=span)
    for first, last in sorted(span for span in found if not isinstance(span, str)):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return Spans(tuple(joined))


def _from_number(number: float) -> date | Problem:
    if COMPACT[0] <= number <= COMPACT[1]:
        text = f"{number:.0f}"
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]))
    # A lone number such as 12 or 2026 is a day of some month, or a year: nothing to guess from.
    if not 3000 <= number <= 100_000:  # noqa: PLR2004 - the serial numbers of 1908 and 2173
        return "unreadable"
    return EPOCH + timedelta(days=int(number))


def _day(text: str, *, month_first: bool) -> date | Problem:
    """Read one day that is written in full."""
    part = _part(WEEKDAY.sub("", text), month_first=month_first)
    return _made(part.year, part.month, part.day) if part and part.month and part.year else "unreadable"


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)  # noqa: PLR2004 - 26 means 2026


def _made(year: int, month: int, day: int) -> date | Problem:
    try:
        return date(year, month, day)
    except ValueError:
        return "impossible"
