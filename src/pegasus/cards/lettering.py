"""What a design's fonts can show: ours, and those of its office."""

from pegasus.cards.domain.designs import Content, Design
from pegasus.typeset import glyphs


def missing_in(text: str, design: Design | None) -> list[str]:
    """Return the characters that neither our fonts nor the template's own have."""
    return glyphs.missing(text, [font.covers for font in design.fonts] if design else ())


def borrowed(design: Design, content: Content) -> tuple[str, list[str]]:
    """Return what a person wrote that the template's own font lacks and ours draw; emoji are nobody's."""
    typed = {*content.words, *content.source, *content.name, *content.team}
    for family in sorted({font.family for font in design.fonts}):
        faces = [font.covers for font in design.fonts if font.family == family]
        said = dict.fromkeys("".join(design.texts_in(family, content)))
        lacking = [sign for sign in said if sign in typed and not any(glyphs.has(face, sign) for face in faces)]
        if lacking := [sign for sign in lacking if glyphs.is_written(sign) and not sign.isspace()]:
            return family, lacking
    return "", []
