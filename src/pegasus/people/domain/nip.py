"""The 18 digits of a NIP: birth date, appointment, sex, serial (Perka BKN 22/2007); for PPPK the 13th digit is 2."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

LENGTH = 18
MARKS = re.compile(r"[\s'`’‘\".\-\u200e\u202a\u202c]")
SCIENTIFIC = re.compile(r"^\d[.,]\d+[eE]\+?\d+$")
YOUNGEST, OLDEST = 16, 60  # age at appointment; outside it is odd, not impossible

Problem = Literal["number", "digits", "letters", "birth_date", "appointment", "sex", "serial"]


@dataclass(frozen=True)
class Nip:
    """A NIP, or what is wrong with the text; `odd_age` asks a person to look."""

    digits: str = ""
    problem: Problem | None = None
    odd_age: bool = False

    @property
    def is_pppk(self) -> bool:
        """Tell a PPPK's number from a civil servant's."""
        return self.digits[12:13] == "2"


def read(value: str | float) -> Nip:
    """Read one cell. A number cell has lost its last digits: a spreadsheet keeps only fifteen."""
    if isinstance(value, float):
        return Nip(problem="number" if value >= 10**15 else "digits")
    text = value.strip()
    if SCIENTIFIC.match(text):
        return Nip(problem="number")
    text = MARKS.sub("", text)
    if not text:
        return Nip()
    if not re.fullmatch(r"[0-9]+", text):
        return Nip(problem="letters")
    if len(text) != LENGTH:
        return Nip(problem="digits")
    problem = _impossible(text)
    return Nip(problem=problem) if problem else Nip(text, odd_age=not YOUNGEST <= _age_at_appointment(text) <= OLDEST)


def birth_date(digits: str) -> date | None:
    """Return the birth date in a NIP, or None when no calendar has it."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return born if born.year >= 1900 else None  # noqa: PLR2004 - nobody older has ever had a NIP


def _impossible(digits: str) -> Problem | None:
    if birth_date(digits) is None:
        return "birth_date"
    month = digits[12:14]
    if not ("01" <= month <= "12" or re.fullmatch(r"2[1-9]", month)):
        return "appointment"
    if digits[14] not in "12":
        return "sex"
    return "serial" if digits[15:] == "000" else None


def _age_at_appointment(digits: str) -> int:
    return int(digits[8:12]) - int(digits[:4])
