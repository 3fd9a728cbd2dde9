"""The 18 digits of a NIP: birth date, appointment, sex, serial (Perka BKN 22/2007); for PPPK the 13th digit is 2."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pegasus.kernel.text import clean_figures, clean_lines

LENGTH = 18
MARKS = re.compile(r"[\s'`’‘\".\-\u2010-\u2015\u2212]")
LABEL = re.compile(
    r"^(?:no(?:mor|\.)?\s*)?(?:nip\s*pppk|nip\s*/\s*ni\s*pppk|ni\s*pppk|nip\s*baru|nip)\b[\s.:]*", re.IGNORECASE
)
# What a number leaves when it went through a program that keeps fifteen digits.
ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d{16,}[.,]0+")
# A NIP as it is written, in one piece or in its four groups, standing alone between other words.
WRITTEN = re.compile(r"(?<![0-9A-Za-z])\d{8}[ .\-]?\d{6}[ .\-]?\d[ .\-]?\d{3}(?![0-9A-Za-z])", re.ASCII)
YOUNGEST, OLDEST = 16, 60  # age at appointment; outside it is odd, not impossible

Problem = Literal["number", "digits", "letters", "birth_date", "appointment", "sex", "serial"]


@dataclass(frozen=True)
class Nip:
    """A NIP, or what is wrong with the text; `odd_age` asks a person to look, `beside` is what else stood there."""

    digits: str = ""
    problem: Problem | None = None
    odd_age: bool = False
    beside: str = ""

    @property
    def is_pppk(self) -> bool:
        """Tell a PPPK's number from a civil servant's."""
        return self.digits[12:13] == "2"


def read(value: str | float) -> Nip:
    """Read one cell. A number cell has lost its last digits: a spreadsheet keeps only fifteen."""
    if isinstance(value, float):
        return Nip(problem="number" if value >= 10**15 else "digits")
    text = LABEL.sub("", clean_figures(value).strip().strip("'`’‘\""))
    if ROUNDED.fullmatch(text):
        return Nip(problem="number")
    text = MARKS.sub("", text)
    if not text:
        return Nip()
    if re.fullmatch(r"[0-9]{18}", text):
        return _checked(text)
    return Nip(problem="digits" if re.fullmatch(r"[0-9]+", text) else "letters")


def read_cell(value: str | float) -> Nip:
    """Read a cell of a list, where a rank or the old number of nine digits may stand beside the NIP."""
    found = read(value)
    if found.problem not in {"digits", "letters"} or isinstance(value, float):
        return found
    written, beside = apart(value)
    if not written or re.sub(r"(?<!\d)\d{9}(?!\d)", "", beside, flags=re.ASCII) != re.sub(r"\d", "", beside):
        return found  # other digits beside it may belong to it
    return replace(_checked(MARKS.sub("", written)), beside=beside)


def apart(value: str) -> tuple[str, str]:
    """Take the only NIP out of a text with other words: it as written, and the rest; without one, nothing and all."""
    text = clean_lines(value)
    if not any(map(str.isdigit, text)):
        return "", text
    plain = clean_figures(text)
    found = WRITTEN.findall(plain)
    if len(found) != 1:
        return "", text
    before, _nip, after = plain.partition(found[0])
    before = re.sub(LABEL.pattern[1:] + "$", "", before, flags=re.IGNORECASE)
    return found[0], "\n".join(part for part in (_trimmed(before), _trimmed(after)) if part)


def _trimmed(text: str) -> str:
    return re.sub(r"^[\s,;:/|()\-]+|[\s,;:/|(\-]+$", "", text)


def _checked(digits: str) -> Nip:
    if problem := _impossible(digits):
        return Nip(problem=problem)
    return Nip(digits, odd_age=not YOUNGEST <= _age_at_appointment(digits) <= OLDEST)


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
