"""Birthdays across the slices: what waits on the first page, the caption, the report, the forgetting."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.builders import make_employee, make_office

from pegasus.archive.files import content_of
from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions as cards
from pegasus.cards.models import Card, CardPicture
from pegasus.home import own_data
from pegasus.home.queries.todo import todo_of
from pegasus.home.traces import forget
from pegasus.people import actions as people
from pegasus.people.models import Employee, Office
from pegasus.people.queries import token_of
from pegasus.publishing import actions as publishing
from pegasus.publishing.models import Publication
from pegasus.reports import actions as reports
from pegasus.reports import queries as report_queries
from pegasus.reports import tables
from pegasus.sop import actions as sop
from pegasus.sop import queries as sop_queries
from pegasus.sop.models import Programme, Task

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 09.00 WIB
BIRTHDAY = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Wednesday, 08.00 WIB


def make_greeting_office() -> tuple[Office, Employee, Employee]:
    office = make_office()
    sop.install(office=office, code="bgc", at=NOW - timedelta(days=30))
    agent = make_employee(office, name="Dewi Lestari", roles=("ca",))
    return office, agent, make_employee(office, name="Sari Wulandari", birth_date=date(1988, 11, 25))


def greet(office: Office) -> Publication:
    """Make the card and give the proof, on time."""
    sop.open_period_tasks(office=office, at=NOW)
    task = sop_queries.greeting_tasks(office).get(part="")
    card = cards.card_for(task=task, at=NOW)
    cards.save_draft(card=card, words="Selamat ulang tahun, Sari Wulandari!", at=NOW)
    cards.submit_card(card=card, by="Dewi Lestari", at=NOW)
    (group,) = publishing.publications_for(card=card, at=BIRTHDAY)
    shown = CardPicture.objects.get(card=card, size="portrait").record
    return publishing.prove(publication=group, by="Dewi Lestari", at=BIRTHDAY, screenshot=content_of(shown))


def test_the_first_page_says_what_a_birthday_still_needs() -> None:
    office, _agent, _sari = make_greeting_office()
    sop.open_period_tasks(office=office, at=NOW)

    near = [(one.text, one.address) for one in todo_of(office, at=NOW)]
    late = [(one.text, one.is_late) for one in todo_of(office, at=BIRTHDAY + timedelta(days=1))]

    assert ("Ulang tahun Sari Wulandari: kartunya belum dibuat", "cards:birthdays") in near
    assert not any("dibagikan" in text for text, _ in near)
    assert ("Ulang tahun Sari Wulandari: kartunya belum dibagikan", True) in late


def test_an_office_by_the_month_reads_as_it_did() -> None:
    office, _agent, sari = make_greeting_office()
    Employee.objects.filter(pk=sari.pk).update(birth_date=None)
    sop.open_period_tasks(office=office, at=NOW)

    late = [one.text for one in todo_of(office, at=NOW + timedelta(days=30))]

    assert "Birthday Greeting Card: Membuat desain flyer BGC untuk pegawai yang berulang tahun" in late


def test_caption_and_proof_greet_and_name_no_writer() -> None:
    office, _agent, _sari = make_greeting_office()

    group = greet(office)

    assert group.caption == (
        "*Birthday Greeting Card · 25 November 2026*\n\n“Selamat ulang tahun, Sari Wulandari!”\n\n"
        f"Salam hangat untuk Sari Wulandari dari keluarga besar {office.name}."
    )
    assert {task.outcome for task in sop_queries.greeting_tasks(office)} == {Task.Outcome.DONE}


def test_the_link_to_share_opens_nothing_once_the_greeting_is_called_off(client: Client) -> None:
    office, agent, sari = make_greeting_office()
    sop.open_period_tasks(office=office, at=NOW)
    task = sop_queries.greeting_tasks(office).get(part="")
    card = cards.card_for(task=task, at=NOW)
    cards.save_draft(card=card, words="Selamat!", at=NOW)
    cards.submit_card(card=card, by="Dewi Lestari", at=NOW)
    link = people.open_link(
        employee=agent, purpose="greeting", subject=task.subject, expires_at=NOW.replace(year=2100), at=NOW
    )
    address = f"/t/{token_of(link)}/bagikan/"
    posting = sop_queries.greeting_tasks(office).exclude(part="").get()
    Task.objects.filter(pk=posting.pk).update(owner=agent)

    before = client.get(address).status_code, client.get(f"{address}kartu.jpg").status_code
    people.set_greeting(employee=sari, wanted=False, by="Sari", at=NOW)
    sop.open_period_tasks(office=office, at=NOW)

    assert before == (200, 200)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}kartu.jpg").status_code == 404
    assert client.post(address, {"deed": "confirm"}).status_code == 404


def test_the_quarters_report_has_the_card_its_proof_and_whose_birthday_it_was() -> None:
    office, _agent, _sari = make_greeting_office()
    greet(office)
    programme = Programme.objects.get(office=office, code="bgc")
    quarter = Period(2026, "quarter", 4)

    report = reports.draft(office=office, kind="quarter", period=quarter, programme=programme, at=BIRTHDAY)
    contents = report_queries.contents(report, BIRTHDAY + timedelta(days=40))

    (card,), (shot,) = contents.cards, contents.screenshots
    assert (card.title, card.detail) == ("Sari Wulandari", "Rabu, 25 November 2026")
    assert shot.title == "Grup WhatsApp kantor"
    rows = [row for row in tables.occurrences(contents).rows if "Ulang tahun Sari Wulandari" in row[1]]
    assert [(row[0], row[5]) for row in rows] == [("3", "tepat waktu"), ("4", "tepat waktu")]
    measured = {one.activity.number: (one.planned, one.on_time, one.worst) for one in contents.programmes[0].figures}
    assert measured[3] == (1, 1, 0)  # made before its day
    assert measured[4] == (1, 1, 1)


def test_forgetting_takes_the_greeted_name_and_leaves_that_of_others_on_their_cards() -> None:
    office, agent, sari = make_greeting_office()
    greet(office)
    exported = own_data.exported(employee=sari, by="Dewi", at=NOW)
    Employee.objects.filter(pk=agent.pk).update(active_until=date(2026, 11, 1))
    agent.refresh_from_db()

    forget(employee=agent, by="Rina", at=BIRTHDAY)
    kept = Card.objects.get()
    Employee.objects.filter(pk=sari.pk).update(active_until=date(2026, 11, 1))
    sari.refresh_from_db()
    forget(employee=sari, by="Rina", at=BIRTHDAY)

    assert [card["kata_motivasi"] for card in exported["kartu_ucapan"]] == [  # type: ignore[attr-defined] # it is JSON
        "Selamat ulang tahun, Sari Wulandari!"
    ]
    assert exported["tanggal_lahir"] == date(1988, 11, 25)
    assert kept.name == "Sari Wulandari"
    card, posted = Card.objects.get(), Publication.objects.get()
    for text in (card.name, card.words, card.alt_text, posted.caption, *Task.objects.values_list("label", flat=True)):
        assert "Sari" not in text
    assert "Pegawai purnatugas 2" in card.words
