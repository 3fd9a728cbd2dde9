"""What a saying is: words with their meaning, and as much as is known of where they come from."""

from dataclasses import dataclass

from pegasus.cards.domain import wording

OTHER = "lain"
KINDS = ("peribahasa", "pantun", "gurindam", "kutipan", "naskah", OTHER)
VALUES = (
    "Berorientasi Pelayanan",
    "Akuntabel",
    "Kompeten",
    "Harmonis",
    "Loyal",
    "Adaptif",
    "Kolaboratif",
)
THEMES = (*VALUES, "Semangat", "Kebangsaan", "Kepahlawanan", "Awal tahun", "Silaturahmi")


@dataclass(frozen=True)
class Saying:
    """One entry of the bank of words."""

    text: str
    meaning: str = ""
    kind: str = OTHER
    author: str = ""
    source: str = ""
    year: str = ""
    theme: str = ""

    @property
    def key(self) -> str:
        """What makes two sayings the same."""
        return wording.key(self.text)

    @property
    def said_by(self) -> str:
        """The source as a card prints it."""
        return said_by(self.author, self.source, self.year)


def said_by(author: str, source: str, year: str) -> str:
    """Return author, source and year as one line: "Raja Ali Haji, Gurindam Dua Belas, Pasal V (1847)"."""
    line = ", ".join(part for part in (author.strip(), source.strip()) if part)
    return f"{line} ({year.strip()})" if line and year.strip() else line


def lacks_source(author: str, source: str) -> bool:
    """Tell whether somebody is named, but not where they said it."""
    return bool(author.strip()) and not source.strip()
