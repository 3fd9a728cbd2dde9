"""How much a workbook would become, measured without building it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from pegasus.people.readers.limits import (
    FARTHEST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ELEMENTS,
    MOST_TEXT,
    refuse,
)

FILLINGS = {"v", "f", "is"}


@dataclass
class PartExtent:
    """How far the filled cells of one sheet reach, and what a person should know of it; columns count from 0."""

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: dict[int, tuple[int, int]] = field(default_factory=dict)  # column: how many, the first row

    def check(self) -> None:
        """Refuse a sheet that no list is."""
        if self.rows > FARTHEST:
            refuse("too_many_rows", rows=self.rows)
        if self.columns > MOST_COLUMNS:
            refuse("too_many_columns", columns=self.columns)

    def count_uncomputed(self, row: int, column: int) -> None:
        """Count a formula that stands without its value: it is read as nothing."""
        count, first = self.uncomputed.get(column, (0, row))
        self.uncomputed[column] = (count + 1, first)


class Extent:
    """What the parts of one workbook add up to; the shared texts must be measured before the sheets."""

    def __init__(self) -> None:
        self._elements = self._cells = self._shown = 0
        self._lengths: list[int] = []

    def measure_texts(self, xml: bytes) -> None:
        """Learn how long each shared text is."""
        texts = _SharedTexts(self.count_element)
        parse(xml, texts.start, texts.end, texts.text)
        self._lengths += texts.lengths

    def measure(self, xml: bytes) -> PartExtent:
        """Walk through one part."""
        part = _Part(self.count_element)
        parse(xml, part.start)
        part.close()
        part.found.check()
        # Each cell that shows a shared text gets its own copy. Counted one by one only where it could matter.
        if part.shared * max(self._lengths, default=0) > MOST_TEXT:
            self._shown += _shown(xml, self._lengths)
        self.add(part.found.rows * part.found.columns, 0)
        return part.found

    def add(self, cells: int, shown: int) -> None:
        """Add a sheet's cells and the texts they show."""
        self._cells += cells
        self._shown += shown
        if self._cells > MOST_CELLS or self._shown > MOST_TEXT:
            refuse("swollen")

    def count_element(self) -> None:
        """Stop at more elements than any list has: walking costs time, too."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            refuse("swollen")


class _Part:
    """What walks through one sheet."""

    def __init__(self, count: Callable[[], None]) -> None:
        self.found = PartExtent()
        self.shared = 0
        self._count = count
        self._row = self._column = 0
        self._is_hidden = self._has_formula = self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count()
        name = local(tag)
        if name == "c":
            self.close()
            self._place(attributes.get("r", ""))
            self.shared += attributes.get("t") == "s"
        elif name == "row":
            self.close()
            self._row = number(attributes.get("r", ""), self._row + 1)
            self._column = 0
            self._is_hidden = attributes.get("hidden") in {"1", "true"}
        elif name in FILLINGS:  # a cell with a style alone takes no room
            self._fill(name)
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = (number(attributes.get(side, ""), 0) for side in ("min", "max"))
            self.found.hidden_columns |= set(range(max(first, 1) - 1, min(last, MOST_COLUMNS)))

    def close(self) -> None:
        """Look back at a cell."""
        if self._has_formula and not self._has_value:
            self.found.count_uncomputed(self._row, self._column - 1)
        self._has_formula = self._has_value = False

    def _fill(self, name: str) -> None:
        found = self.found
        found.rows, found.columns = max(found.rows, self._row), max(found.columns, self._column)
        if self._is_hidden:
            found.hidden_rows += 1
            self._is_hidden = False  # counted once
        if name == "f":
            self._has_formula = True
        else:
            self._has_value = True

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        self._column = column_number(letters) if letters.isalpha() else self._column + 1
        self._row = number(reference[len(letters) :], self._row)


class _SharedTexts:
    """The lengths of the texts that cells share."""

    def __init__(self, count: Callable[[], None]) -> None:
        self.lengths: list[int] = []
        self._count = count
        self._length = 0

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self._count()

    def text(self, text: str) -> None:
        self._length += len(text)

    def end(self, tag: str) -> None:
        if local(tag) == "si":
            self.lengths.append(self._length)
            self._length = 0


def _shown(xml: bytes, lengths: Sequence[int]) -> int:
    """Add up the shared texts of a sheet's cells."""
    is_shared, written, total = False, "", 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_shared, written
        if local(tag) == "c":
            is_shared = attributes.get("t") == "s"
        written = ""

    def text(text: str) -> None:
        nonlocal written
        written += text

    def end(tag: str) -> None:
        nonlocal total
        if is_shared and local(tag) == "v":
            place = number(written.strip(), len(lengths))
            total += lengths[place] if place < len(lengths) else 0

    parse(xml, start, end, text)
    return total


def parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through a part; a document type with its entities is refused."""
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype  # no spreadsheet has entities
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        refuse("damaged")


@lru_cache(maxsize=200)
def local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("|")[2]


def _refuse_doctype(*_facts: object) -> None:
    refuse("damaged")


def number(text: str, otherwise: int) -> int:
    """Return a whole number, or what counts instead."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004 - no sheet has a row with ten digits


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for sign in letters.upper()[:4]:
        number = number * 26 + ord(sign) - 64
    return number
