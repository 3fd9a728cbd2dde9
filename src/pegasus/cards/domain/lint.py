"""What is worth a word before a card goes out: facts in, findings out. What stops a card comes first.

Lengths are pixels of the card, which is 1080 wide in every size. Contrast is WCAG 2.2's, text sizes are judged as a
phone shows them: a card fills the width of its screen, about a third of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from pegasus.cards.domain.designs import SIZES
from pegasus.cards.domain.standing import GRIDS, has_shape
from pegasus.cards.domain.wording import LONGEST

LONGEST_WORD = 34
WIDTH, THUMBNAIL = 1080, 320
# At 320 px, as a chat shows it: letters smaller than this are guessed, much smaller ones are dust.
LEGIBLE, DUST = 10.0, 6.0
ON_PHONE = 1 / 3
LARGE, LARGE_BOLD = 24 * 3, 18.66 * 3
ENOUGH, ENOUGH_LARGE, INVISIBLE = 4.5, 3.0, 1.8
# Enlarged more than this, a photo is visibly soft.
SOFT = 1.3
SLACK, PHOTO_KEPT = 7.0, 0.7
# Of a text's ink: what may lie under something else, and from where on words cannot be read.
HIDDEN, UNREADABLE = 0.01, 0.05
ROLES = ("words", "name", "source", "other")
# "... – Soekarno", "... (Kartini)" at the end: words of somebody with a name.
_SIGNED = re.compile(r"(?:[-–—~]\s*|\()(?:[A-Z][\w.'’]+\s*){1,5}\)?\s*$")

Box = tuple[float, float, float, float]


class Severity(IntEnum):
    """Whether a card may go out with it."""

    STOPS = 0
    WARNS = 1


@dataclass(frozen=True)
class Finding:
    """One thing: which, how grave, at which field, and what mends it (the first is the nearest)."""

    kind: str
    severity: Severity
    where: str
    mends: tuple[str, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Tell whether the card stays until this is mended."""
        return self.severity is Severity.STOPS


@dataclass(frozen=True)
class Text:
    """One text as it was drawn: how large, how well it stands out, and where its ink lies (None: no ink).

    `hidden` is the share of its ink that lies under something else.
    """

    role: str
    card: str
    size: float
    smallest: float
    is_bold: bool = False
    contrast: float | None = None
    ink: Box | None = None
    hidden: float = 0.0


@dataclass(frozen=True)
class Photo:
    """A photo and the place it fills."""

    width: int
    height: int
    slot: Box

    @property
    def enlarged(self) -> float:
        """How many times it is enlarged to cover its place."""
        left, top, right, bottom = self.slot
        return max((right - left) / self.width, (bottom - top) / self.height)


@dataclass(frozen=True)
class Finished:
    """A finished design by what can be measured on a flat picture, as it stands in our sizes.

    `cut` and `grid` say on which sides something is cut off: per size that it fills, and per grid of a profile.
    """

    width: int
    height: int
    is_placed: bool = False
    enlarged: float = 1.0
    cut: Mapping[str, Sequence[str]] = field(default_factory=dict)
    grid: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """All that is known about one card before it is sent."""

    words: str = ""
    source: str = ""
    is_quoted: bool = False
    alt_text: str = ""
    name: str = ""
    staff_name: str = ""
    missing: Sequence[str] = ()
    # What the template's own font lacks and another font draws; and that font's name.
    borrowed: Sequence[str] = ()
    font: str = ""
    used: Mapping[str, object] | None = None
    texts: Sequence[Text] = ()
    photo: Photo | None = None
    upload: Finished | None = None


def findings(facts: Facts) -> list[Finding]:
    """Look at everything; what stops the card comes first, then words before looks."""
    if facts.upload:
        found = [*_of_alt_text(facts), *_of_repeats(facts, ("upload",)), *_of_source(facts), *_of_upload(facts.upload)]
    else:
        found = [*of_words(facts), *_of_name(facts), *of_looks(facts.texts, facts.photo), *_of_photo(facts.photo)]
    return sorted(found, key=lambda finding: finding.severity)


