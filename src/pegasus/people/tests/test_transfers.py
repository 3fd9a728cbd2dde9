from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.people import actions, jobs, queries
from pegasus.people.models import Employee, Office, Transfer, User

pytestmark = pytest.mark.django_db
NIP = "199201142015052008"
LAST = date(2026, 11, 30)
AFTER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def _offered(old: Office, new: Office, **facts: Any) -> Transfer:  # noqa: ANN401 - any field of the model
    sari = make_employee(old, name="Sari Wulandari", nip=NIP, email="sari@contoh.id", team="Neraca", **facts)
    return actions.offer_transfer(employee=sari, to_office=new, last_day=LAST, by="Ana", at=NOW)


def test_a_person_moves_with_the_account_and_each_office_keeps_its_own_row() -> None:
    old, new = make_office(), make_office()
    transfer = _offered(old, new, user=User.objects.create_user(username="sari"), roles=("humas",))
    actions.add_absence(
        employee=transfer.employee,
        starts_on=date(2026, 11, 25),
        ends_on=date(2026, 12, 4),
        note="Umrah",
        by="A",
        at=NOW,
    )

    arrived = actions.accept_transfer(transfer=transfer, by="Budi", at=NOW)

    before = Employee.objects.get(pk=transfer.employee_id)
    assert (before.office, before.active_until, before.roles.get().valid_until) == (old, LAST, LAST)
    assert before.user is not None
    assert (arrived.office, arrived.active_from, arrived.moved_from) == (new, date(2026, 12, 1), before)
    assert (arrived.name, arrived.nip, arrived.email, arrived.team) == ("Sari Wulandari", NIP, "sari@contoh.id", "")
    away = arrived.absences.get()
    assert (away.starts_on, away.ends_on, away.note) == (date(2026, 12, 1), date(2026, 12, 4), "")


def test_the_account_moves_on_the_first_day_and_not_before() -> None:
    transfer = _offered(make_office(), make_office(), user=User.objects.create_user(username="sari"))
    arrived = actions.accept_transfer(transfer=transfer, by="Budi", at=NOW)

    actions.move_account(employee=Employee.objects.get(pk=arrived.pk), at=NOW)
    early = Employee.objects.get(pk=arrived.pk).user
    for employee in queries.waiting_for_an_account():
        actions.move_account(employee=employee, at=AFTER)

    assert early is None
    assert Employee.objects.get(pk=arrived.pk).user == User.objects.get(username="sari")
    assert Employee.objects.get(pk=transfer.employee_id).user is None
    assert not queries.waiting_for_an_account().exists()
    jobs.move_accounts.call()


def test_who_comes_back_gets_the_old_row_again() -> None:
    old, new = make_office(), make_office()
    there = actions.accept_transfer(transfer=_offered(old, new), by="Budi", at=NOW)

    back = actions.offer_transfer(employee=there, to_office=old, last_day=date(2027, 6, 30), by="Budi", at=NOW)
    again = actions.accept_transfer(transfer=back, by="Ana", at=NOW)

    assert again.office == old
    assert [one.nip for one in Employee.objects.all()].count(NIP) == 2
    assert again.active_until is None


def test_an_offer_is_made_once_and_answered_once() -> None:
    old, new = make_office(), make_office()
    transfer = _offered(old, new)

    with pytest.raises(actions.TransferWaiting):
        actions.offer_transfer(employee=transfer.employee, to_office=make_office(), last_day=LAST, by="Ana", at=NOW)
    actions.decline_transfer(transfer=transfer, by="Budi", at=NOW)
    with pytest.raises(actions.AlreadySettled):
        actions.accept_transfer(transfer=transfer, by="Budi", at=NOW)
    with pytest.raises(actions.SameOffice):
        actions.offer_transfer(employee=transfer.employee, to_office=old, last_day=LAST, by="Ana", at=NOW)

    assert not Employee.objects.filter(office=new).exists()


def test_taking_the_leaving_back_takes_the_offer_back_until_it_is_accepted() -> None:
    transfer = _offered(make_office(), make_office())
    actions.return_to_office(employee=transfer.employee, by="Ana", at=NOW)
    again = actions.offer_transfer(
        employee=transfer.employee, to_office=transfer.to_office, last_day=LAST, by="Ana", at=NOW
    )
    actions.accept_transfer(transfer=again, by="Budi", at=NOW)

    with pytest.raises(actions.MovedAway):
        actions.return_to_office(employee=Employee.objects.get(pk=transfer.employee_id), by="Ana", at=NOW)

    transfer.refresh_from_db()
    assert transfer.state == Transfer.State.WITHDRAWN


def test_before_accepting_the_new_office_reads_name_and_nip_and_nothing_else(client: Client) -> None:
    old, new = make_office(), make_office()
    sign_in(client, new, "ca")
    transfer = _offered(old, new, position="Statistisi Ahli Muda", phone="+6281234567890")

    words = client.get(reverse("people:requests")).content.decode()
    person = client.get(reverse("people:person", args=[transfer.employee_id]))

    assert "Sari Wulandari" in words
    assert NIP in words
    assert not [secret for secret in ("sari@contoh.id", "Statistisi", "7890", "Neraca") if secret in words]
    assert person.status_code == 404


def test_the_offices_agree_on_their_pages(client: Client) -> None:
    old, new = make_office(name="BPS Lama"), make_office(name="BPS Baru")
    sign_in(client, old, "ca")
    sari = make_employee(old, name="Sari Wulandari")
    offer = client.post(
        reverse("people:transfer", args=[sari.pk]), {"to_office": new.pk, "last_day": "2026-11-30"}, follow=True
    )
    transfer = Transfer.objects.get()
    foreign = client.post(reverse("people:arrive", args=[transfer.pk]), {"jawaban": "terima"})
    sign_in(client, new, "ca")

    accepted = client.post(reverse("people:arrive", args=[transfer.pk]), {"jawaban": "terima"}, follow=True)

    assert "ditawarkan ke BPS Baru" in offer.content.decode()
    assert foreign.status_code == 404
    assert "Sari Wulandari bertugas di sini sejak 1 Desember 2026" in accepted.content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_the_page_of_requests_costs_the_same_however_many_rows(
    client: Client,
    rows: int,
    django_assert_max_num_queries: object,
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    for _number in range(rows):
        sari = make_employee(office)
        actions.ask_correction(employee=sari, field="team", wanted="IPDS", reason="", by="S", at=NOW)
        actions.offer_transfer(employee=make_employee(), to_office=office, last_day=LAST, by="Ana", at=NOW)

    with django_assert_max_num_queries(10):  # type: ignore[operator] # pytest-django's fixture has no public type
        client.get(reverse("people:requests"))
