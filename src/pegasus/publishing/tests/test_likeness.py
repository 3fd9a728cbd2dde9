from io import BytesIO

import pytest
from PIL import Image

from pegasus.publishing import likeness
from pegasus.publishing.tests.builders import picture


def phone_screen(card: bytes, *, width: float, left: float = 0.1, top: float = 0.3, crop: bool = False) -> bytes:
    page = Image.new("RGB", (1080, 2340), "#efeae2")
    shown: Image.Image = Image.open(BytesIO(card))
    if crop:
        shown = shown.crop((0, 135, 1080, 1215))
    shown = shown.resize((round(1080 * width), round(1080 * width * shown.height / shown.width)))
    page.paste(shown, (round(1080 * left), round(2340 * top)))
    out = BytesIO()
    page.save(out, "JPEG", quality=60)
    return out.getvalue()


@pytest.mark.parametrize(("width", "left"), [(1.0, 0.0), (0.8, 0.17), (0.67, 0.05), (0.53, 0.4)])
def test_a_screen_with_the_card_is_recognised_whatever_its_size(width: float, left: float) -> None:
    card = picture(words="Jujur dan teliti")

    assert likeness.may_show(phone_screen(card, width=width, left=left), card)


def test_a_card_cropped_to_a_square_is_recognised() -> None:
    card = picture(words="Jujur dan teliti")

    assert likeness.may_show(phone_screen(card, width=0.75, crop=True), card)


def test_another_card_is_not_recognised() -> None:
    card, other = picture(words="Jujur dan teliti"), picture(words="Pantang menyerah", colour="#3a7a4f")

    assert not likeness.may_show(phone_screen(other, width=0.8), card)


def test_an_empty_screen_shows_nothing() -> None:
    card = picture()
    page = Image.new("RGB", (1080, 2340), "white")
    out = BytesIO()
    page.save(out, "PNG")

    assert not likeness.may_show(out.getvalue(), card)
