from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.delivery import actions
from pegasus.delivery.models import Delivery
from pegasus.delivery.tests.builders import make_delivery
from pegasus.kernel import clock

pytestmark = pytest.mark.django_db
State = Delivery.State


def at(name: str, delivery: Delivery) -> str:
    return reverse(f"delivery:{name}", args=[delivery.pk])


def test_one_tap_opens_whatsapp_with_the_text_and_is_noted(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.PREPARED, text="Halo Sari & teman\n100%")

    response = client.post(at("open", delivery))

    delivery.refresh_from_db()
    assert response["Location"] == "https://wa.me/6281234567890?text=Halo%20Sari%20%26%20teman%0A100%25"
    assert delivery.state == State.OPENED


def test_the_browser_may_follow_the_form_to_whatsapp_and_nowhere_else(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    policy = client.get(reverse("delivery:index"))["Content-Security-Policy"]

    assert "form-action 'self' https://wa.me;" in f"{policy};"


def test_an_opened_message_offers_to_confirm_or_to_lay_it_back(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.OPENED)

    page = client.get(reverse("delivery:index")).content.decode()
    client.post(at("confirm", delivery))

    delivery.refresh_from_db()
    assert "Sudah saya kirim" in page
    assert (delivery.state, delivery.settled_by) == (State.CONFIRMED, "Rina")


def test_batal_lays_it_back_among_those_to_send(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.OPENED)

    client.post(at("put_back", delivery))

    delivery.refresh_from_db()
    assert delivery.state == State.PREPARED


def test_without_a_number_the_text_can_be_copied_and_confirmed_by_hand(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")
    person = make_employee(office, name="Bayu")
    delivery = make_delivery(office, to=person, channel="whatsapp_manual", state=State.PREPARED)

    page = client.get(reverse("delivery:index")).content.decode()
    opened = client.post(at("open", delivery))
    client.post(at("confirm", delivery))

    delivery.refresh_from_db()
    assert "Nomor belum ada" in page
    assert "Buka WhatsApp" not in page
    assert opened["Location"] == at("detail", delivery)
    assert delivery.state == State.CONFIRMED


def test_phones_are_masked(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.PREPARED)

    pages = [client.get(url).content.decode() for url in (reverse("delivery:index"), at("detail", delivery))]

    assert all("+6281••••890" in page and "81234567890" not in page for page in pages)


def test_what_is_uncertain_asks_for_evidence_and_keeps_what_was_typed(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")
    delivery = make_delivery(office, state=State.UNKNOWN, tries=1)

    refused = client.post(at("confirm", delivery), {"note": ""})
    too_long = client.post(at("send_again", delivery), {"note": "x" * 501})
    client.post(at("confirm", delivery), {"note": "Sari membalas"})

    delivery.refresh_from_db()
    assert (refused.status_code, too_long.status_code) == (422, 422)
    assert "Tulis bagaimana Anda tahu" in refused.content.decode()
    assert "x" * 501 in too_long.content.decode()
    assert (delivery.state, delivery.note) == (State.CONFIRMED, "Sari membalas")


def test_sending_again_is_a_persons_decision_with_a_reason(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")
    delivery = make_delivery(office, state=State.FAILED, tries=4)

    client.post(at("send_again", delivery), {"note": "alamat sudah dibetulkan"})

    delivery.refresh_from_db()
    history = client.get(at("detail", delivery)).content.decode()
    assert delivery.state == State.PLANNED
    assert "Diputuskan kirim ulang" in history
    assert "alamat sudah dibetulkan" in history


def test_a_stale_page_says_what_is_now_true(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.CONFIRMED)

    response = client.post(at("open", delivery), follow=True)

    assert "sudah berubah" in response.content.decode()


@pytest.mark.parametrize("section", ["kirim", "belum-pasti", "terjadwal", "terkirim", "gagal", "lain"])
def test_every_section_has_words_when_it_is_empty(client: Client, section: str) -> None:
    sign_in(client, make_office(), "ca")

    response = client.get(reverse("delivery:index"), {"bagian": section})

    assert 'class="empty"' in response.content.decode()


def test_each_section_shows_its_own_and_the_search_narrows(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    for name, state in (("Ani", State.PREPARED), ("Budi", State.UNKNOWN), ("Cici", State.FAILED)):
        make_delivery(office, to=make_employee(office, name=name), state=state)

    shown = {
        (section, name)
        for section in ("kirim", "belum-pasti", "gagal")
        for name in ("Ani", "Budi", "Cici")
        if f">{name}<" in client.get(reverse("delivery:index"), {"bagian": section}).content.decode()
    }
    searched = client.get(reverse("delivery:index"), {"bagian": "gagal", "cari": "tidak ada"}).content.decode()

    assert shown == {("kirim", "Ani"), ("belum-pasti", "Budi"), ("gagal", "Cici")}
    assert "Tidak ada pesan yang cocok" in searched


def test_another_offices_message_is_not_there(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    foreign = make_delivery(channel="whatsapp_manual", state=State.PREPARED)

    answers = [client.get(at("detail", foreign))] + [
        client.post(at(name, foreign)) for name in ("open", "put_back", "confirm", "cancel", "send_again")
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_an_employee_without_the_role_is_turned_away(client: Client) -> None:
    sign_in(client, make_office(), "humas")

    assert client.get(reverse("delivery:index")).status_code == 403


@pytest.mark.parametrize("rows", [1, 8])
def test_the_page_costs_the_same_however_many_messages(
    client: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    for number in range(rows):
        make_delivery(office, state=State.PREPARED, channel="whatsapp_manual", due_at=NOW + timedelta(minutes=number))

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(reverse("delivery:index"))


def test_whoever_opened_it_is_told_that_it_is_wanted_no_more(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Rina")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.OPENED)
    Delivery.objects.update(opened_at=NOW)
    actions.cancel(delivery=delivery, by="Pegasus", at=clock.now(), note="Kartu sudah masuk")

    page = client.get(reverse("delivery:index")).content.decode()
    answer = client.post(at("confirm", delivery), follow=True).content.decode()

    delivery.refresh_from_db()
    assert "yang sudah dibuka tidak perlu lagi: Kartu sudah masuk." in page
    assert "Pesan ini tidak perlu lagi: Kartu sudah masuk." in answer
    assert "Tidak perlu lagi</span>" in answer
    assert delivery.state == State.CANCELLED
