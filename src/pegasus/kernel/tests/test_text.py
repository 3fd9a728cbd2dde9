"""One cleaning rule for every text that comes in."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.kernel.text import clean_figures, clean_line, clean_lines, clean_name

# Signs that the rule has something to do with, so that chance puts them side by side.
TROUBLE = "\x00\x07\t\n\r\x0b\x0c\x1e\x85\xa0\xad\u0301\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u2028\u2029\u202e"
TROUBLE += "\u202f\u2060\u20e3\u2800\u3000\u3164\ufe0e\ufe0f\ufeff\ufffc\uffff\ud800\U000e0067\U000e007f"
TROUBLE += "_x00dDaAbB' `‘’“”eA1#رم\u0995❤👩🏽🌾🏴"
texts = st.text(st.sampled_from(TROUBLE) | st.characters(), max_size=40)
# What an Indonesian keyboard and a word processor give: also the marks that belong to sayings.
ordinary = st.text(
    st.sampled_from(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?()/-–—…“”‘’'\"&%+@*_#=éèêñ·•°½²✓✨🇮🇩\n\t"
    ),
    max_size=200,
).filter(lambda text: "_x000" not in text)
# Shown although Unicode calls them "format": they stand around an Arabic or Kaithi number, or shape hieroglyphs.
SHOWN = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}


@given(texts)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_name(clean_name(text)) == clean_name(text)


@given(ordinary)
def test_an_ordinary_text_comes_back_as_it_is(text: str) -> None:
    assert clean_lines(text) == text
    assert clean_line(text) == " ".join(text.split())


@given(texts)
def test_a_name_is_one_line_and_every_text_can_be_stored(text: str) -> None:
    assert len(clean_name(text).splitlines()) <= 1
    assert (
        set(map(unicodedata.category, clean_lines(text).replace("\n", "").replace("\t", ""))) & {"Cc", "Cs"} == set()
    )
    assert unicodedata.is_normalized("NFC", clean_lines(text))
    clean_lines(text).encode()


@given(texts)
def test_figures_are_clean_too_and_cleaned_once(text: str) -> None:
    found = clean_figures(text)

    assert found == clean_figures(found) == clean_lines(found)
    assert all(sign in "0123456789" for sign in found if sign.isdecimal())


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("０８１２－３４５６\u3000（ＷＡ）", "0812-3456 (WA)"),
        ("＋６２", "+62"),
        ("٠١٢۳४๕", "012345"),
        ("5/2/1980, Nu‘man’s é", "5/2/1980, Nu‘man’s é"),
        ("m² ½ ①", "m² ½ ①"),  # other values, not other ways to write a digit
    ],
)
def test_figures_of_another_script_are_the_same_figures(text: str, figures: str) -> None:
    assert clean_figures(text) == figures


def test_every_format_sign_goes_and_every_space_is_a_space() -> None:
    for code in range(sys.maxunicode + 1):
        kind = unicodedata.category(chr(code))
        if kind == "Cf" and code not in SHOWN:
            assert clean_lines(f"a{chr(code)}b") == "ab", hex(code)
        elif kind == "Zs":
            assert clean_lines(f"a{chr(code)}b") == "a b", hex(code)
        elif kind in {"Zl", "Zp"}:
            assert clean_lines(f"a{chr(code)}b") == "a\nb", hex(code)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Rina\u200b Kartika", "Rina Kartika"),
        ("\u202aRina\u202c\xa0Kartika\u200e", "Rina Kartika"),
        ("Rina\u3000\u2009Kartika\ufeff", "Rina Kartika"),
        ("Nu‘man Hakim", "Nu'man Hakim"),
        ("Nu’man Hakim", "Nu'man Hakim"),
        ("Nu`man\u00b4s", "Nu'man's"),
        ("\u02bfAbd al-Qa\u02bedir", "'Abd al-Qa'dir"),
        ("Andre\u0301 Siahaan", "André Siahaan"),
        ("Andre\u200b\u0301 Siahaan", "André Siahaan"),
        ("19800101\u200b 200501 1 001", "19800101 200501 1 001"),
        ("Rina\nKartika\t", "Rina Kartika"),
    ],
)
def test_a_name(written: str, meant: str) -> None:
    assert clean_name(written) == meant


@pytest.mark.parametrize(
    "sign",
    ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "_x000B_", "_x000D_", "_x000D_\r\n", "_x000a_"],
)
def test_every_way_to_end_a_line_is_one(sign: str) -> None:
    assert clean_lines(f"Satu langkah{sign}dua langkah") == "Satu langkah\ndua langkah"
    assert clean_line(f"Satu langkah{sign}dua langkah") == "Satu langkah dua langkah"


@pytest.mark.parametrize(
    "text",
    [
        "Dua baris\n\nkosong di antaranya",
        "Kolom\tkolom dari lembar kerja",
        "“Ing ngarsa sung tuladha,” kata Ki Hajar. Jum’at ‘bersih’.",
        "👩‍👧 ❤️‍🔥 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ✓ ✔️ ☑︎ 🇮🇩 👍🏽 👩🏽‍🌾 🧑‍💻",
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, joined by a sign without width
        "\ua9b1\ua9ad\ua9a9\ua9ba\u200c\ua9b1",  # Javanese
    ],
)
def test_what_is_meant_stays(text: str) -> None:
    assert clean_lines(text) == text


@pytest.mark.parametrize(
    "text", ["a\u200db", "a\ufe0f", "7\ufe0f", "\u200d👩", "👩\u200d", "a\ufe0f\u200d👩", "🏴\U000e0067"]
)
def test_a_joiner_without_anything_to_join_goes(text: str) -> None:
    assert not set(clean_lines(text)) & {"\u200d", "\ufe0f", "\U000e0067"}
