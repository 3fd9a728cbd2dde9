from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.builders import NOW

from pegasus.signing import room
from pegasus.signing.tests.builders import letter
from pegasus.signing.widget import HEIGHT, MARGIN_BOTTOM, WIDTH
from pegasus.typeset import render

PAGE = '#set document(title: "x")\n#set page(width: 595pt, height: 842pt, margin: 0pt)\n'


def document(tmp_path: Path, drawing: str) -> bytes:
    path = tmp_path / "it.typ"
    path.write_text(PAGE + drawing, encoding="utf-8")
    return render.pdf(path, {}, at=NOW, standards=())


def box_of(pdf: bytes) -> tuple[float, ...] | None:
    place = room.find(pdf)
    return place.box if place else None


def test_an_empty_corner_is_taken() -> None:
    box = box_of(letter())

    assert box is not None
    assert (box[1], box[2] - box[0], box[3] - box[1]) == pytest.approx((MARGIN_BOTTOM, WIDTH, HEIGHT))


def test_the_stamp_goes_above_what_stands_in_the_corner(tmp_path: Path) -> None:
    # From 542 to 842 points below the top: the stamp must lie above 300 points from the bottom.
    box = box_of(document(tmp_path, "#place(dy: 542pt, rect(width: 595pt, height: 300pt, fill: black))"))

    assert box is not None
    assert 300 < box[1] < 320


def test_the_left_is_taken_where_the_right_is_full(tmp_path: Path) -> None:
    box = box_of(document(tmp_path, "#place(dx: 320pt, rect(width: 200pt, height: 842pt, fill: black))"))

    assert box is not None
    assert box[0] == pytest.approx(71)


def test_a_full_page_has_no_room(tmp_path: Path) -> None:
    assert box_of(document(tmp_path, "#rect(width: 100%, height: 100%, fill: black)")) is None


def test_what_is_no_pdf_has_no_room() -> None:
    assert room.find(b"bukan pdf") is None


def test_a_turned_page_is_left_alone() -> None:
    with pikepdf.open(BytesIO(letter())) as pdf:
        pdf.pages[-1].rotate(90, relative=False)
        out = BytesIO()
        pdf.save(out)

    assert room.find(out.getvalue()) is None
