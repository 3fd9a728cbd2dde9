from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pegasus.typeset.pictures import Cut, accept

share = st.floats(-0.5, 1.5, allow_nan=False)


@given(share, share, st.floats(0.1, 8), st.integers(1, 4000), st.integers(1, 4000))
def test_a_cut_is_a_square_inside_the_picture(x: float, y: float, zoom: float, width: int, height: int) -> None:
    left, top, right, bottom = Cut(x, y, zoom).box(width, height)

    assert right - left == bottom - top >= 1
    assert 0 <= left <= right <= width
    assert 0 <= top <= bottom <= height


@pytest.mark.parametrize(("x", "colour"), [(0.0, (255, 0, 0)), (1.0, (0, 0, 255))])
def test_the_chosen_part_is_what_is_kept(x: float, colour: tuple[int, int, int]) -> None:
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (150, 0, 300, 100))
    stream = BytesIO()
    image.save(stream, "PNG")

    picture = accept(stream.getvalue(), cut=Cut(x, 0.5, 1))

    with Image.open(BytesIO(picture.data)) as kept:
        middle = kept.convert("RGB").getpixel((50, 50))
        assert kept.size == (100, 100)
    assert isinstance(middle, tuple)
    assert all(abs(have - want) < 12 for have, want in zip(middle, colour, strict=True))
