"""Whether a certificate's name and a person's (or an office's) name mean the same."""

import re
import unicodedata
from difflib import SequenceMatcher

# Titles that stand before a name without a comma; those behind it follow a comma and are cut there.
# "Muhammad" and "Mohammad", "Sudarsono" and "Soedarsono": one letter in four may be another.
ALIKE = 0.75
TITLES = {"dr", "drs", "dra", "ir", "prof", "h", "hj", "apt", "ns"}


def words_of(name: str) -> tuple[str, ...]:
    """Return a name's words: no titles, no accents, no signs, lower case."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode().lower()
    found = tuple(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    without = tuple(word for word in found if word not in TITLES)
    return without or found


def same_name(certificate: str, expected: str) -> bool:
    """Tell whether two names are one: equal words, or all words of the shorter in the longer in their order."""
    left, right = words_of(certificate), words_of(expected)
    shorter, longer = sorted((left, right), key=len)
    if not shorter:
        return False
    if len(shorter) == 1 and len(longer) > 1:
        # One word is no proof: "Siti" is not every Siti.
        return False
    rest = iter(longer)
    return all(word in rest for word in shorter)


def may_be_same(certificate: str, expected: str) -> bool:
    """Tell whether a certificate may be this person's in another spelling; only somebody who knows them can say.

    Numbers alone (a NIK) may be anybody's. Else each word of the shorter name must have one like it in the longer:
    the same, an initial, or another spelling, in any order.
    """
    left, right = words_of(certificate), words_of(expected)
    if not right:
        return False
    names = [word for word in left if not word.isdigit()]
    if not names:
        return True
    shorter, longer = sorted((names, list(right)), key=len)
    for word in shorter:
        twin = next((other for other in longer if _alike(word, other)), None)
        if twin is None:
            return False
        longer.remove(twin)
    return True


def _alike(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
