from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.cards.domain import lint
from pegasus.cards.domain.lint import Facts, Finished, Photo, Text, findings

GOOD_TEXT = Text("words", "portrait", 60.0, 34.0, is_bold=True, contrast=9.0, ink=(84, 280, 980, 640))
SLOT = (700.0, 800.0, 1000.0, 1100.0)
GOOD = Facts(
    words="Sedikit demi sedikit, lama-lama menjadi bukit.",
    source="Peribahasa",
    name="Sari",
    staff_name="Sari",
    texts=[GOOD_TEXT],
    photo=Photo(600, 600, SLOT),
)
UPLOAD = Facts(alt_text="Kata di gambar.", upload=Finished(1080, 1350))


def kinds(facts: Facts) -> list[str]:
    return [finding.kind for finding in findings(facts)]


def with_text(**changed: object) -> Facts:
    return replace(GOOD, texts=[replace(GOOD_TEXT, **changed)])  # type: ignore[arg-type] # any field of a text


def test_a_card_without_fault_has_no_findings() -> None:
    assert kinds(GOOD) == []
    assert kinds(UPLOAD) == []


@pytest.mark.parametrize(
    ("facts", "kind", "stops"),
    [
        (replace(GOOD, words="  \n"), "empty", True),
        (replace(GOOD, words="a " * 111), "too_long", True),
        (replace(GOOD, words="a" * 35), "long_word", True),
        (replace(GOOD, missing=["\U0001f9ff"]), "missing", True),
        (replace(GOOD, used={"name": "Bayu", "when": "1 Juni 2026"}), "used", False),
        (replace(GOOD, source="", words="Habis gelap terbitlah terang (Kartini)"), "no_source", False),
        (replace(GOOD, source=" ", is_quoted=True), "no_source", False),
        (with_text(size=24.0), "too_small", False),
        (with_text(size=15.0), "too_small", True),
        (with_text(size=30.0, smallest=30.0), "thumbnail", False),
        (with_text(contrast=2.9), "contrast", False),
        (with_text(contrast=1.2), "contrast", True),
        (with_text(ink=(84, 90, 980, 640)), "crop", False),
        (with_text(ink=(12, 280, 980, 640)), "crop", False),
        (replace(GOOD, photo=Photo(600, 600, (700.0, 1100.0, 1000.0, 1340.0))), "crop", False),
        (replace(GOOD, name="Sari W."), "name", False),
        (replace(GOOD, photo=Photo(200, 300, SLOT)), "photo_soft", False),
        (replace(UPLOAD, upload=Finished(1079, 1349)), "upload_soft", False),
        (replace(UPLOAD, upload=Finished(1200, 1500, enlarged=1.4)), "upload_soft", False),
        (replace(UPLOAD, upload=Finished(1920, 1080)), "upload_shape", False),
        (replace(UPLOAD, upload=Finished(1080, 1350, cut={"square": ("top",)})), "upload_cut", False),
        (replace(UPLOAD, upload=Finished(1080, 1350, grid={"3:4": (), "1:1": ("bottom",)})), "upload_grid", False),
        (replace(UPLOAD, used={"name": "Bayu", "when": "1 Juni 2026"}), "used", False),
        (replace(UPLOAD, words="Habis gelap terbitlah terang (Kartini)"), "no_source", False),
        (replace(UPLOAD, alt_text=" "), "no_alt_text", True),
    ],
)
def test_each_fault_is_the_one_thing_told(facts: Facts, kind: str, stops: bool) -> None:  # noqa: FBT001 - a case
    found = findings(facts)

    assert [(one.kind, one.stops) for one in found] == [(kind, stops)]
    assert found[0].mends


@pytest.mark.parametrize(
    "facts",
    [
        with_text(size=72.0, is_bold=False, contrast=3.1),
        with_text(size=56.0, is_bold=True, contrast=3.1),
        with_text(size=34.0, smallest=34.0),
        with_text(ink=(34, 135, 1046, 1214)),
        with_text(card="story", ink=(84, 90, 980, 1800)),
        with_text(ink=None, size=6.0, contrast=None),
        replace(GOOD, photo=Photo(240, 240, SLOT)),
        replace(GOOD, staff_name=""),
        replace(UPLOAD, upload=Finished(2400, 2400)),
        replace(UPLOAD, upload=Finished(1080, 1920)),
        replace(UPLOAD, upload=Finished(1920, 1080, is_placed=True)),
        replace(UPLOAD, upload=Finished(1080, 1350, cut={"square": ()}, grid={"3:4": ()})),
        replace(GOOD, source="", words="Kerja, kerja, kerja."),
    ],
)
def test_what_is_just_good_enough_is_left_alone(facts: Facts) -> None:
    assert kinds(facts) == []


