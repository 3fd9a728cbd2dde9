from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import make_office, sign_in

from pegasus.delivery.models import Delivery
from pegasus.people.models import Absence
from pegasus.reminders import actions, queries
from pegasus.reminders.domain.texts import SHIPPED
from pegasus.reminders.models import MessageText, Reminder
from pegasus.reminders.tests.builders import BEFORE, H5, POSTS_ON, make_duty, make_sop_office

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_comes_and_both_texts(client: Client) -> None:
    office = make_sop_office()
    make_duty(office, posts_on=date(2027, 3, 1))
    actions.plan(office=office, at=BEFORE)
    sign_in(client, office, "ca")

    page = client.get(reverse("reminders:index")).content.decode()

    assert "H-5: Senin, 22 Februari 2027 08.00" in " ".join(page.split())
    assert "H-3: Rabu, 24 Februari 2027 08.00" in " ".join(page.split())
    assert "Halo Sari Wulandari, Anda bertugas" in page


def test_the_ca_is_told_of_who_was_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_sop_office()
    duty = make_duty(office)
    assert duty.holder is not None
    Absence.objects.create(employee=duty.holder, starts_on=H5.date(), ends_on=H5.date())
    actions.plan(office=office, at=BEFORE)
    actions.remind(reminder=queries.reminders_of(office)[0], at=H5)
    monkeypatch.setattr("pegasus.kernel.clock.now", lambda: H5)
    sign_in(client, office, "ca")

    page = client.get(reverse("reminders:index")).content.decode()

    assert "Sari Wulandari sedang tidak masuk pada H-5" in page
    assert str(POSTS_ON.year) in page


def test_the_office_writes_its_own_text(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")

    response = client.post(reverse("reminders:text", args=[5]), {"text": "Hai {nama},\r\n{tautan}"})

    assert response["Location"] == reverse("reminders:index")
    assert MessageText.objects.get(office=office).text == "Hai {nama},\n{tautan}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hai {nma} {tautan}", "Tidak ada isian bernama {nma}"),
        ("Hai {nama}", "Teks harus memuat {tautan}"),
        ("{tautan}" + "a" * 1200, "paling panjang 1000"),
        ("", "Tulis isi pesannya"),
    ],
)
def test_a_text_that_would_not_work_is_explained_and_kept(client: Client, text: str, sentence: str) -> None:
    sign_in(client, make_office(), "ca")

    response = client.post(reverse("reminders:text", args=[3]), {"text": text})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert text in response.content.decode()
    assert MessageText.objects.count() == 0


def test_the_shipped_text_can_be_had_again(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.post(reverse("reminders:text", args=[5]), {"text": "x", "bawaan": "1"}).content.decode()

    assert SHIPPED[5].splitlines()[0] in page


def test_the_preview_follows_the_typing(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    shown = client.post(reverse("reminders:preview", args=[5]), {"text": "Hai {nama}"}).content.decode()
    refused = client.post(reverse("reminders:preview", args=[5]), {"text": "Hai {nma}"}).content.decode()

    assert "Hai Sari Wulandari" in shown
    assert "18 dari 1000 huruf" in shown
    assert "Tidak ada isian bernama {nma}" in refused


def test_another_offset_is_not_there(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    assert client.get(reverse("reminders:text", args=[4])).status_code == 404


def test_another_offices_reminders_are_not_shown(client: Client) -> None:
    foreign = make_sop_office()
    make_duty(foreign, posts_on=date(2027, 3, 1))
    actions.plan(office=foreign, at=BEFORE)
    sign_in(client, make_office(), "ca")

    page = client.get(reverse("reminders:index")).content.decode()

    assert Reminder.objects.count() == 2
    assert "H-5:" not in page


@pytest.mark.parametrize("duties", [1, 6])
def test_the_page_costs_the_same_however_many_reminders(
    client: Client, duties: int, django_assert_max_num_queries: object
) -> None:
    office = make_sop_office()
    for seat in range(1, duties + 1):
        make_duty(office, seat=seat)
    actions.plan(office=office, at=BEFORE)
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(reverse("reminders:index"))


def test_an_accepted_copy_is_called_a_copy_and_the_reminder_is_not_called_sent(client: Client) -> None:
    office = make_sop_office(reminders_by_email=True)
    make_duty(office, posts_on=date(2027, 3, 1))
    moment = datetime(2027, 2, 22, 1, 0, tzinfo=UTC)
    actions.plan(office=office, at=BEFORE)
    actions.remind(reminder=queries.reminders_of(office)[0], at=moment)
    Delivery.objects.filter(channel="email").update(state=Delivery.State.ACCEPTED, settled_at=moment)
    sign_in(client, office, "ca")
    copy = Delivery.objects.get(channel="email")

    coming = client.get(reverse("reminders:index")).content.decode()
    decided = client.get(reverse("reminders:index"), {"bagian": "riwayat"}).content.decode()
    listed = client.get(reverse("delivery:index"), {"bagian": "terkirim"}).content.decode()
    detail = client.get(reverse("delivery:detail", args=[copy.pk])).content.decode()

    assert "salinan surel: diterima server surel" in coming
    assert "salinan surel: diterima server surel" in decided
    assert "Terkirim</span>" not in decided
    assert "salinan lewat surel" in listed
    assert "Yang menutup tugasnya adalah pesan WhatsApp" in detail


def test_a_reminder_that_waits_for_the_return_says_so(client: Client) -> None:
    office = make_sop_office()
    duty = make_duty(office, posts_on=date(2027, 3, 1))
    assert duty.holder is not None
    Absence.objects.create(employee=duty.holder, starts_on=date(2027, 2, 22), ends_on=date(2027, 2, 24))
    actions.plan(office=office, at=BEFORE)
    sign_in(client, office, "ca")

    page = client.get(reverse("reminders:index")).content.decode()

    assert "sedang tidak masuk, diingatkan saat kembali Kamis, 25 Februari 08.00" in page
