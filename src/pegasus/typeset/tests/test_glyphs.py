"""What is said to be drawable is what the typesetter draws."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pegasus.typeset import glyphs, lanes, render
from pegasus.typeset.lanes import TypesetFailed

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
PAGE = """#let d = json("/data.json")
#set document(title: "-")
#set text(font: "Fraunces")
#d.text
"""
# In our own fonts; in the ones that Typst carries; in none; with a meaning that each font gives them.
OURS, CARRIED, NOBODYS, PRIVATE = "aé≥→★✔🎉", "✓✗☐①", "你ஃ\U00012000", "\ue000\uf0b7"


def draws(folder: Path, character: str) -> bool:
    """Set one character in PDF/A, which refuses what has no glyph, and look whether it was replaced."""
    template = folder / "it.typ"
    template.write_text(PAGE, encoding="utf-8")
    text, mark = ({"text": said} for said in (character, render.REPLACEMENT))
    return render.pdf(template, text, at=AT) != render.pdf(template, mark, at=AT)


@pytest.mark.parametrize("character", [*OURS, *CARRIED, *NOBODYS])
def test_the_check_says_what_the_typesetter_does(tmp_path: Path, character: str) -> None:
    assert glyphs.can_draw(character) == draws(tmp_path, character)


def test_only_what_no_font_has_is_missing() -> None:
    assert glyphs.missing(f"{OURS}{CARRIED}{NOBODYS}{PRIVATE} {NOBODYS}") == [*NOBODYS, *PRIVATE]
    assert glyphs.replaced({"a": [f"✓ {NOBODYS[0]}"]}, "□") == {"a": ["✓ □"]}


def test_letters_and_emoji_are_told_apart() -> None:
    assert [sign for sign in "a✓🎉你" if glyphs.is_written(sign)] == ["a", "✓"]


def test_when_the_typesetter_cannot_be_asked_our_own_fonts_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_self: lanes.Lane, _request: object) -> bytes:
        raise TypesetFailed("busy")

    seldom = "\U0001d400"  # a letter of formulas: no other test has asked for its page
    with monkeypatch.context() as patched:
        patched.setattr(lanes.Lane, "run", fails)
        assert glyphs.missing(f"a{seldom}") == [seldom]

    assert glyphs.missing(f"a{seldom}") == []
