"""What people type, paste and send in files, made clean once: one way to write a letter, nothing that nobody sees.

Every text that comes in passes here: lists, forms, other programs, the command line. What is printed passes here
again, for rows that were written before.
"""

import re
import unicodedata
from collections.abc import Mapping

# Letters that change their shape by a joiner (Arabic, the scripts of India and the archipelago), and pictures.
_LETTERS = r"\u0600-\u08ff\u0900-\u1cff\ua800-\uabff"
_PICTURES = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"
)
# Invisible and meant: between such letters, between pictures that are one, after a picture that may be a sign of text.
_MEANT = re.compile(
    "("
    rf"(?<=[{_LETTERS}])[\u200c\u200d](?=[{_LETTERS}])"
    rf"|(?<=[{_PICTURES}])\u200d(?=[{_PICTURES}])"
    rf"|(?<=[{_PICTURES}]\ufe0f)\u200d(?=[{_PICTURES}])"
    rf"|(?<=[{_PICTURES}])[\ufe0e\ufe0f]"
    r"|(?<=[0-9#*])\ufe0f(?=\u20e3)"  # keycaps
    r"|(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"  # flags of regions
    ")"
)
# Controls; what turns the direction of writing or has no width; selectors; letters without a shape; halves of
# surrogate pairs and what will never be a character, which no font draws and not every database takes.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
# Shift+Enter is U+000B in a slide, U+2028 or U+0085 elsewhere; some programs write it into a workbook as `_x000B_`.
_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WRITTEN_BREAK = re.compile(r"_x000[Dd]_(?:\n|_x000[Aa]_)?|_x000[A-Ca-c]_")
# Quotes, accents and primes that stand for an apostrophe; some lists have the sign of the letter hamza or ain.
_APOSTROPHE = re.compile(r"[`\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\u2035\ua78c\uff07]")
# A keyboard set to full width writes every sign of a number so: digits, `+`, `/`, `-`, `(`.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def clean_lines(text: str) -> str:
    """Return a text with its lines: in NFC, with plain spaces and line ends, without what nobody sees.

    Tabs, typographic quotes and joined emoji stay. A clean text comes back as it is.
    """
    if text.isascii() and text.isprintable() and "_x000" not in text:
        return text
    text = _SPACE.sub(" ", _BREAK.sub("\n", text))
    # A split by a group: every second part is what the group found, and stays.
    parts = [part if place % 2 else _INVISIBLE.sub("", part) for place, part in enumerate(_MEANT.split(text))]
    return unicodedata.normalize("NFC", _WRITTEN_BREAK.sub("\n", "".join(parts)))


def clean_line(text: str) -> str:
    """Return a text as one line: as `clean_lines` has it, with one space between words and none around them."""
    return " ".join(clean_lines(text).split())


def clean_name(text: str) -> str:
    """Return a person's name as one line; whatever was typed for an apostrophe is one apostrophe."""
    return _APOSTROPHE.sub("'", clean_line(text))


def clean_figures(text: str) -> str:
    """Return a text of figures, such as a NIP, a phone or a day, clean and with the plain form of every digit.

    Full-width signs and the digits of other scripts become those of ASCII; `²` and `½` are other values and stay.
    """
    text = clean_lines(text)
    if text.isascii():
        return text
    # What is plain now may have an accent behind it that it can join.
    return clean_lines("".join(_plain_digit(sign) for sign in text.translate(_WIDE)))


def _plain_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def clean_data(data: object) -> object:
    """Return data, as JSON has them, with every text in them clean."""
    if isinstance(data, str):
        return clean_lines(data)
    if isinstance(data, Mapping):
        return {clean_data(key): clean_data(value) for key, value in data.items()}
    return [clean_data(item) for item in data] if isinstance(data, list | tuple) else data
