from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.builders import NOW, make_office

from pegasus.cards import actions, linting, measuring, queries
from pegasus.cards.domain import designs, lint
from pegasus.cards.domain.designs import Content, Design
from pegasus.cards.models import CardTemplate
from pegasus.cards.sentences import SENTENCES, say
from pegasus.cards.tests.builders import make_card, make_content, photo
from pegasus.typeset import pictures

BOXES = {size: [90, 300, 900, 400] for size in designs.SIZES}
PLAIN: dict[str, Any] = {
    "name": "Polos",
    "background": [],
    "elements": [
        {
            "kind": "text",
            "align": "left top",
            "smallest": 34,
            "largest": 120,
            "change": ["words"],
            "parts": [{"text": "{words}", "font": "Plus Jakarta Sans", "weight": 800, "colour": "#ffffff"}],
            "boxes": BOXES,
        }
    ],
}


def plain(colour: str = "#ffffff", ground: str = "#16325c", **element: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON
    """A design of one text on one colour."""
    data = deepcopy(PLAIN)
    data["background"] = [{"kind": "gradient", "colours": [ground, ground], "angle": 0}]
    data["elements"][0]["parts"][0]["colour"] = colour
    data["elements"][0].update(element)
    return data


def kinds(data: dict[str, Any], **content: Any) -> list[str]:  # noqa: ANN401 - any field of the content
    design = designs.parse(data)
    given = make_content(**content)
    found = lint.of_looks(linting.texts(design, given), linting.photo_in(design, given))
    return [finding.kind for finding in found]


def words_of(data: dict[str, Any], size: str = "portrait", **content: Any) -> lint.Text:  # noqa: ANN401 - as above
    return next(t for t in measuring.measured(designs.parse(data), make_content(**content), size) if t.role == "words")


def test_a_plain_card_is_measured_as_it_is() -> None:
    text = words_of(plain(), words="Mulai saja.")

    assert text.contrast == pytest.approx(lint.contrast(1.0, lint.luminance(0x16, 0x32, 0x5C)), abs=0.15)
    assert text.size == pytest.approx(120, abs=1.5)
    assert text.ink is not None
    assert 90 - 5 <= text.ink[0] <= 110
    assert 300 - 5 <= text.ink[1] <= 320


@pytest.mark.parametrize(
    ("colour", "ground"), [("#16325c", "#16325c"), ("#ffffff", "#e8e8e8"), ("#000000", "#222222")]
)
def test_text_that_hardly_differs_from_its_ground_is_found(colour: str, ground: str) -> None:
    assert kinds(plain(colour, ground)) == ["contrast"]


def test_text_that_differs_enough_is_left_alone() -> None:
    assert kinds(plain("#000000", "#ffffff")) == []


def over_the_words(**element: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON
    """A design in which something lies over the words."""
    cover = {"id": "atas", "kind": "rect", "fill": "#16325c", "boxes": {size: [90, 300, 400, 200] for size in BOXES}}
    data = plain("#ffffff")
    data["elements"][0]["id"] = "kata"
    data["elements"].append(cover | element)
    return data | {"ordered": True}


@pytest.mark.parametrize(
    "element",
    [
        {},
        {"rotate": 30},
        {"kind": "photo", "shape": "circle", "fill": None},
        {"kind": "qr", "text": "https://www.bps.go.id", "fill": None},
    ],
)
def test_what_lies_over_the_words_is_found_and_stops_the_card(element: dict[str, Any]) -> None:
    data = over_the_words(**element)
    data["elements"][1] = {name: value for name, value in data["elements"][1].items() if value is not None}
    design, given = designs.parse(data), make_content(photo=photo())

    found = lint.of_looks(linting.texts(design, given), linting.photo_in(design, given))

    covered = next(finding for finding in found if finding.kind == "covered")
    assert covered.stops
    assert covered.detail["role"] == "words"


@pytest.mark.parametrize("moved", ["below", "aside", "veil"])
def test_what_lies_below_or_beside_the_words_covers_nothing(moved: str) -> None:
    data = over_the_words(opacity=0.2 if moved == "veil" else 1)
    if moved == "below":
        data["elements"].reverse()
    if moved == "aside":
        data["elements"][1]["boxes"] = {size: [90, 900, 400, 100] for size in BOXES}

    assert "covered" not in kinds(data)


def test_a_translucent_text_is_judged_as_it_is_seen() -> None:
    assert words_of(plain("#ffffff")).contrast == pytest.approx(12.8, abs=0.5)
    assert (words_of(plain("#ffffff40")).contrast or 0) < 3


def test_the_photo_behind_a_text_is_what_counts() -> None:
    data = plain("#ffffff", "#16325c")
    data["elements"].insert(0, {"kind": "photo", "shape": "rect", "boxes": BOXES, "change": ["photo"]})

    assert kinds(data) == []
    assert kinds(data, photo=photo("black", (900, 400))) == []
    assert kinds(data, photo=photo("white", (900, 400))) == ["contrast"]


def test_a_form_behind_a_text_is_what_counts() -> None:
    data = plain("#ffffff", "#f4f4f4")
    bare = kinds(data)
    data["elements"].insert(0, {"kind": "shape", "colour": "#16325c", "boxes": BOXES})

    assert bare == ["contrast"]
    assert kinds(data) == []


def test_words_that_do_not_fit_are_found_and_shorter_ones_are_not() -> None:
    small = plain(boxes={size: [90, 300, 300, 90] for size in designs.SIZES})

    assert kinds(small, words="Kerja besar tidak lahir dari satu tangan saja; ia tumbuh dari banyak tangan.") == [
        "too_small"
    ]
    assert kinds(small, words="Mulai saja.") == []


def test_words_that_a_chat_shows_as_dust_are_found() -> None:
    data = plain(smallest=14, boxes={size: [90, 300, 300, 90] for size in designs.SIZES})
    long = "Kerja besar tidak lahir dari satu tangan saja; ia tumbuh dari banyak tangan."

    assert kinds(data, words=long) == ["thumbnail"]
    assert kinds(data, words="Mulai saja.") == []


def test_words_that_the_grid_cuts_off_are_found() -> None:
    assert kinds(plain(boxes=BOXES | {"portrait": [90, 20, 900, 400]})) == ["crop"]
    assert kinds(plain(boxes=BOXES | {"portrait": [90, 150, 900, 400]})) == []


@pytest.mark.parametrize("size", list(designs.SIZES))
@pytest.mark.parametrize(
    "words",
    [
        '#panic("x") $x$ " \\ * _ @ref <l> #image("/etc/passwd")',
        "\u202ebalik\u202c \u200d\ufe0f a\u0301\u0302\u0303\u0304",
        "👨‍👩‍👧‍👦" * 20,
        "a" * 3000,
        "\n" * 50,
        "\ud800",
        "بسم الله",
    ],
)
def test_hostile_words_are_measured_without_harm(words: str, size: str) -> None:
    for text in measuring.measured(designs.parse(plain()), make_content(words=words), size):
        assert 0 < text.size < 300
        assert text.contrast is None or text.contrast > 1


@pytest.mark.django_db
@pytest.mark.parametrize("given", [b"", photo("#808080", (1200, 1500))], ids=["bare", "photo"])
def test_shipped_templates_pass_their_own_look(given: bytes) -> None:
    actions.load_shipped()

    for template in CardTemplate.objects.filter(office=None, is_current=True):
        content = make_content(photo=given)

        design = queries.design_of(template)

        found = list(lint.of_looks(linting.texts(design, content), linting.photo_in(design, content)))
        assert [(template.name, finding) for finding in found if finding.stops] == []


@pytest.mark.django_db
def test_the_first_template_on_which_it_does_not_stand_is_proposed() -> None:
    office = make_office()
    card = make_card(office)
    bad, worse, good = (
        CardTemplate.objects.create(office=office, key=key, name=key, design=plain(colour, ground))
        for key, colour, ground in (
            ("a", "#777777", "#666666"),
            ("b", "#888888", "#777777"),
            ("c", "#ffffff", "#000000"),
        )
    )
    card.template = bad

    look = linting.look(card, templates=[bad, worse, good])

    assert [finding.kind for finding in look.findings] == ["contrast"]
    assert look.template == good
    assert [mend.deed for mend in say(look)[0].mends] == [f"templat-{good.pk}"]
    assert say(linting.look(card, templates=[bad, worse]))[0].mends == []


@pytest.mark.django_db
def test_facts_of_a_card_that_has_everything_wrong() -> None:
    office = make_office()
    earlier = make_card(office, words="Kartini berkata maju 🜲")
    actions.submit_card(card=earlier, by="Bayu", at=NOW)
    card = make_card(office, words="kartini BERKATA maju 🜲", seat=2, photo=pictures.accept(photo(size=(60, 80))))
    card.name = "Nama Lama"

    found = {finding.kind for finding in linting.look(card, is_quoted=True).findings}

    assert {"missing", "used", "no_source", "name", "photo_soft"} <= found


@pytest.mark.django_db
def test_a_card_in_order_has_nothing_to_say() -> None:
    card = make_card(words="Mulai saja, sisanya menyusul.", photo=pictures.accept(photo("#445566", (1200, 1500))))

    assert linting.look(card).findings == []


@pytest.mark.django_db
def test_every_kind_of_finding_has_a_sentence() -> None:
    source = Path(lint.__file__).read_text(encoding="utf-8")
    told = {part.split('"')[1] for part in source.split("Finding(")[1:] if part.startswith('"')}

    assert told == set(SENTENCES)


def test_the_measuring_does_not_change_what_is_drawn() -> None:
    design: Design = designs.parse(plain())
    content: Content = make_content()

    before = design.key
    linting.texts(design, content)

    assert design.key == before
