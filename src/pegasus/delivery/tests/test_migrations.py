from datetime import UTC, datetime

import pytest
from tests.migrating import migrate_to

BEFORE, AFTER = ("delivery", "0003_copies_and_hours"), ("delivery", "0004_mark_copies")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
BESIDE = frozenset({"archive", "people"})


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_only_the_e_mails_that_went_beside_a_chat_message_become_copies() -> None:
    old = migrate_to(BEFORE, beside=BESIDE)
    office = old.get_model("people", "Office").objects.create(code="1700", unit_code="17000", name="BPS")
    messages = old.get_model("delivery", "Delivery").objects
    for key, channel in (
        ("reminder|duty=1|H-5", "whatsapp"),
        ("reminder|duty=1|H-5|email", "email"),
        ("reminder|duty=2|H-5|email", "email"),  # its chat message was never planned
        ("notice|duty=3", "email"),
        ("returned|card=4", "email"),
        ("returned|card=5", "whatsapp"),
        ("odd|email", "whatsapp"),
    ):
        messages.create(
            office=office, key=key, channel=channel, kind="reminder", text="Halo", due_at=NOW, created_at=NOW
        )

    marked = (
        migrate_to(AFTER, beside=BESIDE).get_model("delivery", "Delivery").objects.filter(is_copy=True).order_by("key")
    )
    copies = list(marked.values_list("key", flat=True))
    back = migrate_to(BEFORE, beside=BESIDE).get_model("delivery", "Delivery").objects

    assert copies == ["reminder|duty=1|H-5|email", "returned|card=4"]
    assert back.count() == 7
