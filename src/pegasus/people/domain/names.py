"""Names as staff lists have them: titles are kept apart, capitals mended only where all is capitals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pegasus.kernel.text import clean_name

BEFORE = ("Prof", "Drs", "Dra", "Drh", "Drg", "Dr", "Ir", "Hj", "H", "KH", "Apt", "Ns")
_LEADING = re.compile(rf"^(?:({'|'.join(BEFORE)})\s?\.\s*|({'|'.join(BEFORE[:8])})\s+)(?=\S)", re.IGNORECASE)
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
    *(
        "S.S",
        "S.Gz",
        "S.Kep",
        "S.STP",
        "S.IIP",
        "S.Hut",
        "S.Pi",
        "S.Ars",
        "S.Ked",
        "S.Pd.I",
        "S.Th",
        "S.Tr.Kes",
        "S.TP",
    ),
    *("S.KM", "S.Sn", "S.Tr.Ak", "S.E.I", "S.E.Ak", "M.Hum", "M.Kes", "M.Psi", "M.Acc", "M.Agr", "M.Ag", "M.Pd.I"),
    *(
        "M.Farm",
        "M.Sn",
        "M.Th",
        "M.B.A",
        "M.App.Sc",
        "M.App.Stat",
        "M.IP",
        "M.K.M",
        "A.Md.Kep",
        "A.Md.T",
        "A.Ma",
        "B.A",
    ),
    *("B.Eng", "B.Com", "D.IV", "Sp.OG", "Sp.A", "Sp.PD", "LL.M", "D.E.A"),
)
_KNOWN = {re.sub(r"\W", "", degree).casefold(): re.sub(r"\W", "", degree) for degree in DEGREES}
SMALL_WORDS = {"bin", "binti"}
ROMAN = re.compile(r"^[IVX]+$")
# Also what turns the direction of writing round: such a name would change the line it stands in.
STRANGE = re.compile(r"[=<>{}|\\^~@\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TURNED = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
MOST_DIGITS = 4  # more of them are a NIP or a phone that stands beside the name
LONGEST_DEGREE = 4  # words of a degree that is written with blanks: `S. Tr. Stat.` has three
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
    if TURNED.search(text):  # cleaned, it would read the other way round than the list shows it
        return PersonName(" ".join(text.split()))
    text = re.sub(r"\s+(?=[.,])", "", clean_name(text)).strip(" ,")
    rest, before = _without_leading(text)
    name, after = _without_trailing(rest)
    if is_all_capitals(name):
        name, after = " ".join(_mended(word) for word in name.split()), _mended_degrees(after)
    return PersonName(name, before, after)


def is_a_name(text: str) -> bool:
    """Tell whether a text can be a person's name: two letters, no long number, nothing of formulas or code."""
    return sum(map(str.isalpha, text)) > 1 and not STRANGE.search(text) and not has_number(text)


def has_number(text: str) -> bool:
    """Tell whether a text holds more digits than any name does."""
    return sum(map(str.isdigit, text)) > MOST_DIGITS


def are_degrees(text: str) -> bool:
    """Tell whether a text is nothing but degrees."""
    parts = [" ".join(_joined(part.split())) for part in text.split(",") if part.strip(" .")]
    return bool(parts) and all(all(_is_known(word) or word.isupper() for word in part.split()) for part in parts)


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
    parts = [" ".join(_joined(part.split())) for part in after.split(",") if part.strip(" .")] if comma else []
    if comma and parts and all(_is_degree(part) for part in parts) and name.strip():
        name, more = _without_trailing(name.strip())
        return name, ", ".join(([more] if more else []) + parts)
    if comma:
        return text, ""
    words, degrees = text.split(), list[str]()
    while len(words) > 1 and (degree := _last_degree(words)):
        degrees.insert(0, degree[0])
        words = words[: -degree[1]]
    return " ".join(words), ", ".join(degrees)


def _joined(words: Sequence[str]) -> list[str]:
    """Close the blanks inside degrees: `S. Si M. Si` are two words."""
    found: list[str] = []
    while words:
        degree, length = next(
            ((whole, size) for size in range(LONGEST_DEGREE, 1, -1) if (whole := _one_degree(words[:size], size))),
            (words[0], 1),
        )
        found.append(degree)
        words = words[length:]
    return found


def _last_degree(words: Sequence[str]) -> tuple[str, int] | None:
    """Return the degree at the end of a name and how many words it takes, one word being always the name."""
    for size in range(min(LONGEST_DEGREE, len(words) - 1), 1, -1):
        tail = words[-size:]
        # Without a comma, `Budi S. Si` has a degree, `Budi S Si` may have none and `Budi M. M.` may have initials.
        is_dotted = all(word.endswith(".") for word in tail[:-1]) and any(len(word.strip(".")) > 1 for word in tail)
        if is_dotted and (degree := _one_degree(tail, size)):
            return degree, size
    return (words[-1], 1) if _is_known(words[-1]) else None


def _one_degree(words: Sequence[str], size: int) -> str:
    """Return words as the one degree that they are when the blanks are closed; else nothing."""
    if len(words) < size:
        return ""
    whole = "".join(word if word.endswith(".") else word + "." for word in words[:-1]) + words[-1]
    return whole if _is_known(whole) else ""


def _is_degree(part: str) -> bool:
    return all(_is_listed(word) or "." in word or "(" in word or word.isupper() for word in part.split())


def _is_listed(word: str) -> bool:
    return re.sub(r"\W", "", word).casefold() in _KNOWN


def _is_known(word: str) -> bool:
    letters = re.sub(r"\W", "", word)
    # Two letters without a dot are more often an initial than a degree: `Ahmad SE` is left to a person.
    return _is_listed(word) and ("." in word.rstrip(".") or len(letters) > 2)  # noqa: PLR2004 - see above


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
