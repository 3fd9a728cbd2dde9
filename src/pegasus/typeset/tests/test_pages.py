"""PDF pages and SVG drawings become pictures in the typesetting process, or are refused."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pegasus.typeset import pages, render
from pegasus.typeset.pictures import PictureRefused

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 80 100"%s</svg>'
)


def colour(data: bytes) -> object:
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGB").getpixel((image.width // 2, image.height // 2))


def seen(data: bytes) -> set[int]:
    """Return which opacities a file shows; none at all when it is refused."""
    try:
        picture = pages.accept(data)
    except PictureRefused:
        return set()
    with Image.open(BytesIO(picture.data)) as image:
        return set(image.convert("RGBA").getchannel("A").tobytes()) - {0}


def test_the_first_page_of_a_pdf_becomes_a_picture(tmp_path: Path) -> None:
    (tmp_path / "two.typ").write_text(
        "#set page(width: 540pt, height: 675pt, margin: 0pt, fill: rgb(255, 0, 0))\n."
        "#pagebreak()\n#set page(fill: blue)\n."
    )
    data = render.pdf(tmp_path / "two.typ", {}, at=datetime(2026, 1, 1, tzinfo=UTC), standards=())

    picture = pages.accept(data)

    assert (picture.width, picture.height, picture.content_type) == (1920, 2400, "image/jpeg")
    assert colour(picture.data) in {(254, 0, 0), (255, 0, 0)}


def test_an_svg_becomes_pixels_without_its_scripts() -> None:
    drawn = SVG % b' onload="alert(1)"><script>alert(1)</script><rect width="80" height="100" fill="#0000ff"/>'

    picture = pages.accept(drawn)

    assert (picture.width, picture.height) == (1920, 2400)
    assert colour(picture.data) in {(0, 0, 254), (0, 0, 255)}
    assert b"alert" not in picture.data


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SVG % b'><image xlink:href="/etc/passwd" width="9" height="9"/>', id="a file of the server"),
        pytest.param(SVG % b'><image xlink:href="http://x.test/a.png" width="9" height="9"/>', id="an address"),
        pytest.param(
            b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&c;">]>'
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&c;</text></svg>',
            id="entities",
        ),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 90000"/>', id="endlessly tall"),
        pytest.param(b"<svg", id="half"),
        pytest.param(b"%PDF-1.7\n%%EOF", id="an empty PDF"),
        pytest.param(
            b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>", id="a loop"
        ),
        pytest.param(b"GIF89a", id="no kind that we take"),
    ],
)
def test_what_reaches_outside_or_grows_without_end_is_refused(data: bytes) -> None:
    assert seen(data) == set()
