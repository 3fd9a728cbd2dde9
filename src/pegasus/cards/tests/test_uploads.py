"""A finished design made elsewhere: how it stands in our sizes, and what the look before sending says about it."""

from collections.abc import Iterable
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from tests.builders import NOW, make_office

from pegasus.cards import actions, linting, queries, uploads
from pegasus.cards.domain import standing
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.domain.standing import BLUR, EDGE, FILL, ROOM, WHOLE, Fit, Placing, Standing
from pegasus.cards.edges import busy_sides
from pegasus.cards.models import Card, FinishedDesign
from pegasus.cards.sentences import say
from pegasus.cards.tests.builders import make_card, photo
from pegasus.typeset.pictures import PictureRefused
from pegasus.typeset.tests.test_hostile_files import pdf

Colour = tuple[int, ...]


def striped(size: tuple[int, int] = (1600, 900)) -> Image.Image:
    """Red, green, blue from left to right (or from top to bottom)."""
    image = Image.new("RGB", size, (0, 255, 0))
    if size[0] > size[1]:
        image.paste((255, 0, 0), (0, 0, size[0] // 10, size[1]))
        image.paste((0, 0, 255), (size[0] * 9 // 10, 0, *size))
    else:
        image.paste((255, 0, 0), (0, 0, size[0], size[1] // 10))
        image.paste((0, 0, 255), (0, size[1] * 9 // 10, *size))
    return image


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def at(image: Image.Image, x: float, y: float) -> Colour:
    found = image.getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))
    assert isinstance(found, tuple)
    return found


def laid(picture: Image.Image, size: str, fit: Fit = WHOLE, focus: int = 50, ground: str = EDGE) -> Image.Image:
    return uploads.placed(picture, size, Standing(ground, {size: Placing(fit, focus)}))


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("fit", [WHOLE, FILL, ROOM])
@pytest.mark.parametrize("shape", [(1600, 900), (900, 1600), (1080, 1350), (700, 700), (2400, 30), (30, 2400)])
def test_every_design_fills_every_frame(shape: tuple[int, int], fit: Fit, size: str) -> None:
    assert laid(striped(shape), size, fit).size == SIZES[size]


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("shape", [(1600, 900), (900, 1800)])
def test_nothing_is_cut_unless_somebody_asks(shape: tuple[int, int], size: str) -> None:
    seen = {colour for _count, colour in laid(striped(shape), size).getcolors(1 << 24) or []}

    assert {(255, 0, 0), (0, 255, 0), (0, 0, 255)} <= seen


def test_a_design_that_fills_its_frame_shows_the_part_that_was_chosen() -> None:
    wide = striped()

    left, middle, right = (laid(wide, "square", FILL, focus) for focus in (0, 50, 100))

    assert at(left, 0, 0.5) == (255, 0, 0)
    assert at(left, 1, 0.5) == (0, 255, 0)
    assert (at(middle, 0, 0.5), at(middle, 1, 0.5)) == ((0, 255, 0), (0, 255, 0))
    assert at(right, 1, 0.5) == (0, 0, 255)


def test_a_plain_design_goes_on_in_the_colours_of_its_edges() -> None:
    high, wide = striped((900, 1800)), striped((1600, 900))

    above_and_below, beside = laid(wide, "story"), laid(high, "square")

    assert [at(beside, x, y) for x in (0, 1) for y in (0.02, 0.5, 0.98)] == [(255, 0, 0), (0, 255, 0), (0, 0, 255)] * 2
    assert [at(above_and_below, x, 0) for x in (0.01, 0.5, 0.99)] == [(255, 0, 0), (0, 255, 0), (0, 0, 255)]


def test_what_lies_around_is_blurred_or_in_a_colour_of_the_office() -> None:
    wide = striped()

    assert at(laid(wide, "story", ground="#16325c"), 0.5, 0.02) == (0x16, 0x32, 0x5C)
    assert at(laid(wide, "story", ground=BLUR), 0.5, 0.02)[1] in range(180, 215)


def test_room_leaves_what_every_grid_keeps() -> None:
    portrait = laid(Image.new("RGB", (1080, 1350), "red"), "portrait", ROOM, ground="#ffffff")

    assert at(portrait, 0.5, 0.05) == (255, 255, 255)
    assert at(portrait, 0.5, 0.5) == (255, 0, 0)
    assert at(portrait, 0.5, 0.11) == (255, 0, 0)


def test_a_transparent_design_lies_on_white() -> None:
    clear = png(Image.new("RGBA", (1080, 1350), (255, 0, 0, 128)))

    colour = at(uploads.opened(uploads.read(clear).data), 0.5, 0.5)

    assert colour[0] == 255
    assert abs(colour[1] - 127) <= 1


@given(st.integers(1, 4000), st.integers(1, 4000), st.sampled_from(list(SIZES)), st.integers(0, 100))
def test_what_is_kept_lies_in_the_design_and_has_the_frames_shape(
    width: int, height: int, size: str, focus: int
) -> None:
    left, top, right, bottom = standing.kept(width, height, size, focus)

    assert 0 <= left <= right <= width
    assert 0 <= top <= bottom <= height
    assert right - left == width or bottom - top == height
    assert 0 <= standing.lost(width, height, size) <= 1


@given(st.integers(1, 4000), st.integers(1, 4000), st.sampled_from(list(SIZES)), st.sampled_from([WHOLE, ROOM]))
def test_a_whole_design_lies_within_its_frame(width: int, height: int, size: str, fit: Fit) -> None:
    left, top, right, bottom = standing.place(width, height, size, fit)

    assert 0 <= left < right <= SIZES[size][0] + 1
    assert 0 <= top < bottom <= SIZES[size][1] + 1


def lettered(places: Iterable[tuple[int, int]], shape: tuple[int, int] = (1080, 1350)) -> Image.Image:
    """A plain design with words at some places."""
    image = Image.new("RGB", shape, "#16325c")
    pen = ImageDraw.Draw(image)
    for x, y in places:
        pen.text((x, y), "Semangat kerja", fill="white", font_size=48)
    return image


@pytest.mark.parametrize(
    ("places", "sides"),
    [
        ([(300, 600)], ()),
        ([(300, 40)], ("top",)),
        ([(300, 1270)], ("bottom",)),
        ([(300, 40), (300, 1270)], ("top", "bottom")),
    ],
)
def test_words_in_what_a_grid_cuts_off_are_seen(places: list[tuple[int, int]], sides: tuple[str, ...]) -> None:
    assert busy_sides(lettered(places), standing.GRIDS["1:1"]) == sides


@pytest.mark.parametrize("shape", [(1, 2400), (2400, 1), (1, 1)])
def test_a_strip_is_looked_over_without_becoming_huge(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000_000)  # beyond it a crop warns, and warnings are errors here
    left, top, right, bottom = standing.kept(*shape, "portrait", 50)

    assert busy_sides(Image.new("RGB", shape, "red"), (left, top, right, bottom)) == ()


def test_a_soft_sky_is_nothing_and_words_at_the_side_are_something() -> None:
    sky = Image.linear_gradient("L").resize((1080, 1350)).convert("RGB")

    assert busy_sides(sky, standing.GRIDS["1:1"]) == ()
    assert busy_sides(lettered([(-20, 600), (-20, 700)]), standing.GRIDS["3:4"]) == ("left",)


def upload(data: bytes, card: Card | None = None, **given: str) -> Card:
    card = card or make_card(None, **{"words": "", "alt_text": "", **given})
    brought = uploads.read(data)
    actions.use_upload(card=card, picture=brought, source=brought.source, pages=brought.pages, by="Bayu", at=NOW)
    return card


def kinds(card: Card) -> list[str]:
    return [finding.kind for finding in linting.look(card).findings]


@pytest.mark.django_db
def test_a_design_in_order_has_nothing_to_say() -> None:
    assert kinds(upload(png(lettered([(300, 600)])), words="Semangat kerja", alt_text="Semangat kerja")) == []


@pytest.mark.django_db
def test_a_small_wide_design_without_words_says_all_of_it() -> None:
    said = say(linting.look(upload(photo("red", (800, 600)))))

    assert [(one.kind, one.stops) for one in said] == [
        ("no_alt_text", True),
        ("upload_soft", False),
        ("upload_shape", False),
    ]
    assert "800 × 600" in said[1].sentence
    assert [mend.deed or mend.field for mend in said[2].mends] == ["utuh", "letak"]


@pytest.mark.django_db
def test_words_that_are_cut_off_are_told_and_one_tap_shows_them_whole() -> None:
    card = upload(png(lettered([(300, 20), (300, 600)], (1080, 1920))), alt_text="Semangat kerja")
    actions.place_upload(card=card, at=NOW, placings={"square": Placing(FILL, 50)})

    found = {finding.kind: finding for finding in linting.look(card).findings}
    actions.place_upload(card=card, at=NOW, placings={"square": Placing()})

    assert found["upload_cut"].detail == {"card": "square", "sides": ("top",)}
    assert "upload_cut" not in kinds(card)


@pytest.mark.django_db
def test_a_grid_that_cuts_words_is_told_and_room_at_the_edges_mends_it() -> None:
    card = upload(png(lettered([(300, 40)])), alt_text="Semangat kerja")

    found = next(finding for finding in linting.look(card).findings if finding.kind == "upload_grid")
    actions.place_upload(card=card, at=NOW, placings={"portrait": Placing(ROOM)})

    assert found.detail == {"grid": "1:1", "sides": ("top",)}
    assert kinds(card) == []


@pytest.mark.django_db
def test_what_goes_on_beside_a_design_is_no_part_of_it() -> None:
    card = upload(png(lettered([(700, 600), (700, 700)], (1000, 1350))), alt_text="Semangat kerja")

    actions.place_upload(card=card, at=NOW, placings={"portrait": Placing(ROOM)})

    assert "upload_grid" not in kinds(card)


@pytest.mark.django_db
def test_words_on_a_finished_design_that_were_used_before_are_found_both_ways() -> None:
    office = make_office()
    earlier = upload(
        photo("red", (1080, 1350)), make_card(office, words="", alt_text="Berat sama dipikul, ringan sama dijinjing.")
    )
    actions.submit_card(card=earlier, by="Bayu", at=NOW)
    drawn = make_card(office, words="Ringan sama dijinjing, berat sama dipikul", seat=2)
    third = make_card(office, words="berat sama dipikul ringan sama dijinjing", alt_text="x", seat=3)
    flat = upload(photo("blue", (1080, 1350)), third)

    of_drawn, of_flat = linting.look(drawn).findings, linting.look(flat).findings

    assert [finding.detail["card"] for finding in of_drawn if finding.kind == "used"] == [earlier.pk]
    assert [finding.detail["card"] for finding in of_flat if finding.kind == "used"] == [earlier.pk]
    assert say(linting.look(flat))[0].card == earlier.pk


@pytest.mark.django_db
def test_another_page_of_a_pdf_is_taken_and_its_file_goes_with_the_sending(
    django_capture_on_commit_callbacks: object,
) -> None:
    card = upload(pdf(count=3), alt_text="Merah")
    first, source = card.upload_id, FinishedDesign.objects.get(card=card).source.name

    actions.take_page(card=card, page=3, by="Bayu", at=NOW)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # pytest-django's fixture
        actions.submit_card(card=card, by="Bayu", at=NOW)

    row = FinishedDesign.objects.get(card=card)
    assert (row.page, row.pages, row.source.name) == (3, 3, "")
    assert card.upload_id != first
    assert source
    assert not default_storage.exists(source)
    assert len(queries.pictures_of(card)) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("page", [0, 4, 30_000])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(actions.NoOtherPage):
        actions.take_page(card=upload(pdf(count=3)), page=page, by="Bayu", at=NOW)


@pytest.mark.django_db
def test_a_sent_design_stands_as_it_stood() -> None:
    card = upload(png(striped()), alt_text="Garis")
    actions.submit_card(card=card, by="Bayu", at=NOW)

    with pytest.raises(actions.AlreadySent):
        actions.place_upload(card=card, at=NOW, placings={"square": Placing(FILL)})


@pytest.mark.django_db
def test_the_files_that_go_out_stand_as_they_were_placed() -> None:
    card = upload(png(striped()), alt_text="Garis")
    actions.place_upload(card=card, at=NOW, ground="#16325c", placings={"square": Placing(FILL, 0)})
    actions.submit_card(card=card, by="Bayu", at=NOW)

    files = queries.pictures_of(card)
    with files["square"].file.open("rb") as file, Image.open(file) as square:
        assert at(square, 0, 0.5)[0] > 240
    with files["story"].file.open("rb") as file, Image.open(file) as story:
        assert story.size == (1080, 1920)
        assert max(abs(one - other) for one, other in zip(at(story, 0.5, 0), (0x16, 0x32, 0x5C), strict=True)) < 4


def test_a_drawing_is_refused_because_its_letters_could_change() -> None:
    with pytest.raises(PictureRefused, match="PDF atau PNG"):
        uploads.read(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')


def test_a_design_is_drawn_once_for_each_way_it_stands() -> None:
    data = png(striped())

    first = uploads.jpeg(data, "square", Standing())
    again = uploads.jpeg(data, "square", Standing(placings={"story": Placing(FILL)}))
    other = uploads.jpeg(data, "square", Standing(placings={"square": Placing(FILL)}))

    assert again is first
    assert other != first
