import contextlib
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from pegasus.cards.tests.builders import photo

pytestmark = pytest.mark.django_db
GIVEN = {"template": "lembar-pagi", "words": "Mulai saja.", "name": "Sari"}


def test_a_card_is_drawn_into_a_file(tmp_path: Path) -> None:
    out, face = tmp_path / "kartu.jpg", tmp_path / "foto.jpg"
    face.write_bytes(photo())

    call_command("card", **GIVEN, out=out, photo=face, size="story", stdout=StringIO())

    with Image.open(out) as card:
        assert card.size == (1080, 1920)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"template": "tiada"}, "Tidak ada templat 'tiada'; yang ada: bintang-delapan"),
        ({"words": " "}, "Kata motivasi masih kosong"),
        ({"words": "a " * 200}, "Kata motivasi 399 karakter; paling banyak 220"),
        ({"words": "Halo 你"}, "Huruf ini tidak dapat digambar: 你"),
        ({"photo": Path("/tiada.jpg")}, "Foto tidak dapat dipakai"),
    ],
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    out = tmp_path / "kartu.jpg"

    with pytest.raises(CommandError, match=sentence):
        call_command("card", **GIVEN | change, out=out)

    assert not out.exists()


def test_a_check_mark_is_drawn(tmp_path: Path) -> None:
    marked, plain = tmp_path / "marked.jpg", tmp_path / "plain.jpg"

    for out, words in ((marked, "Tepat waktu ✓ rapi ✓"), (plain, "Tepat waktu 你 rapi 你")):
        with contextlib.suppress(CommandError):
            call_command("card", **GIVEN | {"words": words}, out=out, stdout=StringIO())

    assert marked.exists()
    assert not plain.exists()


@pytest.mark.parametrize("sign", ["\x0b", "\x85", "\u2028"])
def test_a_soft_line_break_of_a_word_processor_is_a_line_break(tmp_path: Path, sign: str) -> None:
    soft, plain = tmp_path / "soft.jpg", tmp_path / "plain.jpg"

    for out, words in ((soft, f"Satu langkah{sign}dua langkah"), (plain, "Satu langkah\ndua langkah")):
        call_command("card", **GIVEN | {"words": words}, out=out, day=date(2026, 11, 30), stdout=StringIO())

    assert soft.read_bytes() == plain.read_bytes()


def test_a_design_file_with_an_unknown_placeholder_is_refused(tmp_path: Path) -> None:
    part = {"text": "{gaji}", "font": "Fraunces", "colour": "#000000"}
    element = {"kind": "text", "smallest": 20, "largest": 40, "boxes": {"square": [0, 0, 500, 500]}, "parts": [part]}
    file = tmp_path / "templat.json"
    file.write_text(json.dumps({"name": "Uji", "background": [], "elements": [element]}))

    with pytest.raises(CommandError, match="gaji"):
        call_command("card", **GIVEN | {"template": str(file)}, out=tmp_path / "kartu.jpg")
