from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("delivery", "0003_copies_and_hours"), ("delivery", "0004_mark_copies")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def _at(state: tuple[str, str]) -> Any:  # noqa: ANN401 - the models as they were then
    executor = MigrationExecutor(connection)
    leaves = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in {"archive", "people"}]
    executor.migrate([state, *leaves])
    return executor.loader.project_state([state, *leaves]).apps


@pytest.fixture
def newest(transactional_db: None) -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_only_the_e_mails_that_went_beside_a_chat_message_become_copies() -> None:
    old = _at(BEFORE)
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

    marked = _at(AFTER).get_model("delivery", "Delivery").objects.filter(is_copy=True).order_by("key")
    copies = list(marked.values_list("key", flat=True))
    back = _at(BEFORE).get_model("delivery", "Delivery").objects

    assert copies == ["reminder|duty=1|H-5|email", "returned|card=4"]
    assert back.count() == 7
