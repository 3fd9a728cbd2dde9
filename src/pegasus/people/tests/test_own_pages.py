from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.people import actions, privacy, queries
from pegasus.people.models import Correction
from pegasus.people.tests.test_person_pages import jpeg

pytestmark = pytest.mark.django_db


def test_one_puts_one_s_own_contact_right_and_nonsense_is_told(client: Client) -> None:
    me = sign_in(client, make_office(), phone="+6281234567890")
    contact = reverse("people:own-contact")

    refused = client.post(contact, {"email": "saya@contoh.id", "phone": "0736 21521"})
    client.post(contact, {"email": "Saya@Contoh.id", "phone": ""})
    me.refresh_from_db()
    kept = (me.email, me.phone)
    client.post(contact, {"email": "saya@contoh.id", "phone": "0813 1111 2222"})

    me.refresh_from_db()
    assert refused.status_code == 422
    assert "telepon rumah atau kantor" in refused.content.decode()
    assert kept == ("saya@contoh.id", "+6281234567890")
    assert me.phone == "+6281311112222"


def test_a_correction_is_asked_with_72_hours_and_accepted_in_one_tap(client: Client) -> None:
    office = make_office()
    me = sign_in(client, office, team="Neraca")
    ask = reverse("people:own-correction")

    wrong = client.post(ask, {"field": "nip", "wanted": "123"})
    client.post(ask, {"field": "team", "wanted": "IPDS", "reason": "Pindah tim"})
    again = client.post(ask, {"field": "team", "wanted": "Sosial"})
    asked = Correction.objects.get()
    sign_in(client, office, "ca")
    client.post(reverse("people:answer-correction", args=[asked.pk]), {"jawaban": "terima"})

    me.refresh_from_db()
    asked.refresh_from_db()
    assert wrong.status_code == 422
    assert "masih menunggu jawaban" in again.content.decode()
    assert asked.due_at - asked.asked_at == timedelta(hours=72)
    assert (me.team, asked.state) == ("IPDS", Correction.State.ACCEPTED)


def test_a_correction_is_declined_only_with_a_reason_that_its_owner_reads(client: Client) -> None:
    office = make_office()
    me = sign_in(client, office)
    asked = actions.ask_correction(employee=me, field="name", wanted="Raja", reason="", by="S", at=NOW)
    other = Client()
    sign_in(other, office, "ca")
    answer = reverse("people:answer-correction", args=[asked.pk])

    silent = other.post(answer, {"jawaban": "tolak", "alasan": " "}, follow=True).content.decode()
    other.post(answer, {"jawaban": "tolak", "alasan": "Harus sesuai SK."})

    assert "Tulis alasan penolakan" in silent
    assert "Harus sesuai SK." in client.get(reverse("people:own")).content.decode()


def test_a_correction_that_breaks_a_rule_stays_open() -> None:
    office = make_office()
    make_employee(office, nip="199201142015052008")
    sari = make_employee(office)
    asked = actions.ask_correction(employee=sari, field="nip", wanted="199201142015052008", reason="", by="S", at=NOW)

    with pytest.raises(actions.NipTaken):
        actions.accept_correction(correction=asked, by="Ana", at=NOW)

    assert list(queries.open_corrections(office)) == [asked]


def test_another_office_s_request_does_not_exist(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    asked = actions.ask_correction(employee=make_employee(), field="team", wanted="X", reason="", by="S", at=NOW)

    answer = client.post(reverse("people:answer-correction", args=[asked.pk]), {"jawaban": "terima"})

    assert answer.status_code == 404


def test_one_gives_and_withdraws_consent_oneself_and_the_log_keeps_both(client: Client) -> None:
    me = sign_in(client, make_office(), name="Sari")
    photo = {"photo": jpeg(), "consent": "on", "dari": "saya", "x": "0", "y": "0", "zoom": "2"}

    saved = client.post(reverse("people:set-photo", args=[me.pk]), photo)
    client.post(reverse("people:remove-photo", args=[me.pk]), {"dari": "saya"})
    colleague = client.post(reverse("people:set-photo", args=[make_employee(me.office).pk]), photo | {"photo": jpeg()})

    assert saved.headers["Location"] == reverse("people:own")
    consent = me.consents.get()
    assert (consent.wording, consent.given_by, consent.withdrawn_by) == (privacy.PHOTO_WORDING, "Sari", "Sari")
    assert colleague.status_code == 403


def test_a_refused_photo_is_told_on_one_s_own_page(client: Client) -> None:
    me = sign_in(client, make_office())
    fake = SimpleUploadedFile("wajah.jpg", b"<svg>", "image/jpeg")

    answer = client.post(reverse("people:set-photo", args=[me.pk]), {"photo": fake, "consent": "on", "dari": "saya"})

    assert answer.status_code == 422
    assert "bukan gambar yang dapat dibaca" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 10])
def test_one_s_own_page_costs_the_same_however_many_rows(
    client: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    me = sign_in(client, make_office())
    for number in range(rows):
        actions.ask_correction(employee=me, field=f"f{number}", wanted="X", reason="", by="S", at=NOW)
        Correction.objects.update(state=Correction.State.DECLINED, field="other")

    with django_assert_max_num_queries(11):  # type: ignore[operator] # pytest-django's fixture has no public type
        client.get(reverse("people:own"))


def test_the_privacy_notice_is_open_to_all_and_names_the_contact(client: Client) -> None:
    office = make_office(privacy_contact="Pejabat PDP, pdp@contoh.id", leaver_years=3)

    words = client.get(reverse("people:notice", args=[office.code])).content.decode()

    assert "Pejabat PDP, pdp@contoh.id" in words
    assert "setelah 3 tahun" in words
    assert client.get(reverse("people:notice", args=["0000"])).status_code == 404
