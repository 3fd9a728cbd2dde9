"""The names of messages in the outbox.

`reminder|duty=42|person=7|D-5`, `…|back=2026-11-27` when it goes once more after a leave that stopped it, and
`…|email` for the copy by e-mail; `link|duty=42|person=7|2026-11-22` for the personal link that the CA sends by hand,
`…|2` when the first one of that day was taken back, and `…|version=9` for the one that goes with a card that came
back; `review|version=9|person=3|first` for the call to review a card.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

PATTERN = re.compile(r"reminder\|duty=(\d+)\|person=(\d+)\|D-(\d+)(?:\|back=(\d{4}-\d{2}-\d{2}))?(\|email)?")
LINK = re.compile(r"link\|duty=(\d+)\|person=(\d+)\|(\d{4}-\d{2}-\d{2})(?:\|(\d+))?(?:\|version=(\d+))?")
REVIEW = re.compile(r"review\|version=(\d+)\|person=(\d+)\|(\w+?)(\|email)?")


@dataclass(frozen=True)
class Key:
    """Which duty, whom, how many days before."""

    duty: int
    person: int
    offset: int
    by_email: bool = False
    back: date | None = None

    def __str__(self) -> str:
        end = (f"|back={self.back.isoformat()}" if self.back else "") + ("|email" if self.by_email else "")
        return f"reminder|duty={self.duty}|person={self.person}|D-{self.offset}{end}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a key, or return None when it names something else."""
        found = PATTERN.fullmatch(text)
        if found is None:
            return None
        back = date.fromisoformat(found[4]) if found[4] else None
        return cls(int(found[1]), int(found[2]), int(found[3]), found[5] is not None, back)


@dataclass(frozen=True)
class LinkKey:
    """Which duty, whom, on which day; the how-manieth of that day, or with which version of the card."""

    duty: int
    person: int
    day: date
    number: int = 1
    version: int = 0

    def __str__(self) -> str:
        again = f"|{self.number}" if self.number > 1 else ""
        back = f"|version={self.version}" if self.version else ""
        return f"link|duty={self.duty}|person={self.person}|{self.day.isoformat()}{again}{back}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a key, or return None when it names something else."""
        found = LINK.fullmatch(text)
        if found is None:
            return None
        day = date.fromisoformat(found[3])
        return cls(int(found[1]), int(found[2]), day, int(found[4] or 1), int(found[5] or 0))


@dataclass(frozen=True)
class ReviewKey:
    """Which version of a card waits, who is called, which call it is."""

    version: int
    person: int
    call: str
    by_email: bool = False

    def __str__(self) -> str:
        road = "|email" if self.by_email else ""
        return f"review|version={self.version}|person={self.person}|{self.call}{road}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a key, or return None when it names something else."""
        found = REVIEW.fullmatch(text)
        return cls(int(found[1]), int(found[2]), found[3], found[4] is not None) if found else None
