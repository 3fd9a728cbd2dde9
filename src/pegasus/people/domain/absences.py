"""Days away: which of them make one absence, and what is no span of days."""

from collections.abc import Sequence
from datetime import date, timedelta

EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)
A_YEAR = timedelta(days=366)
Span = tuple[date, date]


def is_out_of_time(span: Span) -> bool:
    """Tell whether a day lies where no calendar of an office reaches: a slip of the keyboard."""
    return span[0] < EARLIEST or span[1] > LATEST


def is_long(span: Span) -> bool:
    """Tell whether a span is longer than a year, which is often a wrong year."""
    return span[1] - span[0] >= A_YEAR


def touch(one: Span, other: Span) -> bool:
    """Tell whether two spans share a day or follow each other without a gap."""
    return one[0] <= other[1] + timedelta(days=1) and other[0] <= one[1] + timedelta(days=1)


def union(spans: Sequence[Span]) -> Span:
    """Return the span from the first day to the last of spans that touch."""
    return min(first for first, _last in spans), max(last for _first, last in spans)