def of_words(facts: Facts) -> Iterator[Finding]:
    """Judge the words alone: they are there, they can be set, they are new, and their source is named."""
    text = facts.words.strip()
    if not text:
        yield Finding("empty", Severity.STOPS, "words", ("bank",))
        return
    if len(text) > LONGEST:
        yield Finding("too_long", Severity.STOPS, "words", ("shorten",), {"length": len(text), "most": LONGEST})
    if long := [word for word in text.split() if len(word) > LONGEST_WORD]:
        yield Finding("long_word", Severity.STOPS, "words", ("shorten",), {"word": long[0][:LONGEST_WORD]})
    if facts.missing:
        shown = " ".join(facts.missing[:8])
        yield Finding("missing", Severity.STOPS, "words", ("glyphs",), {"characters": shown})
    yield from _of_repeats(facts, ("bank",))
    yield from _of_source(facts)


def _of_repeats(facts: Facts, mends: tuple[str, ...]) -> Iterator[Finding]:
    if facts.borrowed:
        detail = {"characters": " ".join(facts.borrowed[:8]), "font": facts.font}
        yield Finding("borrowed", Severity.WARNS, "template", ("template",), detail)
    if facts.used:
        yield Finding("used", Severity.WARNS, "words", mends, facts.used)


def _of_source(facts: Facts) -> Iterator[Finding]:
    if not facts.source.strip() and (facts.is_quoted or _SIGNED.search(facts.words.strip())):
        yield Finding("no_source", Severity.WARNS, "source", ("source",))


def of_looks(texts: Sequence[Text], photo: Photo | None) -> Iterator[Finding]:
    """Judge what depends on the template: sizes, what lies over a text, contrast, what a grid cuts off."""
    yield from _of_size(texts)
    yield from _of_covers(texts, photo)
    yield from _of_contrast(texts)
    yield from _of_crop(texts, photo)


def limit(text: Text) -> float:
    """Return the contrast a text needs: large letters need less (WCAG 1.4.3)."""
    return ENOUGH_LARGE if text.size >= (LARGE_BOLD if text.is_bold else LARGE) else ENOUGH


def contrast(one: float, other: float) -> float:
    """Return the contrast of two relative luminances, 1 to 21."""
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


def luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of an sRGB colour given in 0 to 255."""
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(value: float) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own numbers


def _of_size(texts: Sequence[Text]) -> Iterator[Finding]:
    told: set[str] = set()
    for text in sorted(texts, key=lambda one: (ROLES.index(one.role), one.size, one.card)):
        if text.role in told or text.ink is None:
            continue
        small = text.size * THUMBNAIL / WIDTH
        detail = {"role": text.role, "card": text.card}
        mends = ("shorten", "template") if text.role == "words" else ("template",)
        if text.size < text.smallest - 0.6:
            told.add(text.role)
            grave = Severity.STOPS if text.role == "words" and small < DUST else Severity.WARNS
            yield Finding("too_small", grave, "words" if text.role == "words" else "template", mends, detail)
        elif text.role == "words" and small < LEGIBLE:
            told.add(text.role)
            yield Finding("thumbnail", Severity.WARNS, "words", mends, detail)


def _of_covers(texts: Sequence[Text], photo: Photo | None) -> Iterator[Finding]:
    """Tell the text of which most lies under a photo, a picture or a form; words before what is smaller."""
    covered = [text for text in texts if text.hidden > HIDDEN]
    if not covered:
        return
    worst = min(covered, key=lambda text: (ROLES.index(text.role), -text.hidden))
    grave = Severity.STOPS if worst.role in {"words", "name"} and worst.hidden > UNREADABLE else Severity.WARNS
    mends = ("template", "no_photo") if photo else ("template",)
    yield Finding("covered", grave, "template", mends, {"role": worst.role, "card": worst.card})


def _of_contrast(texts: Sequence[Text]) -> Iterator[Finding]:
    """Tell the text that stands out least, measured against what it needs."""
    weak = [(text.contrast / limit(text), text) for text in texts if text.contrast and text.contrast < limit(text)]
    if not weak:
        return
    _share, worst = min(weak, key=lambda pair: (pair[0], ROLES.index(pair[1].role), pair[1].card))
    invisible = any(text.role == "words" and (text.contrast or 0) < INVISIBLE for _share, text in weak)
    detail = {"role": worst.role, "card": worst.card, "contrast": worst.contrast, "needed": limit(worst)}
    grave = Severity.STOPS if invisible else Severity.WARNS
    yield Finding("contrast", grave, "template", ("colour", "template"), detail)


def _of_crop(texts: Sequence[Text], photo: Photo | None) -> Iterator[Finding]:
    """Tell what the grid of a profile cuts off a portrait card: words, name or face."""
    for grid, kept in GRIDS.items():
        cut = {
            text.role
            for text in texts
            if text.card == "portrait" and text.role in {"words", "name"} and text.ink and _leaves(text.ink, kept)
        }
        if photo and _share_inside(photo.slot, kept) < PHOTO_KEPT:
            cut.add("photo")
        if cut:
            first = next(role for role in ("words", "name", "photo") if role in cut)
            yield Finding("crop", Severity.WARNS, "template", ("template",), {"grid": grid, "role": first})
            return


def _leaves(ink: Box, kept: Box) -> bool:
    return ink[0] < kept[0] - SLACK or ink[1] < kept[1] - SLACK or ink[2] > kept[2] + SLACK or ink[3] > kept[3] + SLACK


def _share_inside(slot: Box, kept: Box) -> float:
    wide = max(0.0, min(slot[2], kept[2]) - max(slot[0], kept[0]))
    high = max(0.0, min(slot[3], kept[3]) - max(slot[1], kept[1]))
    return wide * high / max(1.0, (slot[2] - slot[0]) * (slot[3] - slot[1]))


def _of_name(facts: Facts) -> Iterator[Finding]:
    if facts.staff_name and facts.name != facts.staff_name:
        detail = {"name": facts.name, "staff_name": facts.staff_name}
        yield Finding("name", Severity.WARNS, "name", ("name",), detail)


def _of_photo(photo: Photo | None) -> Iterator[Finding]:
    if photo and photo.enlarged > SOFT:
        detail = {"width": photo.width, "height": photo.height, "enlarged": photo.enlarged}
        yield Finding("photo_soft", Severity.WARNS, "photo", ("photo", "no_photo"), detail)


def _of_upload(upload: Finished) -> Iterator[Finding]:
    """Judge a finished design by what can be measured: nobody but a person can read it."""
    detail = {"width": upload.width, "height": upload.height}
    if upload.width < WIDTH or upload.enlarged > SOFT:
        yield Finding("upload_soft", Severity.WARNS, "upload", ("upload",), detail)
    if not upload.is_placed and not any(has_shape(upload.width, upload.height, size) for size in SIZES):
        yield Finding("upload_shape", Severity.WARNS, "upload", ("keep_whole", "placing"), detail)
    for size, sides in upload.cut.items():
        if sides:
            yield Finding("upload_cut", Severity.WARNS, "upload", ("whole", "placing"), {"card": size, "sides": sides})
            break
    for grid, sides in upload.grid.items():
        if sides:
            yield Finding("upload_grid", Severity.WARNS, "upload", ("room", "placing"), {"grid": grid, "sides": sides})
            break


def _of_alt_text(facts: Facts) -> Iterator[Finding]:
    """Ask what a finished design says: its words cannot be known otherwise."""
    if not facts.alt_text.strip():
        mends = ("alt_text", "alt_field") if facts.words.strip() else ("read",)
        yield Finding("no_alt_text", Severity.STOPS, "alt_text", mends)
