"""How much a workbook of OpenDocument would become: one cell may stand for a million."""

from pegasus.people.readers.limits import FARTHEST, MOST_COLUMNS
from pegasus.people.readers.xlsx_extent import Extent, PartExtent, local, number, parse

__all__ = ["measure"]

CELLS = {"table-cell", "covered-table-cell"}
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
HIDDEN = {"collapse", "filter"}


def measure(xml: bytes, extent: Extent) -> list[PartExtent]:
    """Walk through `content.xml`; return what each sheet holds, in their order."""
    walk = _Walk(extent)
    parse(xml, walk.start, walk.end, walk.text)
    return walk.sheets


class _Walk:
    def __init__(self, extent: Extent) -> None:
        self.sheets: list[PartExtent] = []
        self._extent = extent
        self._shown = self._row = self._column = self._repeated_rows = self._repeated = self._length = 0
        self._depth = 0  # of tables: one may stand inside a cell
        self._is_hidden = self._has_formula = self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._extent.count_element()
        name = local(tag)
        if name == "table" and tag.startswith(TABLE):
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(PartExtent())
                self._row = self._column = self._shown = 0
        elif self._depth != 1:
            return
        elif name == "table-column":
            self._column_starts(attributes)
        elif name == "table-row":
            self._repeated_rows = _repeats(attributes, "number-rows-repeated")
            self._is_hidden = attributes.get(f"{TABLE}|visibility") in HIDDEN
            self._column = 0
        elif name in CELLS:
            self._repeated = _repeats(attributes, "number-columns-repeated")
            self._has_formula = f"{TABLE}|formula" in attributes
            self._has_value = f"{OFFICE}|value-type" in attributes
            self._length = 0

    def text(self, text: str) -> None:
        self._length += len(text.strip())

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "table" and tag.startswith(TABLE):
            if self._depth == 1:
                found = self.sheets[-1]
                found.check()
                self._extent.add(found.rows * found.columns, self._shown)
            self._depth -= 1
        elif self._depth == 1 and name in CELLS:
            self._cell_ends()
        elif self._depth == 1 and name == "table-row":
            self._row += self._repeated_rows
        elif self._depth == 1 and name == "table-header-columns":
            self._column = 0

    def _column_starts(self, attributes: dict[str, str]) -> None:
        last = min(self._column + _repeats(attributes, "number-columns-repeated"), MOST_COLUMNS)
        if attributes.get(f"{TABLE}|visibility") in HIDDEN:
            self.sheets[-1].hidden_columns |= set(range(self._column, last))
        self._column = last

    def _cell_ends(self) -> None:
        found = self.sheets[-1]
        if self._has_value or self._length or self._has_formula:
            found.rows = max(found.rows, self._row + self._repeated_rows)
            found.columns = max(found.columns, self._column + self._repeated)
            self._shown += self._length * min(self._repeated, MOST_COLUMNS) * min(self._repeated_rows, FARTHEST)
            found.hidden_rows += self._is_hidden * self._repeated_rows
            self._is_hidden = False  # counted once
            if self._has_formula and not (self._has_value or self._length):
                found.count_uncomputed(self._row + 1, self._column)
        self._column += self._repeated
        self._has_formula = self._has_value = False


def _repeats(attributes: dict[str, str], name: str) -> int:
    return max(1, number(attributes.get(f"{TABLE}|{name}", ""), 1))
