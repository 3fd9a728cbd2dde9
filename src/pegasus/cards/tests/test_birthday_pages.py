"""Birthdays on their page: from a date of birth to a card that can be shared (SOP-322)."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import make_employee, make_office, sign_in

from pegasus.cards import actions, jobs
from pegasus.cards.actions import load_shipped
from pegasus.cards.bulk import actions as bulk
from pegasus.cards.bulk.reasons import reason
from pegasus.cards.domain.greetings import WISHES
from pegasus.cards.models import BulkRow, BulkRun, Card, CardTemplate
from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people.models import Employee, Office
from pegasus.sop import actions as sop
from pegasus.sop import queries as sop_queries
from pegasus.sop.models import Task

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def today(settings: Any, tmp_path: Path) -> None:  # noqa: ANN401 - pytest-django's settings
    moment = tmp_path / "clock"
    moment.write_text(NOW.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(moment)


def make_greeting_office(**given: Any) -> Office:  # noqa: ANN401 - any field of the model
    office = make_office(**given)
    sop.install(office=office, code="bgc", at=NOW - timedelta(days=30))
    return office


def open_tasks(office: Office) -> None:
    sop.open_period_tasks(office=office, at=NOW)


def card_task(person: Employee) -> Task:
    return sop_queries.greeting_tasks(person.office).get(activity__rhythm="card", subject__contains=f":{person.pk}:")


def make_it(client: Client, address: str, **given: Any) -> Any:  # noqa: ANN401 - fields in, a test client's answer out
    """Tap “Jadikan kartu” until the card is made: what was typed is shown first."""
    found = re.search(
        r'name="gambar" value="([0-9a-f]+)"', client.post(address, given | {"kirim": "1"}).content.decode()
    )
    return client.post(address, given | {"kirim": "1", "gambar": found[1] if found else ""}, follow=True)


def page(client: Client) -> str:
    return client.get(reverse("cards:birthdays")).content.decode()


def test_an_office_without_dates_of_birth_is_told_what_to_do(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    open_tasks(office)

    shown = page(client)

    assert "Impor daftar pegawai" in shown
    assert reverse("people:import") in shown
    assert not sop_queries.greeting_tasks(office).exists()


def test_the_page_shows_who_comes_who_lacks_a_date_and_nobodys_year(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    make_employee(office, name="Tidak Berkenan", birth_date=date(1988, 12, 9), greeting_declined_at=NOW)
    make_employee(name="Kantor Lain", birth_date=date(1988, 12, 9))
    open_tasks(office)

    shown = page(client)

    assert "Rabu, 9 Desember" in shown
    assert "Sari Wulandari" in shown
    assert "Dewi Lestari" in shown.split("Belum ada tanggal lahir")[1]
    assert "1 orang tidak ingin diucapkan" in shown
    assert "1988" not in shown
    assert "Kantor Lain" not in shown
    assert "Tidak Berkenan" not in shown


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_costs_the_same_however_many_birthdays(
    client: Client,
    number: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's
) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca")
    for _ in range(number):
        make_employee(office, birth_date=date(1988, 12, 9))
    open_tasks(office)

    with django_assert_max_num_queries(24):
        assert "9 Desember" in page(client)


def test_a_card_is_written_looked_at_and_made(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    sari = make_employee(office, name="Sari Wulandari", team="Neraca", birth_date=date(1988, 12, 9))
    open_tasks(office)
    task = card_task(sari)
    address = reverse("cards:birthday", args=[task.pk])

    before = client.get(address)
    picture = client.get(reverse("cards:birthday-preview", args=[task.pk]))
    lilin = CardTemplate.objects.get(office=None, key="lilin")
    answer = make_it(client, address, words="Sehat selalu.", template=lilin.pk)

    assert any(wish in before.content.decode() for wish in WISHES)
    assert not Card.objects.filter(state="draft").exists()  # looking writes nothing
    assert picture["Content-Type"] == "image/jpeg"
    card = Card.objects.get(task=task)
    assert (card.name, card.team, card.words, card.shown_on) == (
        "Sari Wulandari",
        "Neraca",
        "Sehat selalu.",
        date(2026, 12, 9),
    )
    assert card.alt_text == "Kartu ucapan ulang tahun untuk Sari Wulandari: “Sehat selalu.”."
    assert card.pictures.count() == 3
    task.refresh_from_db()
    assert (task.outcome, task.closed_by) == ("done", "Dewi Lestari")
    assert "Bagikan ke grup" in answer.content.decode()


def test_a_birthday_card_is_made_of_what_was_in_sight_and_of_nothing_else(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    open_tasks(office)
    load_shipped()
    task = card_task(sari)
    address = reverse("cards:birthday", args=[task.pk])
    kawung, lilin = (CardTemplate.objects.get(office=None, key=key) for key in ("kawung", "lilin"))

    def named(shown: Any) -> str:  # noqa: ANN401 - a response of the test client
        found = re.search(r'name="gambar" value="([0-9a-f]*)"', shown.content.decode())
        assert found
        return found[1]

    seen = named(client.get(address))
    typed = {"words": "Sehat selalu.", "template": kawung.pk, "kirim": "1"}
    unseen = client.post(address, typed | {"gambar": seen})

    assert unseen.status_code == 409
    assert "belum dibuat. Periksa gambarnya" in unseen.content.decode()
    assert 'src="data:image/jpeg;base64,' in unseen.content.decode()
    card = Card.objects.get(task=task)
    assert (card.state, card.words, card.template) == ("draft", "Sehat selalu.", kawung)

    assert client.post(address, typed | {"gambar": named(unseen)}).status_code == 302
    card.refresh_from_db()
    assert (card.state, card.template, card.versions.count()) == ("submitted", kawung, 1)

    instead = typed | {"template": lilin.pk, "gambar": named(client.get(address))}
    changed = client.post(address, instead)
    card.refresh_from_db()

    assert changed.status_code == 409
    assert "belum diganti. Periksa gambarnya" in changed.content.decode()
    assert (card.template, card.versions.count()) == (kawung, 1)
    assert client.post(address, instead | {"gambar": named(changed)}).status_code == 302
    card.refresh_from_db()
    assert (card.template, card.versions.count()) == (lilin, 2)


def test_a_page_that_was_overtaken_does_not_show_anothers_words(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    open_tasks(office)
    task = card_task(sari)
    shown = client.get(reverse("cards:birthday", args=[task.pk])).content.decode()
    picture = re.search(r'src="([^"]+gambar=[0-9a-f]{40})"', shown)
    assert picture
    lilin = CardTemplate.objects.get(office=None, key="lilin")

    client.post(reverse("cards:birthday", args=[task.pk]), {"words": "Tulisan orang lain.", "template": lilin.pk})

    assert client.get(picture[1]).status_code == 404


def test_what_was_typed_stays_when_it_is_only_looked_at(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, birth_date=date(1988, 12, 9))
    open_tasks(office)
    load_shipped()
    task = card_task(sari)
    address = reverse("cards:birthday", args=[task.pk])
    kawung = CardTemplate.objects.get(office=None, key="kawung")

    client.post(address, {"words": "Sehat selalu.", "template": kawung.pk})
    empty = client.post(address, {"words": " ", "template": kawung.pk, "kirim": "1"})

    card = Card.objects.get(task=task)
    assert (card.words, card.template, card.state) == ("Sehat selalu.", kawung, "draft")
    assert empty.status_code == 422
    assert "Tulis dulu ucapannya." in empty.content.decode()


def test_one_tap_makes_the_cards_of_a_month_and_keeps_what_was_written(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    bayu = make_employee(office, name="Bayu Pratama", birth_date=date(1988, 12, 15))
    make_employee(office, name="Bulan Ini", birth_date=date(1988, 11, 30))
    open_tasks(office)
    load_shipped()
    lilin = CardTemplate.objects.get(office=None, key="lilin")
    client.post(reverse("cards:birthday", args=[card_task(sari).pk]), {"words": "Khusus Sari.", "template": lilin.pk})

    answer = client.post(reverse("cards:birthdays-make"), {"bulan": "2026-12"})
    run = BulkRun.objects.get()
    jobs.make_bulk.call(run.pk)
    again = client.post(reverse("cards:birthdays-make"), {"bulan": "2026-12"}, follow=True)

    assert answer["Location"] == reverse("cards:bulk_run", args=[run.pk])
    assert list(run.rows.order_by("number").values_list("name", "state")) == [
        ("Sari Wulandari", BulkRow.State.DONE),
        ("Bayu Pratama", BulkRow.State.DONE),
    ]
    cards = {card.name: card for card in Card.objects.filter(state="submitted")}
    assert set(cards) == {"Sari Wulandari", "Bayu Pratama"}
    assert cards["Sari Wulandari"].words == "Khusus Sari."
    assert cards["Bayu Pratama"].words in WISHES
    assert {card_task(one).outcome for one in (sari, bayu)} == {"done"}
    assert cards["Bayu Pratama"].pictures.count() == 3
    assert BulkRun.objects.count() == 1
    assert "sudah ada semuanya" in again.content.decode()


def test_a_card_that_somebody_made_meanwhile_stays(client: Client) -> None:
    office = make_greeting_office(reviews_cards=True)
    sign_in(client, office, "ca")
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    open_tasks(office)
    run = bulk.begin_birthdays(office=office, first=date(2026, 12, 1), title="Desember", by="Dewi", at=NOW)
    assert run is not None
    bulk.start_run(run=run, by="Dewi", at=NOW)
    lilin = CardTemplate.objects.get(office=None, key="lilin")
    make_it(client, reverse("cards:birthday", args=[card_task(sari).pk]), words="Dari tangan.", template=lilin.pk)

    jobs.make_bulk.call(run.pk)

    card = Card.objects.get()
    assert (card.words, card.state) == ("Dari tangan.", "submitted")
    assert card_task(sari).closed_at is None  # it waits for approval
    client.post(reverse("cards:birthdays-approve"), {"bulan": "2026-12"})
    card.refresh_from_db()
    assert card.state == "approved"
    assert card_task(sari).outcome == "done"


def test_one_tap_approves_what_waits_but_neither_what_is_asked_about_nor_ones_own(client: Client) -> None:
    office = make_greeting_office(reviews_cards=True)
    sign_in(client, office, "ca", name="Dewi Lestari")
    for name in ("Sari Wulandari", "Bayu Pratama", "Rina Kartika"):
        make_employee(office, name=name, birth_date=date(1988, 12, 9))
    open_tasks(office)
    load_shipped()
    lilin = CardTemplate.objects.get(office=None, key="lilin")
    for person in Employee.objects.filter(office=office, birth_date__isnull=False):
        address = reverse("cards:birthday", args=[card_task(person).pk])
        make_it(client, address, words="Sehat selalu.", template=lilin.pk)
    sari, rina = (Card.objects.get(name=name) for name in ("Sari Wulandari", "Rina Kartika"))
    sign_in(client, office, "humas", name="Citra Ayu")
    Card.objects.filter(pk=rina.pk).update(holder=Employee.objects.get(name="Citra Ayu"))
    actions.comment_on(card=sari, number=None, text="Namanya?", place=None, by="Citra Ayu", author=None, at=NOW)

    answer = client.post(reverse("cards:birthdays-approve"), {"bulan": "2026-12"}, follow=True)

    states = dict(Card.objects.values_list("name", "state"))
    assert states == {"Sari Wulandari": "submitted", "Bayu Pratama": "approved", "Rina Kartika": "submitted"}
    assert "2 kartu dilihat satu per satu" in answer.content.decode()


@pytest.mark.parametrize(
    "change", [{"greeting_declined_at": NOW}, {"active_until": date(2026, 11, 30)}, {"birth_date": None}]
)
def test_who_is_not_to_be_greeted_any_more_gets_no_card_by_any_road(client: Client, change: dict[str, Any]) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    bayu = make_employee(office, name="Bayu Pratama", birth_date=date(1988, 12, 15))
    open_tasks(office)
    load_shipped()
    lilin = CardTemplate.objects.get(office=None, key="lilin")
    address = reverse("cards:birthday", args=[card_task(sari).pk])
    client.post(reverse("cards:birthdays-make"), {"bulan": "2026-12"})
    Employee.objects.filter(pk=sari.pk).update(**change)

    jobs.make_bulk.call(BulkRun.objects.get().pk)
    unwritten = client.get(address)
    client.post(address, {"words": "Tetap saja.", "template": lilin.pk, "kirim": "1"})
    Card.objects.create(
        task=card_task(sari), office=office, name=sari.name, shown_on=date(2026, 12, 9), updated_at=NOW
    )
    again = client.post(address, {"words": "Tetap saja.", "template": lilin.pk, "kirim": "1"}, follow=True)

    assert unwritten.status_code == 404
    assert "tidak diucapkan" in again.content.decode()
    assert dict(Card.objects.values_list("task__subject", "state")) == {
        card_task(bayu).subject: "submitted",
        card_task(sari).subject: "draft",
    }
    assert list(BulkRow.objects.order_by("number").values_list("state", "problem")) == [
        (BulkRow.State.FAILED, "not_greeted"),
        (BulkRow.State.DONE, ""),
    ]
    assert "Ulang tahun ini tidak diucapkan" in reason(BulkRow.objects.get(problem="not_greeted"))


def test_list_and_template_of_the_year_close_their_tasks(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca", name="Dewi Lestari")
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    open_tasks(office)
    load_shipped()
    kawung = CardTemplate.objects.get(office=None, key="kawung")

    client.post(reverse("cards:birthdays-confirm"))
    client.post(reverse("cards:birthdays-template"), {"template": kawung.pk})
    again = client.post(reverse("cards:birthdays-confirm"), follow=True)

    closed = sop_queries.tasks_of(office).filter(subject="year:2026").order_by("activity__number")
    assert [(task.outcome, task.closed_by) for task in closed] == [("done", "Dewi Lestari")] * 2
    assert [one.text for one in sop_queries.evidence_of(office)] == [
        "Daftar ulang tahun 2026: 1 pegawai.",
        "Templat: Kawung",
    ]
    assert "Daftar tahun ini sudah ditetapkan." in again.content.decode()
    address = reverse("cards:birthday", args=[card_task(sari).pk])
    assert (
        "Selamat ulang tahun, Sari Wulandari!" in client.get(address).content.decode()
    )  # this template does not say it


def test_the_list_is_printed_with_day_and_month_only(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office, "ca")
    make_employee(office, name="=1+1", team="Neraca", birth_date=date(1988, 2, 29))
    make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))

    sheet = client.get(reverse("cards:birthdays-xlsx", args=[2026]))
    paper = client.get(reverse("cards:birthdays-pdf", args=[2026]))

    rows = list(openpyxl.load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True))
    assert rows[4:] == [
        (1, "28 Februari", "Sabtu", "=1+1", "Neraca"),
        (2, "9 Desember", "Rabu", "Sari Wulandari", "Neraca"),
    ]
    document = pypdfium2.PdfDocument(paper.content)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "9 Desember" in text
    assert "1988" not in text + str(rows)
    assert client.get(reverse("cards:birthdays-pdf", args=[2031])).status_code == 404


def test_only_who_keeps_the_cards_sees_birthdays_and_only_those_of_the_office(client: Client) -> None:
    office = make_greeting_office()
    sign_in(client, office)
    other = make_employee(make_greeting_office(), birth_date=date(1988, 12, 9))
    open_tasks(other.office)

    refused = client.get(reverse("cards:birthdays"))
    sign_in(client, office, "humas")
    foreign = client.get(reverse("cards:birthday", args=[card_task(other).pk]))

    assert refused.status_code == 403
    assert foreign.status_code == 404


def test_an_objection_is_made_and_taken_back_by_the_person(client: Client) -> None:
    office = make_greeting_office()
    person = sign_in(client, office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    other = make_employee(office)
    address = reverse("people:set-greeting", args=[person.pk])

    client.post(address, {"ucapan": "jangan", "dari": "saya"})
    person.refresh_from_db()
    declined = person.greeting_declined_at
    shown = client.get(reverse("people:own")).content.decode()
    foreign = client.post(reverse("people:set-greeting", args=[other.pk]), {"ucapan": "jangan"})
    again = people.set_greeting(employee=person, wanted=False, by="Sari", at=clock.now())
    client.post(address, {"ucapan": "boleh", "dari": "saya"})
    person.refresh_from_db()

    assert declined == NOW
    assert "Boleh diucapkan lagi" in shown
    assert foreign.status_code == 403
    assert again is False
    assert person.greeting_declined_at is None
