import phonenumbers
import pytest
from hypothesis import given
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
        "\u202a+62 812 3456 7890\u202c",
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
    ],
)
def test_a_text_that_is_no_single_mobile_number_says_why(written: str, problem: str) -> None:
    assert phones.read(written) == Phone(problem=problem)  # type: ignore[arg-type] # the parameter is one of them


def test_no_number_is_no_problem() -> None:
    assert phones.read(" ' ") == Phone()


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
