import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.reports.domain import prose


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1, "satu"), (8, "delapan"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"),
        (20, "dua puluh"), (21, "21"), (90, "sembilan puluh"), (100, "seratus"), (101, "seratus satu"),
        (111, "seratus sebelas"), (112, "112"), (200, "dua ratus"), (1000, "seribu"), (1001, "seribu satu"),
        (1250, "1.250"), (2000, "dua ribu"), (100_000, "seratus ribu"), (1_234_567, "1.234.567"),
    ],
)  # fmt: skip
def test_numbers_of_one_or_two_words_are_written_in_words(number: int, words: str) -> None:
    assert prose.in_words(number) == words


@given(st.integers(0, 999_999))
def test_every_number_has_its_own_words(number: int) -> None:
    units = {word: at for at, word in enumerate(prose.UNITS)}
    total = part = 0
    for word in prose.spelled(number).split():
        match word:
            case "belas":
                part += 10
            case "puluh":
                part = part // 100 * 100 + part % 100 * 10
            case "ratus":
                part *= 100
            case "seratus":
                part += 100
            case "ribu":
                total, part = part * 1000, 0
            case "seribu":
                total = 1000
            case _:
                part += units[word]
    assert total + part == number


def test_all_of_a_number_of_things() -> None:
    assert [prose.all_of_them(number, "aktivitas") for number in (1, 5, 12, 26)] == [
        "Satu-satunya aktivitas",
        "Kelima aktivitas",
        "Kedua belas aktivitas",
        "Seluruh 26 aktivitas",
    ]


def test_parts_of_a_sentence_are_joined_with_their_commas() -> None:
    assert [prose.joined(list(parts)) for parts in ("a", "ab", "abc")] == ["a", "a dan b", "a, b, dan c"]


def test_a_single_break_parts_lines_and_an_empty_line_parts_paragraphs() -> None:
    text = "Saran:\r\n1.  Satu\n2. Dua\n \n\nLain\n"

    assert prose.paragraphs(text) == [["Saran:", "1. Satu", "2. Dua"], ["Lain"]]
