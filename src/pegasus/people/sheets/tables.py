"""What a file gives before anybody knows what it means: tables of cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pegasus.people.domain.columns import Value
from pegasus.people.domain.row_reading import NumberedRow

Block = tuple[tuple[int, int], tuple[int, int]]  # the first and the last cell of a merged block


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, or a whole CSV; `merged` counts rows and columns from 0."""

    rows: Sequence[NumberedRow]
    name: str = ""
    is_hidden: bool = False
    merged: Sequence[Block] = ()
    hidden_rows: int = 0
    hidden_columns: Sequence[int] = ()
    uncomputed: Mapping[int, tuple[int, int]] = field(default_factory=dict)  # column: how many formulas, the first row

    @property
    def filled(self) -> int:
        """How many rows have something in them."""
        return sum(map(is_filled, self.rows))


@dataclass(frozen=True)
class Book:
    """All tables of a file, and what a person should know about it."""

    tables: list[Table]
    has_macros: bool = False


def is_filled(row: NumberedRow) -> bool:
    """Tell whether a row has anything in it."""
    return any(cell != "" for cell in row.cells)


def spread(table: Table, header: int | None) -> Table:
    """Repeat the text of a block merged downwards for each of its rows, under the heading: one team, many people."""
    first = 0 if header is None else header + 1
    blocks = [(top, bottom, left) for (top, left), (bottom, right) in table.merged if left == right and top >= first]
    room = len(table.rows) * max((len(row.cells) for row in table.rows), default=0)
    if not blocks or sum(min(bottom, len(table.rows)) - top for top, bottom, _left in blocks) > room:
        return table  # blocks of a sheet never overlap; these would, so they are no sheet's
    rows: list[list[Value]] = [list(row.cells) for row in table.rows]
    for top, bottom, left in blocks:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "" and any(cell != "" for cell in row):
                row[left] = rows[top][left]
    return replace(table, rows=[replace(row, cells=cells) for row, cells in zip(table.rows, rows, strict=True)])
