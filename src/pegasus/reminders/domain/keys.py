"""The names of reminders in the outbox: `reminder|duty=42|person=7|D-5`, and `…|email` for the copy by e-mail."""

import re
from dataclasses import dataclass
from typing import Self

PATTERN = re.compile(r"reminder\|duty=(\d+)\|person=(\d+)\|D-(\d+)(\|email)?")


@dataclass(frozen=True)
class Key:
    """Which duty, whom, how many days before."""

    duty: int
    person: int
    offset: int
    by_email: bool = False

    def __str__(self) -> str:
        return f"reminder|duty={self.duty}|person={self.person}|D-{self.offset}{'|email' if self.by_email else ''}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a key, or return None when it names something else."""
        found = PATTERN.fullmatch(text)
        return cls(int(found[1]), int(found[2]), int(found[3]), found[4] is not None) if found else None
