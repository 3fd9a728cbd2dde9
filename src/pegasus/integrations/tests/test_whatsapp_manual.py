from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.delivery.ports import Message, Refused
from pegasus.integrations.whatsapp_manual import ManualWhatsApp


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_arrives_as_it_was_written(text: str) -> None:
    link = ManualWhatsApp().link("+6281234567890", text)

    assert link.isascii()
    assert " " not in link
    assert parse_qs(urlsplit(link).query, keep_blank_values=True, max_num_fields=1)["text"] == [text]


def test_the_number_is_digits_alone() -> None:
    assert ManualWhatsApp().link("+62 812-3456", "a").startswith("https://wa.me/628123456?")


def test_it_never_sends_by_itself() -> None:
    with pytest.raises(Refused):
        ManualWhatsApp().send(Message(None, "Sari", "+62812", "", "Halo"))  # type: ignore[arg-type]
