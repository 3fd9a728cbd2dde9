"""How numbers and lines of a text are written in the prose of a document (EYD: up to two words in words)."""

UNITS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
BEYOND = 1_000_000
MOST_WORDS = 2


def spelled(number: int) -> str:
    """Return a whole number below a million in Indonesian words."""
    if not 0 <= number < BEYOND:
        raise ValueError(number)
    return " ".join(_words(number)) or UNITS[0]


def _words(number: int) -> list[str]:
    if number == 0:
        return []
    if number < len(UNITS):
        return [UNITS[number]]
    if number < 20:  # noqa: PLR2004 - twelve to nineteen
        return [UNITS[number - 10], "belas"]
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size:
            many, rest = divmod(number, size)
            first = [f"se{name}"] if many == 1 and size > 10 else [*_words(many), name]  # noqa: PLR2004 - ten is a word
            return [*first, *_words(rest)]
    return []


def in_words(number: int) -> str:
    """Return a number in words where one or two are enough, else in digits with points: `dua puluh`, `26`, `1.250`."""
    if 0 <= number < BEYOND and len(words := spelled(number).split()) <= MOST_WORDS:
        return " ".join(words)
    return f"{number:,}".replace(",", ".")


def all_of_them(number: int, thing: str) -> str:
    """Return all of a number of things: `Kelima aktivitas`, `Seluruh 26 giliran`, `Satu-satunya aktivitas`."""
    if number == 1:
        return f"Satu-satunya {thing}"
    words = in_words(number)
    return f"Seluruh {words} {thing}" if words[0].isdigit() else f"Ke{words} {thing}"


def joined(parts: list[str]) -> str:
    """Join parts of a sentence: `a`, `a dan b`, `a, b, dan c`."""
    if len(parts) < 3:  # noqa: PLR2004 - two parts need no comma
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def paragraphs(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each as its lines: an empty line parts paragraphs, a break parts lines."""
    found: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        words = " ".join(line.split())
        if words:
            found[-1].append(words)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]
