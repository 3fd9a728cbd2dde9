import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db.models import CharField, Model
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.archive.models import Record
from pegasus.cards.models import Card
from pegasus.cards.tests.builders import make_card
from pegasus.home import own_data
from pegasus.home.traces import COPIES, forget
from pegasus.kernel import audit
from pegasus.kernel.models import AuditEntry
from pegasus.people import actions
from pegasus.people.models import Employee, PersonalLink, User
from pegasus.roster.models import Duty, DutyHolder

pytestmark = pytest.mark.django_db
NAME = "Sari Wulandari"


def _turn(person: Employee, posts_on: date) -> Duty:
    duty = Duty.objects.create(office=person.office, starts_on=posts_on, seat=1, posts_on=posts_on, holder=person)
    DutyHolder.objects.create(duty=duty, employee=person, held_from=NOW, by=NAME, reason={"kind": "roster"})
    return duty


def _leaver() -> Employee:
    return make_employee(
        name=NAME,
        nip="199201142015052008",
        email="sari@contoh.id",
        user=User.objects.create_user(username="sari.wulandari"),
        active_until=date(2026, 10, 30),
    )


@pytest.mark.parametrize("rows", [1, 6])
def test_the_history_shows_turns_roles_and_changes_at_a_constant_price(
    client: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Ana")
    sari = make_employee(office, name=NAME, roles=("humas",))
    for week in range(rows):
        _turn(sari, date(2026, 1, 5) + timedelta(weeks=week))
        actions.change_employee(employee=sari, team=f"Tim {week}", phone=f"0812345678{week:02d}", by="Ana", at=NOW)

    with django_assert_max_num_queries(10):  # type: ignore[operator] # pytest-django's fixture has no public type
        words = client.get(reverse("home:person-history", args=[sari.pk])).content.decode()

    assert f"{rows} giliran selesai" in words
    assert "Mulai sebagai Humas" in words
    assert "Tim: Neraca menjadi Tim 0" in words
    assert "Nomor WhatsApp diubah" in words
    assert "oleh Ana, pukul 09.00" in words
    assert "12345678" not in words


def test_history_and_forgetting_stay_behind_the_office_s_door_and_role(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "humas")
    pages = ("home:person-history", "home:forget-person")

    forbidden = [client.get(reverse(name, args=[make_employee(office).pk])).status_code for name in pages]
    sign_in(client, office, "ca")
    hidden = [client.get(reverse(name, args=[make_employee().pk])).status_code for name in pages]

    assert forbidden == [403, 403]
    assert hidden == [404, 404]


def test_the_export_holds_what_every_slice_knows_and_nothing_of_others(client: Client) -> None:
    me = sign_in(client, make_office(), name=NAME)
    _turn(me, date(2026, 11, 30))
    _turn(make_employee(make_office(), name="Orang Lain"), date(2026, 12, 7))

    answer = client.get(reverse("home:own-data"))

    data = json.loads(answer.content)
    assert data["giliran"][0]["tayang"] == "2026-11-30"
    assert {"kartu", "tautan_pribadi", "pesan", "persetujuan", "peran", "tidak_hadir"} <= data.keys()
    assert data["catatan_perubahan"][0]["tindakan"] == "own_data.exported"
    assert "Orang Lain" not in answer.content.decode()


def test_the_export_speaks_one_language(client: Client) -> None:
    me = sign_in(client, make_office(), "ca", name=NAME)
    _turn(me, date(2026, 11, 30))
    actions.add_absence(employee=me, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1), by="Ayu", at=NOW)

    data = json.loads(client.get(reverse("home:own-data")).content)

    columns = {column for rows in data.values() if isinstance(rows, list) for row in rows for column in row}
    assert {"mulai", "sampai", "nomor_sk", "tindakan", "tayang"} <= columns
    assert not columns & own_data.WORDS.keys()


def _texts() -> Iterator[str]:
    for model in apps.get_models():
        for row in model._default_manager.values():  # noqa: SLF001 - every table there is
            yield json.dumps(row, default=str, ensure_ascii=False)


