from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.migrating import migrate_to

BEFORE, AFTER = ("sop", "0002_birthdays_rhythm"), ("sop", "0003_greeting_cards_follow_birthdays")
SHIPPED = ["yearly", "yearly", "monthly", "monthly", "quarter", "semester"]
BESIDE = frozenset({"people"})


def _text(apps: Any, code: str, rhythms: list[str]) -> int:  # noqa: ANN401 - as above
    office, _ = apps.get_model("people", "Office").objects.get_or_create(code="1700", defaults={"name": "BPS"})
    programme = apps.get_model("sop", "Programme").objects.create(office=office, code=code, name=code)
    procedure = apps.get_model("sop", "Procedure").objects.create(programme=programme, number="SOP")
    day = date(2025, 1, 2)
    version = apps.get_model("sop", "ProcedureVersion").objects.create(
        procedure=procedure, version=1, title=code, unit="CAN", created_on=day, effective_on=day
    )
    for number, rhythm in enumerate(rhythms, 1):
        apps.get_model("sop", "Activity").objects.create(version=version, number=number, rhythm=rhythm)
    return int(version.pk)


def _rhythms(apps: Any, version: int) -> list[str]:  # noqa: ANN401 - as above
    rows = apps.get_model("sop", "Activity").objects.filter(version=version)
    return list(rows.order_by("number").values_list("rhythm", flat=True))


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_the_shipped_greeting_cards_follow_birthdays_and_other_texts_stay() -> None:
    old = migrate_to(BEFORE, beside=BESIDE)
    shipped, own = _text(old, "bgc", SHIPPED), _text(old, "own", SHIPPED)

    new = migrate_to(AFTER, beside=BESIDE)
    turned = _rhythms(new, shipped)
    untouched = _rhythms(new, own)
    back = _rhythms(migrate_to(BEFORE, beside=BESIDE), shipped)

    assert turned == ["birthdays", "templates", "card", "posting", "quarter", "semester"]
    assert untouched == SHIPPED
    assert back == SHIPPED


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_there_carries_its_number_its_agency_and_the_keys_of_its_rows() -> None:
    old = migrate_to(AFTER, beside=BESIDE)
    version = _text(old, "pegasus", ["roster", "templates"])
    offices = old.get_model("people", "Office").objects
    offices.update(agency="BADAN PUSAT STATISTIK", region="PROVINSI BENGKULU")
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    old.get_model("sop", "ProcedureVersion").objects.filter(pk=version).update(in_force_from=moment)

    new = migrate_to(("sop", "0005_texts_carry_their_identity"))
    carried = new.get_model("sop", "ProcedureVersion").objects.get(pk=version)
    keys = list(carried.activities.order_by("number").values_list("key", flat=True))
    back = _rhythms(migrate_to(AFTER, beside=BESIDE), version)

    assert (carried.number, carried.agency) == ("SOP", ["BADAN PUSAT STATISTIK", "PROVINSI BENGKULU"])
    assert (carried.put_in_force_at, carried.put_in_force_by) == (moment, "Pegasus")
    assert keys == ["1", "2"]
    assert back == ["roster", "templates"]
