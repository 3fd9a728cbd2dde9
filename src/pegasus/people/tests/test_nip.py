from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.people.domain import nip
from pegasus.people.domain.nip import Nip

births = st.dates(min_value=date(1955, 1, 1), max_value=date(2004, 12, 31))
serials = st.integers(min_value=1, max_value=999)


@given(births, st.integers(16, 60), st.integers(1, 12), st.sampled_from("12"), serials)
def test_every_number_built_by_the_rule_of_civil_servants_is_taken(
    born: date, age: int, month: int, sex: str, serial: int
) -> None:
    written = f"{born:%Y%m%d}{born.year + age}{month:02d}{sex}{serial:03d}"

    found = nip.read(written)

    assert found == Nip(written)
    assert not found.is_pppk


@given(births, st.integers(16, 60), st.integers(1, 9), st.sampled_from("12"), serials)
def test_every_number_built_by_the_rule_of_pppk_is_taken(
    born: date, age: int, times: int, sex: str, serial: int
) -> None:
    found = nip.read(f"{born:%Y%m%d}{born.year + age}2{times}{sex}{serial:03d}")

    assert found.is_pppk
    assert not found.odd_age


@pytest.mark.parametrize(
    "written", ["198312312004092005", "'198312312004092005", "19831231 200409 2 005", " 19831231-200409-2-005 "]
)
def test_blanks_and_apostrophes_do_not_belong_to_the_number(written: str) -> None:
    assert nip.read(written) == Nip("198312312004092005")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (1.99902182024121e17, "number"),
        ("1.99902E+17", "number"),
        ("1,99902E+17", "number"),
        (340012345.0, "digits"),
        ("340012345", "digits"),
        ("19791125200308200", "digits"),
        ("19831231200409200X", "letters"),
        ("199013321993111003", "birth_date"),
        ("198302292004092005", "birth_date"),
        ("198312312004132005", "appointment"),
        ("198312312004202005", "appointment"),
        ("198312312004094005", "sex"),
        ("198312312004092000", "serial"),
        ("１９８３１２３１２００４０９２００５", "letters"),
    ],
)
def test_an_impossible_number_says_what_is_wrong(written: str | float, problem: str) -> None:
    assert nip.read(written) == Nip(problem=problem)  # type: ignore[arg-type] # the parameter is one of them


def test_an_odd_age_at_appointment_is_taken_but_marked() -> None:
    assert nip.read("200001012010092005") == Nip("200001012010092005", odd_age=True)


def test_no_number_is_no_problem() -> None:
    assert nip.read("  ") == Nip()


@given(st.text(max_size=30) | st.floats(allow_nan=False, allow_infinity=False))
def test_anything_gives_eighteen_digits_or_a_problem_or_nothing(value: str | float) -> None:
    found = nip.read(value)

    assert len(found.digits) in {0, 18}
    assert not (found.digits and found.problem)
