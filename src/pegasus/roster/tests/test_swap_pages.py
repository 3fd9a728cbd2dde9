"""The duty page: who cannot serve finds a way out, the CA acts for others, every change can be undone."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import sign_in

from pegasus.kernel import clock
from pegasus.people.models import Employee, Office, User
from pegasus.roster import actions, queries
from pegasus.roster.models import Duty, Swap, SwapAsk
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office
from pegasus.roster.wishes import partners

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment() -> object:
    with clock.pretend(BEFORE_Q4):
        yield


@pytest.fixture
def office() -> Office:
    office = make_staffed_office()
    make_published(office)
    return office


@pytest.fixture
def turn(office: Office) -> Duty:
    return queries.duties_of(office).select_related("office")[4]


def enter(client: Client, person: Employee | None) -> None:
    assert person is not None
    person.user = User.objects.create_user(username=f"user{person.pk}")
    person.save()
    client.force_login(person.user)


def other_turn(turn: Duty) -> Duty:
    return partners(turn, BEFORE_Q4)[-1]


def holder(duty: Duty) -> Employee | None:
    return Duty.objects.get(pk=duty.pk).holder


def read(client: Client, duty: Duty) -> str:
    return client.get(reverse("roster:duty", args=[duty.pk])).content.decode()


def test_partners_hold_coming_turns_of_other_weeks(turn: Duty) -> None:
    found = partners(turn, BEFORE_Q4)

    assert len(found) == 12
    assert turn not in found


def test_the_holder_asks_for_a_substitute_and_sees_who_is_asked(client: Client, turn: Duty) -> None:
    enter(client, turn.holder)
    client.post(reverse("roster:wish", args=[turn.pk]), {"reason": "dinas"})

    page = read(client, turn)
    ask = SwapAsk.objects.get()

    assert ask.employee.name in page
    assert "sampai Sel 09.00" in page
    assert "Tarik permintaan" in page
    assert "Minta pengganti" not in page


def test_the_holder_asks_a_colleague_to_exchange(client: Client, turn: Duty) -> None:
    enter(client, turn.holder)
    other = other_turn(turn)

    client.post(reverse("roster:swap", args=[turn.pk]), {"other": other.pk, "reason": "", "aksi": "tukar"})

    assert SwapAsk.objects.get().employee == other.holder
    assert holder(turn) == turn.holder


def test_the_colleague_sees_on_the_page_that_somebody_wants_their_turn(client: Client, turn: Duty) -> None:
    other = other_turn(turn)
    other.office = turn.office
    actions.ask_to_swap(duty=turn, other=other, reason="", at=BEFORE_Q4)
    enter(client, other.holder)

    assert "ingin menukarnya dengan giliran Senin, 2 November" in read(client, other)


def test_nobody_asks_for_somebody_elses_turn_but_the_ca(client: Client, office: Office, turn: Duty) -> None:
    sign_in(client, office)

    assert client.post(reverse("roster:swap", args=[turn.pk]), {"other": other_turn(turn).pk}).status_code == 403
    assert client.post(reverse("roster:wish", args=[turn.pk])).status_code == 403
    assert not Swap.objects.exists()


def test_the_ca_exchanges_at_once_only_after_asking_both(client: Client, office: Office, turn: Duty) -> None:
    other = other_turn(turn)
    sign_in(client, office, "ca")
    address = reverse("roster:swap", args=[turn.pk])

    refused = client.post(address, {"other": other.pk, "langsung": "1"})
    client.post(address, {"other": other.pk, "langsung": "1", "confirmed": "on"})

    assert refused.status_code == 422
    assert "Tanyakan dulu kepada keduanya" in refused.content.decode()
    assert (holder(turn), holder(other)) == (other.holder, turn.holder)


def test_an_exchange_is_undone_with_one_button(client: Client, office: Office, turn: Duty) -> None:
    other, mine = other_turn(turn), turn.holder
    other.office = office
    actions.swap_duties(one=turn, other=other, by="Ayu", at=BEFORE_Q4, reason="")
    sign_in(client, office, "ca")
    held = turn.holders.get(held_until=None)

    assert mine is not None
    assert f"Urungkan pertukaran, kembali ke {mine.name}" in read(client, turn)
    again = [client.post(reverse("roster:undo", args=[held.pk]), follow=True).content.decode() for _ in range(2)]

    assert holder(turn) == mine
    assert "Perubahan diurungkan" in again[0]
    assert "yang lama tidak dapat diurungkan" in again[1]


@pytest.mark.parametrize("deed", ["bersedia", "tidak"])
def test_the_ca_writes_down_what_the_asked_one_said(client: Client, office: Office, turn: Duty, deed: str) -> None:
    actions.ask_for_substitute(duty=turn, reason="", at=BEFORE_Q4)
    ask = SwapAsk.objects.get()
    sign_in(client, office, "ca")

    client.post(reverse("roster:answer-for", args=[ask.pk]), {"jawaban": deed})

    assert (holder(turn) == ask.employee) is (deed == "bersedia")
    assert ("Kesediaannya dikonfirmasi oleh" in read(client, turn)) is (deed == "bersedia")


def test_after_three_refusals_the_ca_chooses_or_asks_on(client: Client, office: Office, turn: Duty) -> None:
    swap = actions.ask_for_substitute(duty=turn, reason="", at=BEFORE_Q4)
    for _number in range(3):
        ask = SwapAsk.objects.get(answer=SwapAsk.Answer.WAITING)
        actions.answer_ask(ask=ask, accepts=False, by="ia", at=BEFORE_Q4)
    sign_in(client, office, "ca")

    page = read(client, turn)
    client.post(reverse("roster:ask-more", args=[swap.pk]))

    assert "Belum ada yang bersedia; PJ Pegasus memilih penggantinya" in page
    assert not any(f"tunjuk {ask.employee.name}" in page for ask in SwapAsk.objects.filter(order__lte=3))
    assert SwapAsk.objects.get(answer=SwapAsk.Answer.WAITING).order == 4


def test_another_office_finds_nothing(client: Client, turn: Duty) -> None:
    actions.ask_for_substitute(duty=turn, reason="", at=BEFORE_Q4)
    sign_in(client, make_staffed_office(2), "ca")
    ask, held = SwapAsk.objects.get(), turn.holders.get()

    for name, pk in (("swap", turn.pk), ("undo", held.pk), ("answer-for", ask.pk), ("ask-more", ask.swap_id)):
        assert client.post(reverse(f"roster:{name}", args=[pk])).status_code == 404


def test_the_page_costs_the_same_however_many_turns_there_are(
    client: Client, office: Office, turn: Duty, django_assert_max_num_queries: object
) -> None:
    actions.ask_for_substitute(duty=turn, reason="", at=BEFORE_Q4)
    sign_in(client, office, "ca")
    read(client, turn)

    with django_assert_max_num_queries(30):  # type: ignore[operator] # pytest-django's fixture
        read(client, turn)
