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
    "written",
    [
        *("198312312004092005", "'198312312004092005", "19831231 200409 2 005", " 19831231-200409-2-005 "),
        *("19831231\u200b2004092005", "\ufeff198312312004092005", "NIP. 198312312004092005", "19831231–200409–2–005"),
        *("NI PPPK 198312312004092005", "19831231.200409.2.005", "19831231\u00a0200409\u00a02\u00a0005"),
        *(
            "１９８３１２３１２００４０９２００５",
            "ＮＩＰ．　１９８３１２３１　２００４０９　２　００５",
            "١٩٨٣١٢٣١٢٠٠٤٠٩٢٠٠٥",
        ),
    ],
)
def test_blanks_and_apostrophes_do_not_belong_to_the_number(written: str) -> None:
    assert nip.read(written) == Nip("198312312004092005")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (1.99902182024121e17, "number"),
        ("1.99902E+17", "number"),
        ("1,99902E+17", "number"),
        ("2E+17", "number"),
        ("198312312004092005.0", "number"),
        ("198312312004092005 / III/c", "letters"),
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
        ("１９８３１２３１２００４０９２００Ｘ", "letters"),
        ("19831231200409200²", "letters"),
    ],
)
def test_an_impossible_number_says_what_is_wrong(written: str | float, problem: str) -> None:
    assert nip.read(written) == Nip(problem=problem)  # type: ignore[arg-type] # the parameter is one of them


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("198312312004092005 / III/c", Nip("198312312004092005", beside="III/c")),
        ("19831231 200409 2 005 Penata Muda", Nip("198312312004092005", beside="Penata Muda")),
        ("340012345 / 198312312004092005", Nip("198312312004092005", beside="340012345")),
        ("198312312004092005 3", Nip(problem="digits")),
        ("198312312004092005 198312312004092006", Nip(problem="digits")),
        ("X198312312004092005", Nip(problem="letters")),
        ("198302292004092005 / III/c", Nip(problem="birth_date", beside="III/c")),
        (1.98312312004092e17, Nip(problem="number")),
    ],
)
def test_a_cell_of_a_list_may_hold_one_nip_and_words(cell: str | float, found: Nip) -> None:
    assert nip.read_cell(cell) == found


@given(births, st.sampled_from(["", " ", "-", ".", "\u200b", "\u00a0"]), st.sampled_from(["", "NIP. ", "'"]))
def test_a_nip_is_read_as_its_own_digits_however_it_is_written(born: date, sign: str, before: str) -> None:
    parts = (f"{born:%Y%m%d}", f"{born.year + 25}09", "2", "005")

    assert nip.read(before + sign.join(parts)) == Nip("".join(parts))


def test_an_odd_age_at_appointment_is_taken_but_marked() -> None:
    assert nip.read("200001012010092005") == Nip("200001012010092005", odd_age=True)


def test_no_number_is_no_problem() -> None:
    assert nip.read("  ") == Nip()


@given(st.text(max_size=30) | st.floats(allow_nan=False, allow_infinity=False))
def test_anything_gives_eighteen_digits_or_a_problem_or_nothing(value: str | float) -> None:
    found = nip.read(value)

    assert len(found.digits) in {0, 18}
    assert not (found.digits and found.problem)
