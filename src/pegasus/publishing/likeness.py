"""A light look whether a screenshot may show a card. It gives a hint to people and never refuses anything."""

from io import BytesIO
from math import sqrt
from operator import mul

from PIL import Image

COLUMNS = 8  # the card is looked at as a grid this wide: enough to tell cards apart, small enough to search quickly
SMALL = 480  # the longest side that is looked at
SCALES = tuple(n / 20 for n in range(8, 21))  # how much of the screenshot's width the card may take
ALIKE = 0.65


def may_show(screenshot: bytes, card: bytes) -> bool:
    """Tell whether something like the card stands somewhere in the screenshot, whole or cropped to a square."""
    page, whole = _grey(screenshot), _grey(card)
    side = min(whole.size)
    top = (whole.height - side) // 2
    square = whole.crop((0, top, side, top + side))
    return max(_best(page, whole), _best(page, square)) >= ALIKE


def _grey(data: bytes) -> Image.Image:
    """Return a small grey copy; a JPEG is decoded at a fraction of its size."""
    with Image.open(BytesIO(data)) as image:
        image.draft("L", (SMALL, SMALL))
        grey = image.convert("L")
    grey.thumbnail((SMALL, SMALL), Image.Resampling.BOX)
    return grey


def _best(page: Image.Image, card: Image.Image) -> float:
    rows = max(3, round(COLUMNS * card.height / card.width))
    pattern = _centred(_pixels(card.resize((COLUMNS, rows), Image.Resampling.BOX)))
    if pattern is None:
        return 0.0
    return max(_search(page, pattern, rows, scale) for scale in SCALES)


def _search(page: Image.Image, pattern: list[float], rows: int, scale: float) -> float:
    """Slide the pattern over the page at one scale and return the best correlation."""
    width = round(COLUMNS / scale)
    height = round(width * page.height / page.width)
    if height < rows:
        return 0.0
    small = page.resize((width, height), Image.Resampling.BOX)
    lines = [_pixels(small.crop((0, y, width, y + 1))) for y in range(height)]
    best = 0.0
    for y in range(height - rows + 1):
        for x in range(width - COLUMNS + 1):
            window = [value for line in lines[y : y + rows] for value in line[x : x + COLUMNS]]
            best = max(best, _correlation(window, pattern))
    return best


def _correlation(window: list[float], pattern: list[float]) -> float:
    """Return the correlation of a window with a pattern that is centred and of length one."""
    centred = _centred(window)
    return sum(map(mul, centred, pattern)) if centred else 0.0


def _centred(values: list[float]) -> list[float] | None:
    mean = sum(values) / len(values)
    around = [value - mean for value in values]
    length = sqrt(sum(map(mul, around, around)))
    flat = 4.0 * sqrt(len(values))  # less contrast than this is an empty area
    return [value / length for value in around] if length > flat else None


def _pixels(image: Image.Image) -> list[float]:
    return [float(value) for value in image.tobytes()]
