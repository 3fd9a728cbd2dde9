from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("people", "0004_consents_corrections_transfers"), ("people", "0006_consent_is_in_the_log")
AGREED = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def _at(state: tuple[str, str]) -> Any:  # noqa: ANN401 - the models as they were then
    executor = MigrationExecutor(connection)
    executor.migrate([state])
    return executor.loader.project_state([state]).apps


@pytest.fixture
def newest(transactional_db: None) -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_the_consent_of_a_photo_moves_into_the_log_and_back() -> None:
    old = _at(BEFORE)
    office = old.get_model("people", "Office").objects.create(code="1700", unit_code="17000", name="BPS")
    employee = old.get_model("people", "Employee")
    sari = employee.objects.create(office=office, name="Sari", photo_consent_at=AGREED)
    employee.objects.create(office=office, name="Bayu")

    logged = _at(AFTER).get_model("people", "Consent").objects.get()
    back = _at(BEFORE).get_model("people", "Employee").objects.get(pk=sari.pk)
    again = _at(AFTER).get_model("people", "Consent").objects.get()

    assert (logged.employee_id, logged.given_at, logged.wording_version) == (sari.pk, AGREED, 1)
    assert again.pk == logged.pk
    assert back.photo_consent_at == AGREED
