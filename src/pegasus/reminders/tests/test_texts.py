import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.reminders.domain import texts

BASE = "https://pegasus.example.go.id"


@pytest.mark.parametrize("offset", [5, 3])
def test_the_shipped_wording_can_be_used(offset: int) -> None:
    texts.check(texts.SHIPPED[offset], BASE)

    assert "{" not in texts.preview(texts.SHIPPED[offset], BASE)


def test_an_unknown_variable_is_named() -> None:
    with pytest.raises(texts.UnknownVariable) as refused:
        texts.check("Halo {nama}, {tautn} {tautan}", BASE)

    assert refused.value.name == "tautn"


def test_a_wording_without_the_link_is_refused() -> None:
    with pytest.raises(texts.LinkMissing):
        texts.check("Halo {nama}", BASE)


def test_a_message_too_long_for_whatsapp_is_refused() -> None:
    with pytest.raises(texts.TooLong):
        texts.check("{tautan}" + "a" * texts.LONGEST, BASE)


@given(st.text(), st.text())
def test_values_are_never_read_as_variables(name: str, rest: str) -> None:
    plain = rest.replace("{", "(")

    assert texts.fill("{nama}" + plain, {"nama": name}) == name + plain


def test_the_sample_has_a_link_of_this_installation() -> None:
    assert texts.preview("{tautan}", "https://kantor.example.id").startswith("https://kantor.example.id/t/1-")
