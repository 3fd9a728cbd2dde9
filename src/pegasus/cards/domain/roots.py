"""Indonesian words without their affixes, by a light rule: the same for any two texts, no dictionary."""

import re
from functools import lru_cache

_SPELLINGS = {
    "tidak": "tak tiada tiadalah nggak enggak gak ga ngga tdk tida bukan bukanlah",
    "jika": "kalau kalo klo apabila bila jikalau bilamana",
    "utang": "hutang",
    "yang": "yg",
    "dengan": "dgn dg",
    "untuk": "utk buat bagi",
    "orang": "org",
    "sudah": "telah udah sdh",
    "agar": "supaya",
    "karena": "krn sebab",
    "kita": "kami",
    "hanya": "cuma",
    "saja": "aja sahaja",
}
SPELLINGS = {other: word for word, others in _SPELLINGS.items() for other in others.split()}
_FEW = """
    yang di ke dari dan atau itu ini dengan untuk pada tidak jika akan juga jua pun ada adalah ialah oleh bagai seperti
    kita aku saya kamu anda engkau agar karena sudah hanya saja para si sang dalam hendaklah lah maka niscaya
"""
FEW = frozenset(_FEW.split())
PREFIX = re.compile(
    r"^(?:(?:meny|peny)(?=\w{3})|(?:meng|peng|mem|pem|men|pen|me|pe|ber|bel|be|ter|per|di|ke|se)(?=\w{4}))"
)
SUFFIX = re.compile(r"(?<=\w{3})(?:lah|kah|tah|pun|nya|kan|an|ku|mu)$")
LOST = {"meny": "s", "peny": "s", "men": "t", "pen": "t", "mem": "p", "pem": "p", "meng": "k", "peng": "k"}


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """Return a word without Indonesian affixes."""
    word = SPELLINGS.get(word, word)
    if word in FEW:
        return word
    for _round in range(2):
        word = SUFFIX.sub("", word)
    for _round in range(2):
        found = PREFIX.match(word)
        if found:
            rest = word[found.end() :]
            word = LOST.get(found.group(), "") + rest if rest[0] in "aiueo" else rest
    return SPELLINGS.get(word, word)
