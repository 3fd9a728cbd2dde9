from datetime import date

import pytest
from tests.builders import NOW, make_employee, make_office

from pegasus.kernel.models import AuditEntry
from pegasus.people import actions, queries
from pegasus.people.models import Employee

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"


def test_a_new_person_s_phone_is_stored_unreadable_and_shown_masked() -> None:
    sari = actions.add_employee(office=make_office(), name="Sari", phone="0812 3456 7890", by="Ana", at=NOW)

    sari.refresh_from_db()

    assert sari.phone == PHONE
    assert sari.masked_phone == "+6281••••890"
    raw = Employee.objects.filter(pk=sari.pk).extra(select={"raw": "phone"}).values_list("raw", flat=True)[0]
    assert raw.startswith("g1:")
    assert "8123456" not in raw


def test_the_audit_trail_tells_the_deed_and_keeps_phone_and_mail_out() -> None:
    sari = actions.add_employee(office=make_office(), name="Sari", by="Ana", at=NOW)

    actions.change_employee(
        employee=sari, phone="081234567890", email="sari@contoh.id", team="Neraca", by="Ana", at=NOW
    )

    told = [str((entry.action, entry.before, entry.after)) for entry in AuditEntry.objects.order_by("pk")]
    assert "Neraca" in told[1]
    assert "'phone'" in told[1]
    assert "81234567890" not in "".join(told)
    assert "contoh.id" not in "".join(told)


def test_changing_nothing_leaves_no_trace() -> None:
    sari = actions.add_employee(office=make_office(), name="Sari", team="Neraca", by="Ana", at=NOW)

    changed = actions.change_employee(employee=sari, name="Sari", team="Neraca", by="Ana", at=NOW)

    assert changed == []
    assert AuditEntry.objects.count() == 1


def test_a_landline_is_refused() -> None:
    with pytest.raises(actions.PhoneRefused, match="landline"):
        actions.add_employee(office=make_office(), name="Sari", phone="(0736) 21521", by="Ana", at=NOW)


def test_a_nip_belongs_to_one_person_of_an_office() -> None:
    office = make_office()
    make_employee(office, nip="198312312004092005")

    with pytest.raises(actions.NipTaken):
        actions.add_employee(office=office, name="Sari", nip="198312312004092005", by="Ana", at=NOW)


def test_nobody_leaves_before_coming() -> None:
    sari = make_employee(active_from=date(2026, 1, 1))

    with pytest.raises(actions.LeavesBeforeComing):
        actions.leave_office(employee=sari, last_day=date(2025, 12, 31), by="Ana", at=NOW)


def test_an_office_has_a_code_of_its_own_and_five_digits_in_letters() -> None:
    office = actions.add_office(code="1700", name="BPS Provinsi", timezone="Asia/Jakarta", by="Ana", at=NOW)

    assert office.unit_code == "17000"
    with pytest.raises(actions.CodeTaken):
        actions.add_office(code="1700", name="BPS lain", timezone="Asia/Jakarta", by="Ana", at=NOW)
    with pytest.raises(actions.CodeRefused):
        actions.add_office(code="17", name="BPS lain", timezone="Asia/Jakarta", by="Ana", at=NOW)


def test_a_role_is_held_once_at_a_time_and_again_after_its_end() -> None:
    office = make_office()
    make_employee(office, roles=("admin",))
    sari = make_employee(office)
    given = {"employee": sari, "role": "ca", "decree_number": "SK-1", "by": "Ana", "at": NOW}
    first = actions.assign_role(**given, valid_from=date(2026, 1, 1), valid_until=None)  # type: ignore[arg-type] # facts of one call

    with pytest.raises(actions.AlreadyAssigned):
        actions.assign_role(**given, valid_from=date(2026, 6, 1), valid_until=None)  # type: ignore[arg-type] # as above
    actions.end_role(assignment=first, last_day=date(2026, 5, 31), by="Ana", at=NOW)
    actions.assign_role(**given, valid_from=date(2026, 6, 1), valid_until=None)  # type: ignore[arg-type] # as above

    assert queries.holder_of(office, "ca", on=date(2026, 5, 31)) == sari
    assert list(sari.roles.order_by("valid_from").values_list("valid_until", flat=True)) == [
        date(2026, 5, 31),
        None,
    ]


def test_the_last_keeper_of_the_list_cannot_be_shut_out() -> None:
    office = make_office()
    sari = make_employee(office, roles=("ca",))
    make_employee(office, roles=("admin",), active_until=date(2026, 1, 1))
    make_employee(office, roles=("humas",))

    with pytest.raises(actions.NobodyLeft):
        actions.end_role(assignment=sari.roles.get(), last_day=date(2026, 11, 22), by="Ana", at=NOW)


def test_a_role_that_never_began_goes_away_when_it_is_ended() -> None:
    sari = make_employee()
    role = actions.assign_role(
        employee=sari, role="humas", decree_number="", valid_from=date(2026, 6, 1), valid_until=None, by="Ana", at=NOW
    )

    actions.end_role(assignment=role, last_day=date(2026, 5, 1), by="Ana", at=NOW)

    assert not sari.roles.exists()


def test_absences_of_a_span_are_those_that_touch_it_in_this_office() -> None:
    office = make_office()
    sari = make_employee(office)
    for person, first, last in (
        (sari, date(2026, 11, 20), date(2026, 11, 23)),
        (sari, date(2026, 11, 30), date(2026, 12, 4)),
        (make_employee(), date(2026, 11, 23), date(2026, 11, 23)),
    ):
        actions.add_absence(employee=person, starts_on=first, ends_on=last, by="Ana", at=NOW)

    found = queries.absences_of(office, date(2026, 11, 23), date(2026, 11, 29))

    assert [absence.starts_on for absence in found] == [date(2026, 11, 20)]


def test_an_absence_does_not_run_backwards() -> None:
    with pytest.raises(actions.AbsenceBackwards):
        actions.add_absence(
            employee=make_employee(), starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 23), by="Ana", at=NOW
        )


def test_an_account_is_given_once_and_its_name_is_nobody_else_s() -> None:
    office = make_office()
    sari, bayu = make_employee(office), make_employee(office)
    actions.give_account(employee=sari, username="sari", password="rahasia-sekali", by="Ana", at=NOW)

    with pytest.raises(actions.AccountExists):
        actions.give_account(employee=sari, username="sari2", password="rahasia-sekali", by="Ana", at=NOW)
    with pytest.raises(actions.UsernameTaken):
        actions.give_account(employee=bayu, username="SARI", password="rahasia-sekali", by="Ana", at=NOW)

    sari.refresh_from_db()
    assert sari.user is not None
    assert sari.user.check_password("rahasia-sekali")
