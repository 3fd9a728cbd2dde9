"""How alike two texts are, from 0 to 1, so that words which already hung on a card are noticed.

Words are compared by their roots and by their letters, never by their order; where that finds nothing, by the thoughts
they stand for (`meaning`). The threshold comes from the labelled pairs in `tests/data/likeness.tsv`; `make bench
ARGS=likeness` shows what is caught, what is missed and what it costs.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pegasus.cards.domain import meaning, wording
from pegasus.cards.domain.meaning import Thoughts
from pegasus.cards.domain.roots import FEW, root

SAME, NEAR = "same", "near"
THRESHOLD = 0.62
# From this share of equal letter groups on, two different roots count as one misspelt root, as far as they agree.
LEAST_ALIKE = 0.5
# A long text that holds a whole saying is a repeat; a text of one or two words is in too many others.
LEAST_HELD, HELD_WORTH = 3.5, 0.9
LIGHT = 0.25  # the weight of a word that says little
WORD = re.compile(r"[^\W_]+")
Meanings = Mapping[Thoughts, Thoughts]
NO_MEANINGS: Meanings = {}


@lru_cache(maxsize=20_000)
def _letters(word: str) -> frozenset[str]:
    framed = f" {word} "
    return frozenset(framed[n : n + 2] for n in range(len(framed) - 1))


@lru_cache(maxsize=4_000)
def _read(text: str) -> tuple[frozenset[str], Thoughts]:
    """Return the different roots of a text, and what it speaks of."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.casefold())
    words = WORD.findall(plain.casefold())
    return frozenset(map(root, words)), meaning.thoughts_of(words)


def roots(text: str) -> frozenset[str]:
    """Return the different roots of a text."""
    return _read(text)[0]


def weight(word: str) -> float:
    """Return how much a word says."""
    return LIGHT if word in FEW else 1.0


class Likeness:
    """One text, to be compared with any number of others; what two of those share is looked at once."""

    def __init__(self, text: str, meanings: Meanings = NO_MEANINGS) -> None:
        """Take a text; `meanings` are those of known sayings: who says a meaning says the saying."""
        self.key = wording.key(text)
        mine, self.thoughts = _read(text)
        self.roots: Sequence[str] = sorted(mine)
        self.meanings = meanings
        self.meant = meanings.get(self.thoughts)
        self.weights = [weight(word) for word in self.roots]
        self.total = sum(self.weights)
        self.rows: dict[str, tuple[float, dict[int, float]]] = {}

    def to(self, text: str) -> float:
        """Return how alike the other text is: 1.0 when only capitals, marks or the order of words differ."""
        other, theirs = _read(text)
        if not other or not self.roots:
            return float(self.key == wording.key(text))
        covered: dict[int, float] = {}
        met = total = 0.0
        for word in other:
            says, row = self.rows.get(word) or self._row(word)
            total += says
            if row:
                met += says * max(row.values())
                for place, share in row.items():
                    if share > covered.get(place, 0.0):
                        covered[place] = share
        held = sum(self.weights[place] * share for place, share in covered.items())
        near = _score(held, self.total, met, total)
        return near if near >= THRESHOLD or not self._is_said_by(theirs) else THRESHOLD

    def _is_said_by(self, theirs: Thoughts) -> bool:
        """Tell whether another text says this one in other words, or one of the two says what the other means."""
        meant = self.meanings.get(theirs)
        return bool(
            meaning.sameness(self.thoughts, theirs)
            or (self.meant and meaning.sameness(self.meant, theirs))
            or (meant and meaning.sameness(self.thoughts, meant))
        )

    def _row(self, word: str) -> tuple[float, dict[int, float]]:
        shares = ((place, _share(mine, word)) for place, mine in enumerate(self.roots))
        self.rows[word] = (weight(word), {place: share for place, share in shares if share})
        return self.rows[word]


def likeness(one: str, other: str, meanings: Meanings = NO_MEANINGS) -> float:
    """Return how alike two texts are, from 0 to 1; the order of the two does not matter."""
    return Likeness(one, meanings).to(other)


def kind_of(one: str, other: str, score: float) -> str:
    """Return whether two like texts are the same but for capitals and marks, or only near."""
    return SAME if score == 1.0 and wording.key(one) == wording.key(other) else NEAR


def _share(one: str, other: str) -> float:
    if one == other:
        return 1.0
    # A slip of the pen seldom changes both the beginning and the end: this spares nearly all of the comparing.
    if (one[0] != other[0] and one[-2:] != other[-2:]) or one in FEW or other in FEW:
        return 0.0
    mine, theirs = _letters(one), _letters(other)
    share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    return share if share >= LEAST_ALIKE else 0.0


def _score(mine: float, my_total: float, theirs: float, their_total: float) -> float:
    both = (mine + theirs) / (my_total + their_total)
    small, part = min((my_total, mine), (their_total, theirs))
    held = HELD_WORTH * part / small if small >= LEAST_HELD else 0.0
    return min(1.0, max(both, held))
