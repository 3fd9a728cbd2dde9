"""The preview is the file, and the same card is the same bytes, whoever draws it."""

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from pegasus.cards import render
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.tests.builders import make_content
from pegasus.cards.tests.looks import noticed
from pegasus.cards.tests.random_cards import SAID, RandomCard, random_card, scene, shipped
from pegasus.typeset import lanes
from pegasus.typeset import render as typeset

# tests/journeys/test_preview.py looks at 300 in the browser.
FEW = (2, 5, 8, 15, 27, 40)
SHOWN = '#let d = json("/data.json")\n#set page(width: d.w * 1pt, height: d.h * 1pt, margin: 0pt)\n'
SHOWN += '#image("/files/card.svg", width: d.w * 1pt, height: d.h * 1pt)'
MOST = 0.001


@pytest.mark.parametrize("number", FEW)
def test_a_random_preview_looks_like_its_file(tmp_path: Path, number: int) -> None:
    card = random_card(number)
    width, height = SIZES[card.size]
    (tmp_path / "shown.typ").write_text(SHOWN)

    preview = typeset.png(
        tmp_path / "shown.typ", {"w": width, "h": height}, files={"card.svg": card.preview().encode()}
    )

    assert noticed(picture(preview), picture(card.final())) <= MOST, card.name


def test_differences_that_can_be_seen_are_seen() -> None:
    card = picture(random_card(2).final())
    moved = ImageChops.offset(card, 2, 0)
    tinted = Image.blend(card, Image.new("RGB", card.size, "red"), 0.04)
    spotted = card.copy()
    ImageDraw.Draw(spotted).rectangle((500, 500, 560, 530), fill="#777777")

    assert noticed(card, card) == 0
    assert min(noticed(card, other) for other in (moved, tinted, spotted)) > MOST


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def certain() -> list[RandomCard]:
    """A shipped template with everything that could differ, and an office's own, in all sizes."""
    content = make_content(words=SAID[4], photo=scene(1))
    return [
        *(RandomCard(size, shipped("biru-rafflesia"), content, size) for size in SIZES),
        *(random_card(number) for number in (5, 9, 15)),
    ]


def digests() -> list[str]:
    return [sha256(data).hexdigest() for card in certain() for data in (card.final(), card.preview().encode())]


@pytest.mark.slow
def test_the_same_cards_are_the_same_bytes_in_another_process_and_another_child(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "pegasus.config.settings", "PEGASUS_DATA": str(tmp_path)}
    program = "import django; django.setup(); from pegasus.cards.tests import test_preview as it; print(*it.digests())"

    warm = digests()
    lanes.CARDS.stop()
    render._encoded_ground.cache_clear()  # noqa: SLF001 - what is kept must not hide a difference
    cold = digests()
    other = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        check=True,
    )

    assert warm == cold
    assert warm == other.stdout.split()
    assert len(set(warm)) == len(warm)