def test_a_forgotten_leaver_s_name_is_nowhere_in_the_database() -> None:
    sari = _leaver()
    sari.roles.create(role="humas", decree_number="SK-1", valid_from=date(2026, 1, 1))
    actions.change_employee(employee=sari, position="Statistisi", by=NAME, at=NOW)
    audit.record(
        action="task.closed",
        subject="task:1",
        actor=NAME,
        at=NOW,
        office_id=sari.office_id,
        after={"note": f"oleh {NAME}"},
    )
    PersonalLink.objects.create(employee=sari, purpose="duty", subject="duty:1", expires_at=NOW, created_at=NOW)
    duty = _turn(sari, date(2026, 9, 7))
    card = make_card(
        sari.office, holder=sari, posts_on=date(2026, 9, 14), alt_text=f"Kartu {NAME}", words="Kerja ikhlas."
    )
    version = card.versions.create(number=1, name=NAME, alt_text=f"Kartu {NAME}", sent_at=NOW, sent_by=NAME)
    version.comments.create(number=1, text=f"Setuju, {NAME}", made_at=NOW, made_by=NAME, done_at=NOW, done_by=NAME)
    assert any(NAME in text for text in _texts())

    forgotten = forget(employee=Employee.objects.get(pk=sari.pk), by="Ana", at=NOW)

    row = Employee.objects.get(pk=sari.pk)
    assert forgotten.label == row.name == "Pegawai purnatugas 1"
    assert (row.nip, row.email, row.phone_index, row.user, row.position) == ("", "", "", None, "")
    assert not User.objects.filter(username="sari.wulandari").exists()
    assert row.links.get().revoked_at == NOW
    assert Duty.objects.get(pk=duty.pk).holder == row
    assert Card.objects.get(pk=card.pk).words == "Kerja ikhlas."
    assert [text for text in _texts() if "Wulandari" in text or "contoh.id" in text] == []


def test_a_colleague_whose_name_holds_the_leaver_s_keeps_it() -> None:
    sari = _leaver()
    make_employee(sari.office, name=f"{NAME} Putri")
    audit.record(action="x.done", subject="x:1", actor=f"{NAME} Putri", at=NOW, office_id=sari.office_id)

    forgotten = forget(employee=sari, by="Ana", at=NOW)

    assert forgotten.is_shared
    assert AuditEntry.objects.filter(actor=f"{NAME} Putri").exists()
    assert Employee.objects.filter(name=f"{NAME} Putri").exists()


def test_forgetting_asks_for_the_typed_name_and_spares_who_is_still_here(client: Client) -> None:
    sari = _leaver()
    sign_in(client, sari.office, "ca")
    present = make_employee(sari.office, name="Bayu")
    page = reverse("home:forget-person", args=[sari.pk])

    refused = client.post(page, {"nama": "Sari"})
    still = client.post(reverse("home:forget-person", args=[present.pk]), {"nama": "Bayu"}, follow=True)
    done = client.post(page, {"nama": " sari wulandari "}, follow=True)
    again = client.post(page, {"nama": "Pegawai purnatugas 1"}, follow=True)

    assert refused.status_code == 422
    assert "Ketik namanya persis" in refused.content.decode()
    assert "Hanya yang sudah keluar" in still.content.decode()
    assert "Kini tercatat sebagai Pegawai purnatugas 1" in done.content.decode()
    assert "sudah dilupakan" in again.content.decode()


def test_every_column_that_names_who_did_something_is_among_the_copies() -> None:
    listed = {(model, column) for model, _way, columns in COPIES for column in columns}

    def names_a_person(model: type[Model], field: object) -> bool:
        return isinstance(field, CharField) and (field.name == "by" or field.name.endswith("_by"))

    there = {
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("pegasus.")
        for field in model._meta.get_fields()  # noqa: SLF001 - Django's public door
        if names_a_person(model, field)
    }

    assert there <= listed
    assert (Record, "title") in listed


def test_who_was_forgotten_stays_forgotten_whatever_is_sent(client: Client) -> None:
    sari = _leaver()
    other = make_office()
    sign_in(client, sari.office, "ca", name="Ana")
    forget(employee=sari, by="Ana", at=NOW)
    label = Employee.objects.get(pk=sari.pk).name
    sent: dict[str, dict[str, object]] = {
        "come-back": {},
        "leave": {"last_day": "2026-12-31"},
        "change": {"name": NAME, "active_from": "2020-01-01"},
        "account": {"username": "hantu.kantor"},
        "add-absence": {"kind": "sick", "starts_on": "2026-11-23", "ends_on": "2026-11-24", "note": NAME},
        "assign-role": {"role": "ca", "decree_number": "1", "valid_from": "2026-01-01"},
        "transfer": {"to_office": other.pk, "last_day": "2026-12-31"},
    }

    for name, data in sent.items():
        answer = client.post(reverse(f"people:{name}", args=[sari.pk]), data, follow=True)
        assert "Orang ini sudah dilupakan" in answer.content.decode(), name

    row = Employee.objects.get(pk=sari.pk)
    assert (row.name, row.active_until, row.user) == (label, sari.active_until, None)
    assert [row.absences.count(), row.roles.count(), row.transfers.count()] == [0, 0, 0]
