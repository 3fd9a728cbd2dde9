"""Whether a certificate's name and a person's (or an office's) name mean the same."""

import re
import unicodedata

# Titles that stand before a name without a comma; those behind it follow a comma and are cut there.
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
