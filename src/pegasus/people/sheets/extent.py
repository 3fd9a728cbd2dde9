"""How much a workbook would become, measured without building it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from xml.parsers import expat

from pegasus.people.domain import columns
from pegasus.people.sheets.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ELEMENTS,
    MOST_ROWS,
    MOST_TEXT,
    SheetRefused,
    damaged,
    swollen,
    too_many_columns,
    too_many_rows,
)

FILLINGS = {"v", "f", "is"}
FARTHEST = MOST_ROWS + columns.SEARCHED  # some rows of leeway for what stands above the heading


class Extent:
    """What the parts of one workbook add up to; the shared texts must be measured before the sheets."""

    def __init__(self) -> None:
        self.hidden_rows = self.uncomputed = 0
        self._elements = self._cells = self._shown = 0
        self._lengths: list[int] = []

    def measure_texts(self, xml: bytes) -> None:
        """Learn how long each shared text is."""
        texts = _SharedTexts(self.count_element)
        _parse(xml, texts.start, texts.end, texts.text)
        self._lengths += texts.lengths

    def measure(self, xml: bytes) -> None:
        """Walk through one part."""
        part = _Part(self.count_element)
        _parse(xml, part.start)
        part.close()
        if part.rows > FARTHEST:
            raise SheetRefused(too_many_rows(part.rows))
        if part.columns > MOST_COLUMNS:
            raise SheetRefused(too_many_columns(part.columns))
        self.hidden_rows += part.hidden_rows
        self.uncomputed += part.uncomputed
        self._cells += part.rows * part.columns
        # Each cell that shows a shared text gets its own copy. Counted one by one only where it could matter.
        if part.shared * max(self._lengths, default=0) > MOST_TEXT:
            self._shown += _shown(xml, self._lengths)
        if self._cells > MOST_CELLS or self._shown > MOST_TEXT:
            raise SheetRefused(swollen())

    def count_element(self) -> None:
        """Stop at more elements than any list has: walking costs time, too."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise SheetRefused(swollen())


class _Part:
    """How far the filled cells of one part reach."""

    def __init__(self, count: Callable[[], None]) -> None:
        self.rows = self.columns = self.hidden_rows = self.uncomputed = self.shared = 0
        self._count = count
        self._row = self._column = 0
        self._is_hidden = self._has_formula = self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count()
        name = _local(tag)
        if name == "c":
            self.close()
            self._place(attributes.get("r", ""))
            self.shared += attributes.get("t") == "s"
        elif name == "row":
            self.close()
            self._row = _number(attributes.get("r", ""), self._row + 1)
            self._column = 0
            self._is_hidden = attributes.get("hidden") in {"1", "true"}
        elif name in FILLINGS:  # a cell with a style alone takes no room
            self._fill(name)

    def close(self) -> None:
        """Look back at a cell: a formula without its value is read as nothing."""
        self.uncomputed += self._has_formula and not self._has_value
        self._has_formula = self._has_value = False

    def _fill(self, name: str) -> None:
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        if self._is_hidden:
            self.hidden_rows += 1
            self._is_hidden = False  # counted once
        if name == "f":
            self._has_formula = True
        else:
            self._has_value = True

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        self._column = column_number(letters) if letters.isalpha() else self._column + 1
        self._row = _number(reference[len(letters) :], self._row)


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
        if _local(tag) == "si":
            self.lengths.append(self._length)
            self._length = 0


def _shown(xml: bytes, lengths: Sequence[int]) -> int:
    """Add up the shared texts of a sheet's cells."""
    is_shared, written, total = False, "", 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_shared, written
        if _local(tag) == "c":
            is_shared = attributes.get("t") == "s"
        written = ""

    def text(text: str) -> None:
        nonlocal written
        written += text

    def end(tag: str) -> None:
        nonlocal total
        if is_shared and _local(tag) == "v":
            place = _number(written.strip(), len(lengths))
            total += lengths[place] if place < len(lengths) else 0

    _parse(xml, start, end, text)
    return total


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype  # no spreadsheet has entities
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise SheetRefused(damaged()) from error


@lru_cache(maxsize=200)
def _local(tag: str) -> str:
    return tag.rpartition("|")[2]


def _refuse_doctype(*_facts: object) -> None:
    raise SheetRefused(damaged())


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004 - no sheet has a row with ten digits


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for sign in letters.upper()[:4]:
        number = number * 26 + ord(sign) - 64
    return number
