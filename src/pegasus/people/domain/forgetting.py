"""A person's name gives way to a label wherever it was copied."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Forgotten:
    """Whose name goes, what stands there instead, and whether somebody else's name looks the same."""

    name: str
    label: str
    is_shared: bool

    def replace(self, text: str) -> str:
        """Return the text without the name; a name of one word goes only where it is the whole text."""
        if self.is_shared:
            return text
        if " " not in self.name:
            return self.label if text == self.name else text
        return re.sub(rf"(?<!\w){re.escape(self.name)}(?!\w)", lambda _found: self.label, text)
