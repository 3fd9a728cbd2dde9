"""Whether two texts say the same in other words: how much they share of the thoughts their words stand for.

Rules, light words and groups of synonyms were chosen on `tests/data/paraphrase-training.tsv`, then measured on pairs
that were written afterwards (`docs/explanation/words-not-twice.md`). Precision comes first: much is missed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pegasus.cards.domain.roots import SPELLINGS, root
from pegasus.cards.domain.synonyms import GROUPS, LIGHT_WORDS, SILENT

WORD = re.compile(r"[^\W_]+")
# So much of both texts must be shared: more where only two thoughts are. And so much of the one that says less.
LEAST_OF_TWO, LEAST_OF_MORE, LEAST_OF_LESS = 0.65, 0.45, 0.65
LEAST_THOUGHTS, LEAST_WEIGHT = 2, 1.5
LIGHT = 0.5
CLITICS = ("lah", "kah", "tah", "pun", "nya", "ku", "mu")
SUFFIXES = ("kan", "an", "i")
# What a prefix leaves out of the root, where it does.
PREFIXES = {
    "memper": "", "diper": "", "member": "", "keber": "", "ber": "", "bel": "", "ter": "", "per": "", "pel": "",
    "meny": "s", "peny": "s", "meng": "k", "peng": "k", "mem": "p", "pem": "p", "men": "t", "pen": "t",
    "di": "", "ke": "", "se": "", "me": "", "pe": "", "be": "", "te": "",
}  # fmt: skip
SHORTEST = 3
Thoughts = frozenset[str]
NONE = frozenset({""})


def thoughts(text: str) -> Thoughts:
    """Return what a text speaks of: a group of synonyms is one thought, small words are none."""
    return thoughts_of(WORD.findall(text.casefold()))


def thoughts_of(words: Iterable[str]) -> Thoughts:
    """Return what words speak of."""
    return frozenset(map(thought, words)) - NONE


@lru_cache(maxsize=20_000)
def thought(word: str) -> str:
    """Return the thought that a word stands for; nothing for a small word."""
    plain = SPELLINGS.get(word, word)
    if plain in SILENT:
        return ""
    for form in _forms(plain):
        if form in SILENT:
            return ""
        if form in KNOWN:
            return KNOWN[form]
    return root(plain)


def meanings(said: Iterable[tuple[str, str]]) -> Mapping[Thoughts, Thoughts]:
    """Return what the meanings of sayings speak of, by what the sayings speak of."""
    return {thoughts(text): thoughts(meaning) for text, meaning in said if meaning}


def weight(thought: str) -> float:
    """Return how much a thought tells one text from others of its kind."""
    return LIGHT if thought in EVERYDAY else 1.0


def sameness(one: Thoughts, other: Thoughts) -> float:
    """Return how much of two texts is the same thoughts, from 0 to 1; 0 where it is too little to tell."""
    shared = one & other
    if len(shared) < LEAST_THOUGHTS:
        return 0.0
    met, mine, theirs = (sum(map(weight, some)) for some in (shared, one, other))
    both, least = 2 * met / (mine + theirs), LEAST_OF_TWO if len(shared) == LEAST_THOUGHTS else LEAST_OF_MORE
    enough = met >= LEAST_WEIGHT and both >= least and met / min(mine, theirs) >= LEAST_OF_LESS
    return both if enough else 0.0


def _forms(word: str) -> Iterator[str]:
    """Yield a word with fewer and fewer affixes, the word itself first."""
    yield word
    bare = next(
        (word[: -len(end)] for end in CLITICS if word.endswith(end) and len(word) - len(end) >= SHORTEST), word
    )
    stems = [bare, *(bare[: -len(end)] for end in SUFFIXES if bare.endswith(end) and len(bare) - len(end) >= SHORTEST)]
    yield from stems
    for stem in stems:
        yield from _without_prefix(stem)


def _without_prefix(stem: str) -> Iterator[str]:
    for prefix, lost in PREFIXES.items():
        rest = stem.removeprefix(prefix)
        if rest == stem or len(rest) < SHORTEST:
            continue
        if lost and rest[0] in "aiueo":
            yield lost + rest
        yield rest


KNOWN = {word: group[0] for group in reversed(GROUPS) for word in group}
EVERYDAY = frozenset(map(thought, LIGHT_WORDS))
