import re

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.people.domain import phones
from pegasus.people.domain.phones import Phone


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "+62 812-3456-7890",
        "6281234567890",
        "8123456-7890",
        "62 0812 3456 7890",
        "006281234567890",
        "'081234567890",
        "０８１２３４５６７８９０",
        "＋６２　８１２－３４５６－７８９０",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "８１２３４５６７８９０．０",
        "\u202a+62 812 3456 7890\u202c",
        "0812\u200b34567890",
        "+62 (0)812-3456-7890",
        "(+62) 812 3456 7890",
        "0812–3456–7890",
        "81234567890.0",
        "081234567890,00",
        "0812-3456-7890 (WA)",
        "WA: 0812 3456 7890",
        "No. HP/WA 0812 3456 7890",
        "0812 3456 7890 / WA",
        "https://wa.me/6281234567890",
        "tel:+6281234567890",
        "0812-3456-7890.0",
        "+62 812 3456 7890,00",
        "81.234.567.890,0",
    ],
)
def test_a_mobile_number_is_the_same_however_it_is_written(written: str) -> None:
    assert phones.read(written) == Phone("+6281234567890")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("(0736) 21521", "landline"),
        ("0812 3456 7890 / 0813 1111 2222", "several"),
        ("081234567890, 081311112222", "several"),
        ("081234567890 atau 081311112222", "several"),
        ("62812", "unreadable"),
        ("08123456789012345", "unreadable"),
        ("tidak ada", "unreadable"),
        ("0812" * 5000, "unreadable"),
        ("08123456780O", "unreadable"),
        ("0812345678O1", "unreadable"),
        ("08123456780l", "unreadable"),
        ("0812 3456 7890 x", "unreadable"),
        ("081234567890 (istri)", "unreadable"),
        ("081234567890 ext 3", "unreadable"),
        ("081234567890.5", "unreadable"),
        ("081234567.000", "unreadable"),
        ("0812-3456-7890.5", "unreadable"),
        ("81.234.567.890.0", "unreadable"),
        ("0812 3456 78.05", "unreadable"),
        ("(0736) 21521 ext 12", "landline"),
        ("0736-21521 pes. 3", "landline"),
        ("8.12346E+10", "number"),
        ("8.123456789E+10", "number"),  # the last digit is not there
        ("8,1E+10", "number"),
        ("081234567890 081311112222", "several"),
        ("081234567890\n081311112222", "several"),
    ],
)
def test_a_text_that_is_no_single_mobile_number_says_why(written: str, problem: str) -> None:
    assert phones.read(written) == Phone(problem=problem)  # type: ignore[arg-type] # the parameter is one of them


def test_no_number_is_no_problem() -> None:
    assert phones.read(" ' ") == Phone()


@pytest.mark.parametrize("written", ["8.1234567891E+10", "8,1234567891e10", "6.281234567891E+12"])
def test_a_number_in_scientific_writing_is_read_when_every_digit_is_there(written: str) -> None:
    assert phones.read(written) == Phone("+6281234567891")


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_a_problem_and_never_both(written: str) -> None:
    found = phones.read(written)

    assert not (found.e164 and found.problem)


@given(st.integers(min_value=10**8, max_value=10**10), st.sampled_from(["0", "62", "+62", "0062", "'0"]))
def test_what_was_read_reads_as_itself_again(rest: int, prefix: str) -> None:
    found = phones.read(f"{prefix}8{rest}")

    if found.e164:
        assert phones.read(found.e164) == found
        assert phonenumbers.is_valid_number(phonenumbers.parse(found.e164))


SIGNS = st.sampled_from(
    [*"0123456789 -.()+/,'", "O", "l", "E", "\u200b", "\u00a0", "–", " (WA)", " ext 1", "62", "0812"]
)


@settings(max_examples=500)
@given(
    st.lists(SIGNS, max_size=20).map("".join)
    | st.integers(10**8, 10**10).map(lambda rest: f"0{8 * 10**10 + rest}")
    | st.integers(10**8, 10**10).map(lambda rest: f"{8 * 10**10 + rest}.0")
    | st.integers(10**8, 10**10).map(lambda rest: repr(float(8 * 10**10 + rest)))
)
def test_a_number_is_never_another_number(written: str) -> None:
    e164 = phones.read(written).e164

    text = (
        re.sub(r"[.,]00?$", "", written.strip("' ")) if re.fullmatch(r"\W*\+?\d{8,}[.,]00?\W*", written) else written
    )
    digits = re.sub(r"\D", "", text)
    if e164 and "e" not in written.lower():
        national = digits.removeprefix("00").removeprefix("62").removeprefix("0")
        assert e164.removeprefix("+").removeprefix("62") in {national, digits, digits.removeprefix("00")}


@given(st.integers(10**8, 10**10), st.sampled_from("OolISBx"), st.integers(0, 20))
def test_a_letter_anywhere_in_a_number_makes_it_unreadable(rest: int, letter: str, place: int) -> None:
    digits = f"0{8 * 10**10 + rest}"

    assert phones.read(digits[:place] + letter + digits[place:]).e164 == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0812 3456 7890", "•••• 890"),
        ("(0736) 21521 / 0812-3456-7890", "•••• 521 / •••• 890"),
        ("rek. 1234567890123", "rek. •••• 123"),
        ("198312312004092005", "198312312004092005"),
        ("2026-10-12", "2026-10-12"),
        ("12/10/2026", "12/10/2026"),
        ("III/c", "III/c"),
    ],
)
def test_what_may_be_a_number_of_somebody_s_is_masked(text: str, shown: str) -> None:
    assert phones.masked(text) == shown
