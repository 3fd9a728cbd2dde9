import random
from io import BytesIO

import pytest
from PIL import Image

from pegasus.typeset import glyphs, pictures, qr
from pegasus.typeset.pictures import PictureRefused
from pegasus.typeset.readers import picture
from pegasus.typeset.refusal import FileRefused


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_photo_is_turned_upright_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x9286] = "rahasia"
    sideways = Image.new("RGB", (60, 40), "red")

    picture = pictures.accept(encoded(sideways, exif=exif))

    assert (picture.width, picture.height) == (40, 60)
    assert len(Image.open(BytesIO(picture.data)).getexif()) == 0
    assert b"rahasia" not in picture.data


def test_a_large_photo_becomes_small_enough() -> None:
    picture = pictures.accept(encoded(Image.new("RGB", (3000, 1500), "blue")), longest=1200)

    assert (picture.width, picture.height, picture.content_type) == (1200, 600, "image/jpeg")


def test_a_transparent_picture_stays_transparent() -> None:
    picture = pictures.accept(encoded(Image.new("RGBA", (8, 8), (255, 0, 0, 40)), "PNG"))

    assert picture.content_type == "image/png"
    assert Image.open(BytesIO(picture.data)).getpixel((0, 0)) == (255, 0, 0, 40)


def test_a_printers_colours_become_a_screens() -> None:
    picture = pictures.accept(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0))))

    assert Image.open(BytesIO(picture.data)).mode == "RGB"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bukan gambar",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>",
        b"GIF7a<script>alert(1)</script>",
        b"%PDF-1.7",
        b"MZ\x90\x00",
        encoded(Image.effect_noise((300, 300), 80))[:4000],
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(PictureRefused, match="bukan gambar"):
        pictures.accept(data)


@pytest.mark.parametrize("side", [6400, 9000, 20000])
def test_too_many_pixels_are_refused_from_the_header_alone(side: int) -> None:
    bomb = encoded(Image.new("1", (side, side)), "PNG")

    with pytest.raises(PictureRefused, match="40 megapiksel"):
        pictures.accept(bomb)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_random_damage_is_refused_or_read_and_nothing_else(kind: str) -> None:
    chance = random.Random(330)  # noqa: S311 - a fixed picture and a fixed sequence of damage
    whole = encoded(Image.frombytes("RGB", (64, 64), chance.randbytes(64 * 64 * 3)), kind)
    outcomes = {damaged_outcome(whole, chance) for _ in range(200)}

    assert "refused" in outcomes
    assert outcomes <= {"read", "refused"}


def damaged_outcome(whole: bytes, chance: random.Random) -> str:
    broken = bytearray(whole)
    for _ in range(4):
        broken[chance.randrange(8, len(broken))] = chance.randrange(256)
    try:
        picture.read(bytes(broken), longest=2400)  # as the child does, without a child for each of the hundreds
    except FileRefused:
        return "refused"
    return "read"


def test_missing_glyphs_are_named_once_in_their_order() -> None:
    assert glyphs.missing("Semangat 💪🏽 é → 你好你") == ["你", "好"]


def test_everyday_texts_miss_nothing() -> None:
    assert glyphs.missing("“Sedikit demi sedikit,\nlama-lama menjadi bukit” – 👩‍👩‍👧 🇮🇩 №…") == []


def test_a_qr_code_has_a_white_ground_of_its_own() -> None:
    svg = qr.svg("https://pegasus.test/v/K7Q2")

    assert svg.startswith("<svg")
    assert "#fff" in svg
