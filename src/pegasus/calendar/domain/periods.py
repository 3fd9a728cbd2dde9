"""Quarters and semesters of a calendar year: triwulan I is January to March, semester I January to June."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

Kind = Literal["quarter", "semester"]
MONTHS: dict[Kind, int] = {"quarter": 3, "semester": 6}
LETTER: dict[Kind, str] = {"quarter": "Q", "semester": "S"}
# Years that an office may ask for in an address; others lead out of the calendar.
EARLIEST, LATEST = 1900, 2200
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Period:
    """One quarter or semester."""

    year: int
    kind: Kind
    number: int

    def __post_init__(self) -> None:
        """Refuse a period that no year has."""
        if not 1 <= self.number <= 12 // MONTHS[self.kind]:
            raise ValueError(f"there is no {self.kind} {self.number}")

    @classmethod
    def of(cls, day: date, kind: Kind) -> Self:
        """Return the period that contains a day."""
        return cls(day.year, kind, (day.month - 1) // MONTHS[kind] + 1)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key such as `2026Q4` or `2026S2`."""
        for kind, letter in LETTER.items():
            year, found, number = key.partition(letter)
            if found and _is_number(year) and _is_number(number) and EARLIEST <= int(year) <= LATEST:
                return cls(int(year), kind, int(number))
        raise ValueError(f"{key!r} is no period")

    @property
    def key(self) -> str:
        """The neutral name used in task subjects."""
        return f"{self.year}{LETTER[self.kind]}{self.number}"

    @property
    def roman(self) -> str:
        """The number as offices write it: Triwulan IV."""
        return ROMAN[self.number - 1]

    @property
    def starts_on(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def ends_on(self) -> date:
        """The last day."""
        month = self.number * MONTHS[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def next(self) -> Self:
        """The period after this one."""
        last = self.number == 12 // MONTHS[self.kind]
        return type(self)(self.year + last, self.kind, 1 if last else self.number + 1)

    @property
    def previous(self) -> Self:
        """The period before this one."""
        first = self.number == 1
        return type(self)(self.year - first, self.kind, 12 // MONTHS[self.kind] if first else self.number - 1)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(LATEST))
