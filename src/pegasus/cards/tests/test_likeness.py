from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.cards.domain import likeness, meaning, roots
from pegasus.cards.domain.likeness import Likeness
from pegasus.cards.queries.words import meanings

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines]


PAIRS = rows("likeness")
texts = st.lists(
    st.sampled_from(
        [
            "sedikit",
            "demi",
            "lama",
            "menjadi",
            "bukit",
            "malu",
            "bertanya",
            "tidak",
            "yang",
            "kerja",
            "bekerja",
            "pekerjaan",
            "baik",
            "2026",
            "é",
        ]
    ),
    max_size=9,
).map(" ".join) | st.text(max_size=60)


@settings(max_examples=150)
@given(texts, texts)
def test_likeness_does_not_depend_on_which_text_comes_first(one: str, other: str) -> None:
    assert likeness.likeness(one, other) == pytest.approx(likeness.likeness(other, one))


@settings(max_examples=150)
@given(texts, texts)
def test_likeness_lies_between_nothing_and_all(one: str, other: str) -> None:
    assert 0.0 <= likeness.likeness(one, other) <= 1.0


@given(texts)
def test_a_text_is_wholly_like_itself_whatever_its_capitals_and_marks(text: str) -> None:
    shouted = "«" + text.replace(" ", " … ") + "!»"

    assert likeness.likeness(text, text) == 1.0
    assert likeness.likeness(text, shouted) == 1.0


@given(st.lists(st.sampled_from(["hari", "ini", "kita", "bekerja", "jujur", "tekun"]), min_size=1), st.randoms())
def test_the_order_of_words_does_not_matter(words: list[str], random: Random) -> None:
    shuffled = random.sample(words, k=len(words))

    assert likeness.likeness(" ".join(words), " ".join(shuffled).upper()) == 1.0


def test_one_text_gives_the_same_figures_however_many_it_met_before() -> None:
    seasoned = Likeness(PAIRS[0][1])
    for _label, one, other in PAIRS:
        seasoned.to(one)
        seasoned.to(other)

    assert [seasoned.to(one) for _label, one, _other in PAIRS] == [
        likeness.likeness(PAIRS[0][1], one) for _label, one, _other in PAIRS
    ]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("pekerjaannya", "kerja"),
        ("bekerja", "kerja"),
        ("menanam", "tanam"),
        ("memikul", "pikul"),
        ("dipikul", "pikul"),
        ("menyapa", "sapa"),
        ("kebersamaan", "sama"),
        ("tiada", "tidak"),
        ("hutang", "utang"),
        ("yang", "yang"),
        ("ibu", "ibu"),
    ],
)
def test_affixes_fall_away(word: str, root: str) -> None:
    assert roots.root(word) == root


def test_repeats_are_found_and_different_sayings_are_left_alone() -> None:
    found = {label: 0 for label, _one, _other in PAIRS}
    for label, one, other in PAIRS:
        found[label] += likeness.likeness(one, other) >= likeness.THRESHOLD

    assert found["beda"] == 0
    assert found["sama"] == 8
    assert found["mirip"] >= 39  # of 40
    assert found["parafrasa"] >= 13  # of 24; the rule for them was chosen on these, so this is no measure of it


def test_paraphrases_written_after_the_rule_measure_it() -> None:
    held = rows("paraphrase-held-out")
    thoughts = [(theme, one, other) for theme, one, other in held]

    found = sum(is_found(one, other) for _theme, one, other in thoughts)
    alarms = {True: 0, False: 0}
    for (theme, *mine), (another, *theirs) in combinations(thoughts, 2):
        alarms[theme == another] += sum(is_found(one, other) for one, other in product(mine, theirs))

    assert len(held) == 75
    assert found >= 18
    assert alarms == {True: 0, False: 0}  # of 1,104 pairs of different thoughts on one theme, and 9,996 others


def is_found(one: str, other: str) -> bool:
    return likeness.likeness(one, other, meanings()) >= likeness.THRESHOLD


def test_who_says_the_meaning_of_a_saying_says_the_saying() -> None:
    assert is_found("Susah dan senang kita tanggung bersama.", "Berat sama dipikul, ringan sama dijinjing.")
    assert is_found("Berat sama dipikul, ringan sama dijinjing.", "Susah dan senang kita tanggung bersama.")
    assert not is_found("Susah dan senang kita tanggung bersama.", "Gunung sama didaki, lurah sama dituruni.")


def test_two_sayings_that_mean_much_the_same_are_two_sayings() -> None:
    assert not is_found("Sambil menyelam minum air.", "Sekali merengkuh dayung, dua tiga pulau terlampaui.")


@settings(max_examples=150)
@given(texts, texts)
def test_what_is_meant_does_not_depend_on_which_text_comes_first(one: str, other: str) -> None:
    assert is_found(one, other) == is_found(other, one)


@pytest.mark.parametrize(
    ("word", "thought"),
    [
        ("kesulitan", "sulit"),
        ("menghargai", "hormat"),
        ("hormatilah", "hormat"),
        ("ringan", "mudah"),
        ("selalu", "selalu"),
        ("dilayani", "layan"),
        ("pelayanan", "layan"),
        ("keberhasilanmu", "sukses"),
        ("hasilnya", "hasil"),
        ("membagikan", "bagi"),
        ("yang", ""),
        ("tak", ""),
    ],
)
def test_words_stand_for_thoughts(word: str, thought: str) -> None:
    assert meaning.thought(word) == thought


def test_the_same_words_and_near_words_are_told_apart() -> None:
    assert likeness.kind_of("Mulai saja.", "mulai saja", 1.0) == likeness.SAME
    assert likeness.kind_of("Mulai saja.", "Saja mulai", 1.0) == likeness.NEAR
