from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from tests.migrating import migrate_to

BEFORE, AFTER = ("people", "0004_consents_corrections_transfers"), ("people", "0006_consent_is_in_the_log")
PLAIN, SEALED = ("people", "0012_exemptions"), ("people", "0015_personal_data_is_encrypted")
UNNAMED = ("people", "0010_roles_programmes_outsiders_notices")
NAMED = ("people", "0011_change_agents_name_pegasus")
NIP = "198312312004092005"
AGREED = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_the_consent_of_a_photo_moves_into_the_log_and_back() -> None:
    old = migrate_to(BEFORE)
    office = old.get_model("people", "Office").objects.create(code="1700", unit_code="17000", name="BPS")
    employee = old.get_model("people", "Employee")
    sari = employee.objects.create(office=office, name="Sari", photo_consent_at=AGREED)
    employee.objects.create(office=office, name="Bayu")

    logged = migrate_to(AFTER).get_model("people", "Consent").objects.get()
    back = migrate_to(BEFORE).get_model("people", "Employee").objects.get(pk=sari.pk)
    again = migrate_to(AFTER).get_model("people", "Consent").objects.get()

    assert (logged.employee_id, logged.given_at, logged.wording_version) == (sari.pk, AGREED, 1)
    assert again.pk == logged.pk
    assert back.photo_consent_at == AGREED


def _role(apps: Any, name: str, *terms: tuple[str, date, date | None]) -> int:  # noqa: ANN401 - as above
    """Make a person of the office of those days who held these roles; return their key."""
    office, _ = apps.get_model("people", "Office").objects.get_or_create(
        code="1700", defaults={"unit_code": "17000", "name": "BPS"}
    )
    person = apps.get_model("people", "Employee").objects.create(office=office, name=name)
    roles = apps.get_model("people", "RoleAssignment").objects
    for role, first, last in terms:
        roles.create(employee=person, role=role, valid_from=first, valid_until=last)
    return int(person.pk)


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_the_change_agents_of_before_name_pegasus_and_nobody_else_does() -> None:
    old = migrate_to(UNNAMED)
    day, other = date(2026, 1, 5), date(2026, 3, 2)
    ana = _role(old, "Ana", ("ca", day, None), ("humas", day, None))
    own = old.get_model("people", "RoleAssignment").objects.create(
        employee_id=ana, role="ca", valid_from=other, programme="own"
    )

    new = migrate_to(NAMED)
    named = list(new.get_model("people", "RoleAssignment").objects.order_by("pk").values_list("role", "programme"))
    new.get_model("people", "RoleAssignment").objects.create(
        employee_id=ana, role="ca", valid_from=other, programme="pegasus"
    )
    back = migrate_to(UNNAMED).get_model("people", "RoleAssignment").objects.order_by("pk")

    assert named == [("ca", "pegasus"), ("humas", ""), ("ca", "own")]
    assert list(back.values_list("role", "valid_from", "programme")) == [
        ("ca", day, ""),
        ("humas", day, ""),
        ("ca", other, ""),
    ]
    assert back.last().pk == own.pk


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_the_heads_and_assessors_of_before_take_no_turns_as_long_as_they_are_that() -> None:
    old = migrate_to(NAMED)
    first, last, again = date(2025, 1, 6), date(2025, 12, 31), date(2026, 3, 2)
    head = _role(old, "Maria", ("head", first, None), ("assessor", again, None))
    former = _role(old, "Yohanis", ("head", first, last), ("head", again, None))
    assessor = _role(old, "Petrus", ("assessor", first, last))
    _role(old, "Aisyah", ("ca", first, None), ("cc", first, last))

    exemptions = migrate_to(PLAIN).get_model("people", "Exemption").objects.order_by("employee_id", "starts_on")
    found = list(exemptions.values_list("employee_id", "reason", "starts_on", "ends_on", "role", "created_by"))
    roles_back = migrate_to(NAMED).get_model("people", "RoleAssignment").objects.count()
    once_more = migrate_to(PLAIN).get_model("people", "Exemption").objects.count()

    assert found == [
        (head, "Kepala kantor", first, None, "head", "Pegasus"),
        (former, "Kepala kantor", first, last, "head", "Pegasus"),
        (former, "Kepala kantor", again, None, "head", "Pegasus"),
        (assessor, "Penilai", first, last, "assessor", "Pegasus"),
    ]
    assert (roles_back, once_more) == (7, 4)


def _raw(*columns: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM people_employee ORDER BY id")  # noqa: S608 - names from here
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows


@pytest.mark.slow
@pytest.mark.usefixtures("newest")
@pytest.mark.django_db(transaction=True)
def test_personal_data_are_encrypted_and_can_be_plain_again() -> None:
    old = migrate_to(PLAIN)
    office = old.get_model("people", "Office").objects.create(code="1700", unit_code="17000", name="BPS")
    people, day = old.get_model("people", "Employee").objects, date(1983, 12, 31)
    sari = people.create(
        office=office, name="Sari", nip=NIP, email="Sari@contoh.id", phone="+6281234567890", birth_date=day
    )
    people.create(office=office, name="Bayu")
    asked = old.get_model("people", "Correction").objects
    asked.create(employee=sari, field="nip", wanted=NIP, asked_at=AGREED, due_at=AGREED)
    guests = old.get_model("people", "Outsider").objects
    guests.create(office=office, name="Maya", email="m@x.id", valid_from=day, valid_until=day, invited_at=AGREED)

    new = migrate_to(SEALED)
    stored = _raw("nip", "email", "birth_date", "nip_index", "email_index", "phone_index")
    rows = new.get_model("people", "Employee").objects.order_by("pk")
    kept = list(rows.values_list("nip", "email", "birth_date", "phone"))
    wanted = new.get_model("people", "Correction").objects.get().wanted
    guest = new.get_model("people", "Outsider").objects.get().email
    field = new.get_model("people", "Employee")._meta.get_field("email_index")  # noqa: SLF001 - Django's public door
    found = rows.filter(email_index=field.value_of("sari@CONTOH.id")).values_list("name", flat=True)
    names = list(found)
    back = migrate_to(PLAIN)
    again = list(back.get_model("people", "Employee").objects.order_by("pk").values_list("nip", "email", "birth_date"))

    assert not {NIP, "Sari@contoh.id", day, day.isoformat()} & set(stored[0])
    assert "" not in stored[0]
    assert stored[1] == ("", "", None, "", "", "")
    assert kept == [(NIP, "Sari@contoh.id", day, "+6281234567890"), ("", "", None, "")]
    assert (wanted, guest, names) == (NIP, "m@x.id", ["Sari"])
    assert again == [(NIP, "Sari@contoh.id", day), ("", "", None)]
    assert back.get_model("people", "Correction").objects.get().wanted == NIP
    assert _raw("birth_date")[0] in {(day.isoformat(),), (day,)}
