"""Who is called to a card that waits for its review, and what its writer is told when it comes back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import make_employee

from pegasus.cards import actions as cards
from pegasus.cards import queries as card_queries
from pegasus.cards.models import Card, CardVersion
from pegasus.delivery.channels import text_of
from pegasus.delivery.models import Delivery
from pegasus.people.models import Absence, Employee, Office
from pegasus.reminders import actions, queries
from pegasus.reminders.domain.keys import LinkKey, ReviewKey
from pegasus.reminders.models import Reminder
from pegasus.reminders.tests.builders import BEFORE, H3, make_duty, make_sop_office
from pegasus.roster.models import Duty

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # Tuesday, 10.00 WIB
NEXT_DAY = SENT + timedelta(days=1)
LAST_DAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # Friday before the posting day, 08.00 WIB


@pytest.fixture
def office() -> Office:
    return make_sop_office(reviews_cards=True)


@pytest.fixture
def humas(office: Office) -> Employee:
    return make_employee(office, name="Hana", phone="+6281200000001", roles=("humas",))


@pytest.fixture
def duty(office: Office) -> Duty:
    return make_duty(office)


@pytest.fixture
def card(duty: Duty) -> Card:
    task = card_queries.duty_task_of(duty.office, duty.subject)
    assert task is not None
    card = cards.card_for(task=task, at=SENT)
    cards.save_draft(card=card, at=SENT, words="Mulai saja.", alt_text="Kartu")
    return cards.submit_card(card=card, by="Sari Wulandari", at=SENT)


def call(office: Office, at: datetime) -> list[Delivery]:
    actions.call_reviewers(office=office, at=at)
    return list(Delivery.objects.filter(kind="review").order_by("pk"))


@pytest.mark.usefixtures("humas")
def test_a_reviewer_is_called_once_when_the_card_has_waited_long_enough(office: Office, card: Card) -> None:
    before = call(office, SENT + timedelta(hours=5))
    [message] = call(office, NEXT_DAY)

    again = call(office, NEXT_DAY + timedelta(hours=1))

    assert before == []
    assert again == [message]
    assert (message.to and message.to.name, message.channel) == ("Hana", "whatsapp_manual")
    assert "dari Sari Wulandari menunggu ditinjau sejak Selasa, 24 November 2026 pukul 10.00" in message.text
    assert f"/kartu/{card.pk}/" in message.text


@pytest.mark.usefixtures("humas", "card")
def test_on_the_last_working_day_the_cc_is_told_too(office: Office) -> None:
    make_employee(office, name="Citra", roles=("cc",))

    messages = call(office, LAST_DAY)

    assert [message.to.name for message in messages if message.to] == ["Citra", "Hana"]
    assert all("hari kerja berikutnya, dan belum ditinjau" in message.text for message in messages)


@pytest.mark.usefixtures("humas", "card")
@pytest.mark.parametrize("at", [NEXT_DAY.replace(hour=14), datetime(2026, 11, 28, 3, tzinfo=UTC)])
def test_nobody_is_called_in_the_evening_or_on_a_saturday(office: Office, at: datetime) -> None:
    assert call(office, at) == []


@pytest.mark.usefixtures("card")
def test_who_is_away_is_called_when_they_are_back(office: Office, humas: Employee) -> None:
    Absence.objects.create(employee=humas, kind="leave", starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25))

    assert call(office, NEXT_DAY) == []
    assert len(call(office, NEXT_DAY + timedelta(days=1))) == 1


@pytest.mark.usefixtures("card")
def test_a_reviewer_is_not_called_to_their_own_card_and_the_ca_not_by_chat(office: Office, duty: Duty) -> None:
    assert duty.holder is not None
    make_employee(office, name="Hana", roles=("humas",))
    duty.holder.roles.create(role="humas", valid_from=date(2020, 1, 1))
    office.reminders_by_email = True
    office.save()
    Employee.objects.filter(name="Rina").update(email="rina@contoh.id")

    messages = call(office, NEXT_DAY)

    assert {(message.to.name, message.channel) for message in messages if message.to} == {
        ("Hana", "whatsapp_manual"),
        ("Rina", "email"),
    }


@pytest.mark.usefixtures("humas")
def test_a_call_that_has_not_left_is_taken_back_when_the_card_was_reviewed(office: Office, card: Card) -> None:
    [message] = call(office, NEXT_DAY)

    cards.approve_card(card=card, by="Rina", at=NEXT_DAY)
    actions.plan(office=office, at=NEXT_DAY)

    message.refresh_from_db()
    assert message.state == Delivery.State.CANCELLED
    assert "sudah ditinjau" in message.note


@pytest.mark.usefixtures("humas")
def test_a_new_version_is_called_for_anew(office: Office, card: Card) -> None:
    call(office, NEXT_DAY)
    cards.submit_card(card=card, by="Sari Wulandari", at=NEXT_DAY)
    actions.plan(office=office, at=NEXT_DAY)

    messages = call(office, NEXT_DAY + timedelta(days=1))

    keys = [ReviewKey.parse(message.key) for message in messages]
    numbers = dict(CardVersion.objects.values_list("pk", "number"))
    assert [numbers[key.version] for key in keys if key] == [1, 2]
    assert [message.state for message in messages] == [Delivery.State.CANCELLED, Delivery.State.PLANNED]


def returned(card: Card, at: datetime = NEXT_DAY, note: str = "Sebutkan sumbernya.") -> Delivery:
    version = card_queries.sent_versions(card)[0]
    cards.comment_on(card=card, number=1, text="Kecil", place=None, by="Hana", author=None, at=at)
    cards.return_card(card=card, note=note, by="Hana", at=at)
    for _twice in range(2):
        found = queries.returned_for_work(version.pk)
        assert found is not None
        actions.tell_returned(version=found, at=at)
    return Delivery.objects.get(kind=queries.LINK_KIND)


def test_the_writer_is_told_once_what_came_back_with_the_personal_link(card: Card, duty: Duty) -> None:
    message = returned(card)

    assert message.to == duty.holder
    assert "Hana meminta perubahan" in message.text
    assert "1 komentar dan satu catatan" in message.text
    assert "/t/" in text_of(message)
    assert "Ditunggu paling lambat Jumat, 27 November 2026." in message.text
    key = LinkKey.parse(message.key)
    assert key is not None
    assert (key.duty, key.version) == (duty.pk, CardVersion.objects.get().pk)


def test_the_message_is_taken_back_when_the_card_was_sent_again_before_it_left(card: Card) -> None:
    message = returned(card)

    cards.submit_card(card=Card.objects.get(), by="Sari Wulandari", at=NEXT_DAY)
    actions.plan(office=card.office, at=NEXT_DAY)

    message.refresh_from_db()
    assert message.state == Delivery.State.CANCELLED
    assert queries.returned_for_work(CardVersion.objects.order_by("number")[0].pk) is None


def test_who_has_sent_the_card_is_not_reminded_of_it_and_is_again_when_it_comes_back(card: Card) -> None:
    actions.plan(office=card.office, at=BEFORE)
    stopped = set(Reminder.objects.values_list("fate", flat=True))
    cards.return_card(card=card, note="Ganti", by="Hana", at=SENT)

    actions.plan(office=card.office, at=SENT)

    assert stopped == {Reminder.Fate.NOT_NEEDED}
    again = Reminder.objects.get(offset=3)
    assert (again.fate, again.due_at) == (Reminder.Fate.PLANNED, H3)


def test_no_message_where_the_turn_has_been_handed_over(card: Card, duty: Duty) -> None:
    duty.holder = make_employee(duty.office)
    duty.save()
    cards.return_card(card=card, note="Ganti", by="Hana", at=NEXT_DAY)
    found = queries.returned_for_work(CardVersion.objects.get().pk)
    assert found is not None

    actions.tell_returned(version=found, at=NEXT_DAY)

    assert not Delivery.objects.exists()
