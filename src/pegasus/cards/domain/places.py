"""Where a comment stands on a card's picture: shares of its width and height, counted from the top left."""

from dataclasses import dataclass

ROWS = ("atas", "tengah", "bawah")
COLUMNS = ("kiri", "tengah", "kanan")
NINTHS = tuple(f"{row}-{column}" for row in ROWS for column in COLUMNS)


class OffThePicture(ValueError):
    """The place is not on the picture."""


@dataclass(frozen=True)
class Place:
    """A point of a picture in one size."""

    size: str
    x: float
    y: float

    def __post_init__(self) -> None:
        """Refuse what lies outside, and what is no number."""
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1):
            raise OffThePicture


def centre(ninth: str, size: str) -> Place:
    """Return the middle of one of the nine parts of a picture."""
    row, _dash, column = ninth.partition("-")
    return Place(size, (COLUMNS.index(column) + 0.5) / 3, (ROWS.index(row) + 0.5) / 3)


def ninth_of(x: float, y: float) -> str:
    """Return in which of the nine parts a point lies, for who cannot see the pin."""
    return f"{ROWS[min(2, int(y * 3))]}-{COLUMNS[min(2, int(x * 3))]}"
