"""Workbooks and calendars are decoded behind the gate: a broken or hostile one harms nobody else."""

from typing import Any

from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.readers.limits import MOST_BYTES
from pegasus.people.sheets.limits import refusal_of
from pegasus.people.sheets.tables import Book, Table
from pegasus.typeset import foreign
from pegasus.typeset.foreign import MEGABYTE, FileRefused, Limits, Reader

WORKBOOK = foreign.register(
    Reader(
        "workbook",
        "pegasus.people.readers.workbook:read",
        Limits(most_bytes=MOST_BYTES, memory=1024 * MEGABYTE, cpu=20, seconds=25, answer=96 * MEGABYTE, at_once=2),
    )
)
EVENTS = foreign.register(
    Reader(
        "calendar",
        "pegasus.people.readers.events:read",
        # Larger ones reach the reader, whose word says what helps.
        Limits(most_bytes=MOST_BYTES, memory=768 * MEGABYTE, cpu=20, seconds=25, answer=16 * MEGABYTE, at_once=1),
    )
)


def book_of(data: bytes) -> Book:
    """Return every sheet of a workbook, its rows numbered as the sheet numbers them, or raise SheetRefused."""
    try:
        facts = foreign.read(WORKBOOK, data).facts
    except FileRefused as refused:
        raise refusal_of(refused) from None
    return Book([_table(one) for one in facts["tables"]], facts["has_macros"])


def events_of(data: bytes, zone: str) -> Table:
    """Return the events of a calendar, the heading being row 0, or raise SheetRefused."""
    try:
        rows = foreign.read(EVENTS, data, zone=zone).facts["rows"]
    except FileRefused as refused:
        raise refusal_of(refused) from None
    return Table([NumberedRow(number, cells) for number, cells in enumerate(rows)])


def _table(facts: dict[str, Any]) -> Table:
    return Table(
        rows=[NumberedRow(number, cells) for number, cells in enumerate(facts["rows"], 1)],
        name=facts["name"],
        is_hidden=facts["is_hidden"],
        merged=[((top, left), (bottom, right)) for (top, left), (bottom, right) in facts["merged"]],
        hidden_rows=facts["hidden_rows"],
        hidden_columns=facts["hidden_columns"],
        uncomputed={column: (count, first) for column, count, first in facts["uncomputed"]},
    )