def test_thin_small_letters_need_more_contrast_than_large_ones() -> None:
    assert kinds(with_text(size=50.0, is_bold=True, contrast=4.4)) == ["contrast"]
    assert kinds(with_text(size=60.0, is_bold=True, contrast=4.4)) == []
    assert kinds(with_text(size=60.0, is_bold=False, contrast=4.4)) == ["contrast"]


def test_the_text_that_stands_out_least_is_the_one_told() -> None:
    small = replace(GOOD_TEXT, role="other", size=22.0, smallest=20.0, contrast=4.0, ink=(84, 1000, 300, 1030))

    told = findings(replace(GOOD, texts=[small, replace(GOOD_TEXT, contrast=2.0)]))

    assert [(one.kind, one.detail["role"], one.detail["contrast"]) for one in told] == [("contrast", "words", 2.0)]


def test_a_finished_design_is_not_judged_by_what_only_a_person_can_read() -> None:
    facts = replace(UPLOAD, texts=[replace(GOOD_TEXT, contrast=1.0)], missing=["x"])

    assert kinds(facts) == []


def test_words_that_are_still_known_write_the_alternative_text_of_a_finished_design() -> None:
    known, unknown = replace(UPLOAD, alt_text="", words="Mulai saja."), replace(UPLOAD, alt_text="")

    assert findings(known)[0].mends == ("alt_text", "alt_field")
    assert findings(unknown)[0].mends == ("read",)


colours = st.tuples(*[st.integers(0, 255)] * 3)
texts = st.builds(
    Text,
    role=st.sampled_from(lint.ROLES),
    card=st.sampled_from(["portrait", "square", "story"]),
    size=st.floats(1, 300),
    smallest=st.floats(1, 100),
    is_bold=st.booleans(),
    contrast=st.none() | st.floats(1, 21),
    ink=st.none() | st.tuples(*[st.floats(0, 1920)] * 4),
)
everything = st.builds(
    Facts,
    words=st.text(max_size=300),
    source=st.text(max_size=40),
    alt_text=st.text(max_size=20),
    name=st.text(max_size=20),
    staff_name=st.text(max_size=20),
    missing=st.lists(st.text(min_size=1, max_size=1), max_size=12),
    texts=st.lists(texts, max_size=6),
    photo=st.none() | st.builds(Photo, st.integers(1, 4000), st.integers(1, 4000), st.just(SLOT)),
    upload=st.none()
    | st.builds(
        Finished,
        st.integers(1, 4000),
        st.integers(1, 4000),
        is_placed=st.booleans(),
        cut=st.dictionaries(st.sampled_from(["square", "story"]), st.lists(st.sampled_from(["left", "top"]))),
        grid=st.dictionaries(st.sampled_from(["3:4", "1:1"]), st.lists(st.sampled_from(["left", "top"]))),
    ),
)


@given(everything)
def test_every_finding_has_a_mend_comes_once_and_what_stops_comes_first(facts: Facts) -> None:
    found = findings(facts)

    assert all(one.mends and one.where for one in found)
    assert [one.stops for one in found] == sorted((one.stops for one in found), reverse=True)
    of_one_kind = [one.kind for one in found if one.kind not in {"too_small", "thumbnail"}]
    assert len(of_one_kind) == len(set(of_one_kind))


@given(everything, st.randoms())
def test_the_order_in_which_texts_were_measured_changes_nothing(facts: Facts, random: object) -> None:
    shuffled = random.sample(list(facts.texts), k=len(facts.texts))  # type: ignore[attr-defined] # Random of hypothesis

    assert sorted(kinds(replace(facts, texts=shuffled))) == sorted(kinds(facts))


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    first, second = lint.luminance(*one), lint.luminance(*other)

    assert lint.contrast(first, second) == lint.contrast(second, first)
    assert 1 <= lint.contrast(first, second) <= 21.01


def test_contrast_is_what_wcag_says() -> None:
    black, white, grey = (lint.luminance(*[value] * 3) for value in (0, 255, 0x76))

    assert round(lint.contrast(black, white), 2) == 21.0
    assert round(lint.contrast(grey, white), 2) == 4.54
