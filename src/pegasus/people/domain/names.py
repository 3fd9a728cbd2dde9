"""Names as staff lists have them: titles are kept apart, capitals mended only where all is capitals."""

import re
from dataclasses import dataclass

BEFORE = ("Prof", "Drs", "Dra", "Drh", "Drg", "Dr", "Ir", "Hj", "H", "KH", "Apt", "Ns")
_LEADING = re.compile(rf"^(?:({'|'.join(BEFORE)})\.\s*|({'|'.join(BEFORE[:8])})\s+)(?=\S)", re.IGNORECASE)
# Degrees with their capitals; the dots are left as the list writes them.
DEGREES = (
    *("S.ST", "S.Tr.Stat", "S.Si", "S.Stat", "S.E", "S.Kom", "S.H", "S.Sos", "S.Pd", "S.T", "S.P", "S.Pt", "S.Ak"),
    *("S.Hum", "S.I.Kom", "S.IP", "S.Ag", "S.Psi", "S.AP", "S.A.P", "S.Farm", "S.Mat", "S.I.P", "S.Tr.Kom", "S.Tr"),
    *(
        "M.Si",
        "M.M",
        "M.T",
        "M.T.I",
        "M.Kom",
        "M.E",
        "M.Ec.Dev",
        "M.Stat",
        "M.Pd",
        "M.H",
        "M.A",
        "M.Sc",
        "M.P",
        "M.Ak",
    ),
    *("M.Ap", "M.AP", "M.P.H", "M.Sos", "M.I.Kom", "M.P.A", "MBA", "MPA", "MPP", "MIDS", "M.Eng", "M.Ec", "M.S.E"),
    *(
        "A.Md",
        "A.Md.Stat",
        "A.Md.Kom",
        "A.Md.Ak",
        "A.P",
        "Ph.D",
        "Ak",
        "CA",
        "CPA",
        "QIA",
        "CRMO",
        "D.III",
        "B.Sc",
        "SST",
    ),
)
_KNOWN = {re.sub(r"\W", "", degree).casefold(): re.sub(r"\W", "", degree) for degree in DEGREES}
SMALL_WORDS = {"bin", "binti"}
ROMAN = re.compile(r"^[IVX]+$")
# Also what turns the direction of writing round: such a name would change the line it stands in.
STRANGE = re.compile(r"[=<>{}|\\^~@\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST = {"before": 60, "name": 120, "after": 80}


@dataclass(frozen=True)
class PersonName:
    """A name without its titles, and the titles."""

    name: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """The name as it is written in full."""
        before = f"{self.before} " if self.before else ""
        return f"{before}{self.name}{', ' + self.after if self.after else ''}"


def split(text: str) -> PersonName:
    """Take a written name apart: `Dr. Ani Lestari, S.ST., M.Si` is `Ani Lestari` with two titles."""
    text = " ".join(text.replace("`", "'").replace("’", "'").split()).strip(" ,")
    rest, before = _without_leading(text)
    name, after = _without_trailing(rest)
    if is_all_capitals(name):
        name, after = " ".join(_mended(word) for word in name.split()), _mended_degrees(after)
    return PersonName(name, before, after)


def is_a_name(text: str) -> bool:
    """Tell whether a text can be a person's name: two letters, and nothing that belongs to formulas or code."""
    return sum(map(str.isalpha, text)) > 1 and not STRANGE.search(text)


def fits(name: PersonName) -> bool:
    """Tell whether every part fits its column."""
    return all(len(getattr(name, part)) <= most for part, most in LONGEST.items())


def is_all_capitals(text: str) -> bool:
    """Tell whether a name is written in capitals throughout; initials alone are no sign of it."""
    return text == text.upper() and any(len(word) > 2 and re.sub(r"[-']", "", word).isalpha() for word in text.split())  # noqa: PLR2004 - "AR" may be initials


def _without_leading(text: str) -> tuple[str, str]:
    found: list[str] = []
    while match := _LEADING.match(text):
        word = (match[1] or match[2]).rstrip(".")
        # A physician's `dr.` and a doctor's `Dr.` differ only in the capital.
        kept = word if word in {"dr", "drg", "drh"} else _titled(word)
        found.append(kept + ".")
        text = text[match.end() :]
    return text, " ".join(found)


def _titled(word: str) -> str:
    return next(known for known in BEFORE if known.casefold() == word.casefold())


def _without_trailing(text: str) -> tuple[str, str]:
    name, comma, after = text.partition(",")
    parts = [part.strip() for part in after.split(",") if part.strip(" .")]
    if comma and parts and all(_is_degree(part) for part in parts) and name.strip():
        name, more = _without_trailing(name.strip())
        return name, ", ".join(([more] if more else []) + parts)
    if comma:
        return text, ""
    words = text.split()
    cut = len(words)
    while cut > 1 and _is_known(words[cut - 1]):
        cut -= 1
    return " ".join(words[:cut]), ", ".join(words[cut:])


def _is_degree(part: str) -> bool:
    return all(_is_known(word) or "." in word or "(" in word or word.isupper() for word in part.split())


def _is_known(word: str) -> bool:
    letters = re.sub(r"\W", "", word)
    # Two letters without a dot are more often an initial than a degree: `Ahmad SE` is left to a person.
    return letters.casefold() in _KNOWN and ("." in word.rstrip(".") or len(letters) > 2)  # noqa: PLR2004 - see above


def _mended(word: str) -> str:
    if ROMAN.match(word) or len(word.strip(".")) == 1 or "." in word.rstrip("."):
        return word
    if word.casefold() in SMALL_WORDS:
        return word.casefold()
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def _mended_degrees(text: str) -> str:
    return " ".join(_mended_degree(word) for word in text.split())


def _mended_degree(word: str) -> str:
    letters = iter(_KNOWN.get(re.sub(r"\W", "", word).casefold(), ""))
    return "".join(next(letters, sign) if sign.isalnum() else sign for sign in word)
