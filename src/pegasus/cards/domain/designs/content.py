"""What one card says, and how a date is said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pegasus.kernel.dates import full_date

PLACEHOLDERS = ("words", "source", "name", "team", "day", "office", "hashtags")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Content:
    """What one card says. `photo` is a picture that passed the gate, or nothing."""

    words: str
    name: str
    day: date
    source: str = ""
    team: str = ""
    office: str = ""
    hashtags: str = ""
    photo: bytes = field(default=b"", repr=False)

    def texts(self) -> dict[str, str]:
        """The texts by placeholder."""
        return {
            "words": self.words.strip(),
            "source": self.source.strip(),
            "name": self.name,
            "team": self.team,
            "day": full_date(self.day),
            "office": self.office,
            "hashtags": self.hashtags,
        }


def filled(text: str, texts: Mapping[str, str]) -> str | None:
    """Put the words in; a text whose placeholders are all empty is None."""
    names = PLACEHOLDER.findall(text)
    if names and not any(texts[name] for name in names):
        return None
    # One pass: words that look like a placeholder themselves stay words.
    return PLACEHOLDER.sub(lambda match: texts[match[1]], text)
