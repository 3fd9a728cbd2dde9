"""A list of words on its way into the bank: which rows come in, which change one that is there, which do not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

from pegasus.cards.domain import wording
from pegasus.cards.domain.lint import LONGEST_WORD
from pegasus.cards.domain.sayings import KINDS, OTHER, THEMES, Saying
from pegasus.people.domain.columns import Kind, Value
from pegasus.people.domain.row_reading import NumberedRow

SENTENCE = 12  # from so many letters on a cell of an unnamed column may be words
LONGEST = {"meaning": 400, "author": 120, "source": 200, "year": 20, "theme": 40}


def _is_words(value: Value) -> bool:
    return isinstance(value, str) and len(value) >= SENTENCE and " " in value


WORDS = Kind(
    key="words",
    headings={
        "text": (
            "kata",
            "katakata",
            "katamotivasi",
            "motivasi",
            "katamutiara",
            "katabijak",
            "kalimat",
            "kalimatnya",
            "kutipan",
            "teks",
            "isi",
            "ungkapan",
            "quote",
            "text",
        ),
        "meaning": ("arti", "artinya", "makna", "maksud", "penjelasan"),
        "kind": ("jenis", "kategori", "macam"),
        "author": (
            "tokoh",
            "penulis",
            "pengarang",
            "oleh",
            "nama",
            "namatokoh",
            "pencipta",
            "penutur",
            "siapa",
            "author",
        ),
        "source": ("sumber", "buku", "asal", "rujukan", "referensi", "source"),
        "year": ("tahun", "year"),
        "theme": ("tema", "nilai", "topik", "theme"),
    },
    hints=(("katamotivasi", "text"),),
    never=(),
    by_content=(("text", _is_words),),
    needed=(("text",),),
)


@dataclass(frozen=True)
class Refused:
    """A row that does not come in, and why: `reason` is turned into a sentence by the page."""

    row: int
    reason: str
    detail: str
    text: str


@dataclass(frozen=True)
class WordPlan:
    """What a list would do to the bank."""

    new: list[Saying] = field(default_factory=list)
    changed: list[Saying] = field(default_factory=list)
    known: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether taking the list would leave the bank as it is."""
        return not self.new and not self.changed


def plan(
    rows: Iterable[NumberedRow],
    mapping: Mapping[str, int],
    *,
    own: Mapping[str, Saying],
    shipped: frozenset[str],
    missing: Callable[[str], list[str]],
) -> WordPlan:
    """Decide on every row; `own` and `shipped` are what the bank has, by key. The same list twice changes nothing."""
    new: list[Saying] = []
    changed: list[Saying] = []
    refused: list[Refused] = []
    known, seen = 0, dict[str, int]()
    for row in rows:
        said = _read(row, mapping)
        if not any(str(cell).strip() for cell in row.cells) or _is_heading(said.text):
            continue
        reason, detail = _fault(said, missing)
        if not reason and said.key in seen:
            reason, detail = "twice", str(seen[said.key])
        if reason:
            refused.append(Refused(row.number, reason, detail, said.text[: wording.LONGEST]))
            continue
        seen[said.key] = row.number
        mine = own.get(said.key)
        if mine is None and said.key not in shipped:
            new.append(said)
        elif mine is not None and _merged(mine, said) != mine:
            changed.append(_merged(mine, said))
        else:
            known += 1
    return WordPlan(new, changed, known, refused)


def _read(row: NumberedRow, mapping: Mapping[str, int]) -> Saying:
    cells = {name: _text(row.cells[at]) for name, at in mapping.items() if at < len(row.cells)}
    lines = [" ".join(line.split()) for line in cells.get("text", "").splitlines()]
    rest = {name: " ".join(text.split()) for name, text in cells.items() if name not in {"text", "kind", "theme"}}
    theme = " ".join(cells.get("theme", "").split())
    theme = next((one for one in THEMES if one.casefold() == theme.casefold()), theme)
    said = Saying("\n".join(line for line in lines if line), theme=theme, **rest)
    return replace(said, kind=_kind(cells.get("kind", ""), said))


def _kind(written: str, said: Saying) -> str:
    for text in (written, said.source):
        found = next((kind for kind in KINDS if kind != OTHER and kind in text.casefold()), None)
        if found:
            return found
    return "kutipan" if said.author else OTHER


def _text(value: Value) -> str:
    return f"{value:.15g}" if isinstance(value, float) else value.strip()


def _is_heading(text: str) -> bool:
    return "".join(text.casefold().split()) in WORDS.headings["text"]


def _fault(said: Saying, missing: Callable[[str], list[str]]) -> tuple[str, str]:
    if not said.key:
        return "empty", ""
    if len(said.text) > wording.LONGEST:
        return "too_long", str(len(said.text))
    if long := [word for word in said.text.split() if len(word) > LONGEST_WORD]:
        return "long_word", long[0][:LONGEST_WORD]
    if wide := [name for name, most in LONGEST.items() if len(getattr(said, name)) > most]:
        return "wide", wide[0]
    if unknown := missing(said.text + said.said_by):
        return "missing", " ".join(unknown[:8])
    return "", ""


def _merged(mine: Saying, said: Saying) -> Saying:
    """Take what the list knows; what it leaves empty stays, and the words stay as the bank has them."""
    known = {one.name: getattr(said, one.name) for one in fields(said) if getattr(said, one.name)}
    del known["text"]
    if said.kind == OTHER:
        known.pop("kind")
    return replace(mine, **known)
