"""What every template of the project must be: nothing inline (the CSP forbids it), every word translatable."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pegasus"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    # Data for a script is no script: the CSP lets it stand.
    "script without src": re.compile(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx handler": re.compile(r"\shx-on[:-]", re.IGNORECASE),
    "foreign address in src": re.compile(r"src\s*=\s*[\"']https?://", re.IGNORECASE),
}
# Names that stay as they are in every language.
NAMES = re.compile(
    r"Pegasus|Instagram|WhatsApp|English|Bahasa Indonesia|SHA-256|BSrE|PDF|DOCX|XLSX|ICS|SRIKANDI|KONSEP|SOP|Canva|"
    r"H-[0-9]|px|MB|WIB|WITA|WIT|QR|NIP|CSV|&[a-z]+;"
)
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}(?: [A-Za-zÀ-ÿ]+)*")
TRANSLATED = re.compile(r"\{%\s*blocktranslate.*?\{%\s*endblocktranslate\s*%\}", re.DOTALL)
ELSEWHERE = re.compile(r"<(script|svg|code|pre)\b.*?</\1>|<!--.*?-->|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
CLASSES = re.compile(r"\{%\s*block \w+_class\s*%\}.*?\{%\s*endblock\s*%\}")
ELEMENT = re.compile(r"<[^>]*>")
SPOKEN = re.compile(r"\s(?:aria-label|placeholder|title|alt)=\"([^\"]*)\"")


def ids(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def inline_in(text: str) -> list[str]:
    """Name what a template has inline."""
    plain = TAG.sub("", text)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(plain)]


def untranslated_in(text: str) -> list[str]:
    """Return the words of a template that no translation reaches."""
    for pattern in (TRANSLATED, ELSEWHERE, CLASSES):
        text = pattern.sub("", text)
    text = TAG.sub("\0", text)
    spoken = " \0 ".join(SPOKEN.findall(text))
    shown = ELEMENT.sub("\0", text)
    return [word for part in (shown, spoken) for word in WORD.findall(NAMES.sub("", part))]


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_nothing_is_inline(path: Path) -> None:
    assert inline_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_every_word_can_be_translated(path: Path) -> None:
    assert untranslated_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('<p style="color: red">', ["style attribute"]),
        ("<script>alert(1)</script>", ["script without src"]),
        ('<button type="button" onclick="go()">', ["event handler"]),
        ('<script src="/static/x.js" defer></script>', []),
        ('<p class="x" {% if a %}hidden{% endif %}>', []),
    ],
)
def test_what_is_inline_is_found(text: str, names: list[str]) -> None:
    assert inline_in(text) == names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Belum ada jadwal</p>", ["Belum ada jadwal"]),
        ('<img alt="Kartu">', ["Kartu"]),
        ('<a href="#" title="{% translate "Buka" %}">{% translate "Buka" %} · Pegasus</a>', []),
        ("{% blocktranslate %}Halo {{ name }}{% endblocktranslate %}", []),
    ],
)
def test_words_that_cannot_be_translated_are_found(text: str, words: list[str]) -> None:
    assert untranslated_in(text) == words
