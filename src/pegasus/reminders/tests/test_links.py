"""The personal link that the CA sends by hand, beside the planned reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_office, sign_in

from pegasus.delivery import actions as delivery
from pegasus.delivery.channels import text_of
from pegasus.delivery.models import Delivery
from pegasus.people.models import Absence
from pegasus.reminders import actions, jobs, queries
from pegasus.reminders.domain.keys import Key, LinkKey
from pegasus.reminders.domain.schedule import Decision
from pegasus.reminders.models import Reminder
from pegasus.reminders.tests.builders import BEFORE, H3, H5, hand_in_card, make_duty, make_holder, make_sop_office
from pegasus.roster.models import Duty
from pegasus.sop.models import Activity, Task

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)  # the day before the posting day, four days after H-3
MONDAY_EIGHT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
Fate = Reminder.Fate


def make_planned_duty(at: datetime = BEFORE) -> Duty:
    duty = make_duty(make_sop_office())
    actions.plan(office=duty.office, at=at)
    return duty


def reminder_of(duty: Duty, offset: int) -> Reminder:
    return queries.reminders_of(duty.office).get(duty=duty, offset=offset, employee=duty.holder)


def remind(duty: Duty, offset: int, at: datetime) -> Decision:
    return actions.remind(reminder=reminder_of(duty, offset), at=at)


def task_of(duty: Duty, part: str) -> Task:
    return Task.objects.get(subject=duty.subject, part=part, activity__rhythm=Activity.Rhythm.REMINDER)


def send(duty: Duty, at: datetime) -> Delivery:
    return actions.send_link(duty=duty, by="Rina", at=at)[0]


def confirm(message: Delivery, at: datetime) -> None:
    delivery.confirm(delivery=message, by="Rina", at=at)
    jobs.settle.call(message.pk)


@given(st.integers(1), st.integers(1), st.dates(), st.integers(1))
def test_a_link_s_key_is_read_back_and_is_no_reminder_s(duty: int, person: int, day: date, number: int) -> None:
    key = LinkKey(duty, person, day, number)

    assert LinkKey.parse(str(key)) == key
    assert Key.parse(str(key)) is None
    assert LinkKey.parse(str(Key(duty, person, 5))) is None


def test_the_link_lies_ready_at_once_even_on_a_sunday() -> None:
    duty = make_planned_duty(SUNDAY)

    message, is_new = actions.send_link(duty=duty, by="Rina", at=SUNDAY)

    assert is_new
    assert message.key == f"link|duty={duty.pk}|person={duty.holder_id}|2026-11-29"
    assert (message.channel, message.kind, message.state) == ("whatsapp_manual", "link", Delivery.State.PREPARED)
    assert "Sari Wulandari" in message.text
    assert "/t/" in text_of(message)


@pytest.mark.parametrize(
    ("at", "says"),
    [(BEFORE, "Anda bertugas menyiapkan kartu"), (SUNDAY, "belum kami terima")],
)
def test_who_gets_the_link_early_is_not_told_to_be_late(at: datetime, says: str) -> None:
    message = send(make_planned_duty(at), at)

    assert says in message.text


def test_pressing_twice_on_one_day_gives_the_same_message() -> None:
    duty = make_planned_duty(SUNDAY)
    first = send(duty, SUNDAY)

    again = actions.send_link(duty=duty, by="Rina", at=SUNDAY + timedelta(hours=1))
    confirm(first, SUNDAY + timedelta(hours=2))
    after_sending = actions.send_link(duty=duty, by="Rina", at=SUNDAY + timedelta(hours=3))

    assert again == after_sending == (first, False)
    assert Delivery.objects.count() == 1


def test_a_link_taken_back_can_be_laid_out_anew() -> None:
    duty = make_planned_duty(SUNDAY)
    first = send(duty, SUNDAY)
    delivery.cancel(delivery=first, by="Rina", at=SUNDAY, note="salah orang")

    second = send(duty, SUNDAY)

    assert second.key == f"{first.key}|2"
    assert second.state == Delivery.State.PREPARED


def test_a_reminder_that_lies_ready_is_the_message() -> None:
    duty = make_planned_duty()
    remind(duty, 5, H5)

    message, is_new = actions.send_link(duty=duty, by="Rina", at=H5 + timedelta(hours=1))

    assert not is_new
    assert message == reminder_of(duty, 5).delivery
    assert Delivery.objects.count() == 1


def test_a_confirmed_link_closes_the_task_of_the_reminder_that_was_missed_late_and_with_evidence() -> None:
    duty = make_planned_duty(SUNDAY)
    remind(duty, 5, SUNDAY)
    assert remind(duty, 3, SUNDAY) == Decision.WAIT

    confirm(send(duty, SUNDAY), SUNDAY + timedelta(minutes=5))

    task = task_of(duty, "H-3")
    assert (task.outcome, task.closed_at, task.closed_by) == (
        Task.Outcome.DONE,
        SUNDAY + timedelta(minutes=5),
        "Rina",
    )
    assert task.due_at < SUNDAY
    assert "Tautan kartu, sebagai pengingat H-3, lewat WhatsApp, dipastikan terkirim oleh Rina" in (
        task.evidence.get().text
    )
    assert task_of(duty, "H-5").outcome == Task.Outcome.SKIPPED
    assert reminder_of(duty, 3).pk not in queries.due(MONDAY_EIGHT)


def test_an_unconfirmed_link_closes_nothing_and_the_waiting_reminder_goes_in_its_place() -> None:
    duty = make_planned_duty(SUNDAY)
    link = send(duty, SUNDAY)

    decision = remind(duty, 3, MONDAY_EIGHT)

    link.refresh_from_db()
    assert decision == Decision.SEND
    assert link.state == Delivery.State.CANCELLED
    assert task_of(duty, "H-3").closed_at is None


def test_a_link_long_before_h5_leaves_both_reminders_as_planned() -> None:
    duty = make_planned_duty()

    confirm(send(duty, BEFORE), BEFORE)

    assert task_of(duty, "H-5").closed_at is task_of(duty, "H-3").closed_at is None
    assert [remind(duty, 5, H5), remind(duty, 3, H3)] == [Decision.SEND, Decision.SEND]


def test_a_reminder_due_later_on_that_day_gives_way_and_its_task_is_the_links() -> None:
    duty = make_planned_duty()
    link = send(duty, H3 - timedelta(hours=1))

    assert remind(duty, 3, H3) == Decision.COVERED
    confirm(link, H3 + timedelta(hours=1))

    assert Delivery.objects.count() == 1
    assert reminder_of(duty, 3).delivery == link
    assert task_of(duty, "H-3").outcome == Task.Outcome.DONE


def test_a_link_confirmed_before_the_hour_of_that_day_serves_the_reminder() -> None:
    duty = make_planned_duty()

    confirm(send(duty, H3 - timedelta(hours=1)), H3 - timedelta(minutes=50))

    assert reminder_of(duty, 3).pk not in queries.due(H3)
    assert task_of(duty, "H-3").outcome == Task.Outcome.DONE


def test_a_link_taken_back_by_the_ca_leaves_the_reminder_to_go() -> None:
    duty = make_planned_duty()
    link = send(duty, H3 - timedelta(hours=1))
    remind(duty, 3, H3)

    delivery.cancel(delivery=link, by="Rina", at=H3, note="menunggu")
    jobs.settle.call(link.pk)

    assert reminder_of(duty, 3).pk in queries.due(H3)
    assert remind(duty, 3, H3 + timedelta(minutes=1)) == Decision.SEND


def test_a_link_that_nobody_sent_until_the_posting_day_is_over_is_a_missed_reminder() -> None:
    duty = make_planned_duty()
    link = send(duty, H3 - timedelta(hours=1))
    remind(duty, 3, H3)

    assert delivery.expire(delivery=link, at=MONDAY_EIGHT + timedelta(days=1))
    jobs.settle.call(link.pk)

    assert reminder_of(duty, 3).fate == Fate.MISSED
    assert task_of(duty, "H-3").outcome == Task.Outcome.SKIPPED


def test_who_is_away_is_not_reminded_but_may_be_sent_the_link() -> None:
    duty = make_planned_duty()
    assert duty.holder is not None
    Absence.objects.create(employee=duty.holder, starts_on=H3.date(), ends_on=H3.date())

    assert send(duty, H3 - timedelta(hours=1)).state == Delivery.State.PREPARED
    assert remind(duty, 3, H3) == Decision.RETURN


def test_a_card_that_is_in_takes_the_link_back_and_none_can_be_sent() -> None:
    duty = make_planned_duty()
    link = send(duty, H5)
    hand_in_card(duty, at=H5)

    actions.plan(office=duty.office, at=H5)

    link.refresh_from_db()
    assert link.state == Delivery.State.CANCELLED
    with pytest.raises(actions.CardIsIn):
        send(duty, H5)


def test_a_duty_handed_over_takes_the_old_holder_s_link_back_and_the_new_one_gets_an_own() -> None:
    duty = make_planned_duty()
    link = send(duty, H5)
    new = make_holder(duty.office, name="Bayu Pratama")
    Duty.objects.filter(pk=duty.pk).update(holder=new)
    duty = Duty.objects.get(pk=duty.pk)

    actions.plan(office=duty.office, at=H5)

    link.refresh_from_db()
    assert link.state == Delivery.State.CANCELLED
    assert send(duty, H5).to == new


def test_a_past_or_empty_duty_has_no_link() -> None:
    duty = make_planned_duty()

    with pytest.raises(actions.DutyIsOver):
        send(duty, MONDAY_EIGHT + timedelta(days=1))
    duty.holder = None
    with pytest.raises(actions.NoHolder):
        send(duty, H5)


def test_the_ca_presses_the_button_and_finds_the_message_among_those_to_send(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = make_planned_duty(SUNDAY)
    monkeypatch.setattr("pegasus.kernel.clock.now", lambda: SUNDAY)
    sign_in(client, duty.office, "ca", name="Rina")
    address = reverse("reminders:send-link", args=[duty.pk])

    assert f'action="{address}"' in client.get(reverse("reminders:index")).content.decode()
    first = client.post(address, follow=True).content.decode()
    second = client.post(address, follow=True).content.decode()

    assert "Tautan untuk Sari Wulandari siap dikirim" in first
    assert "Tautan kartu Pegasus: tayang Senin, 30 November 2026" in first
    assert "Pesan untuk Sari Wulandari sudah ada" in second
    assert Delivery.objects.count() == 1


def test_once_sent_the_button_says_so_and_a_card_in_between_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = make_planned_duty(SUNDAY)
    monkeypatch.setattr("pegasus.kernel.clock.now", lambda: SUNDAY)
    confirm(send(duty, SUNDAY), SUNDAY)
    sign_in(client, duty.office, "ca")
    address = reverse("reminders:send-link", args=[duty.pk])

    sent = client.post(address, follow=True).content.decode()
    hand_in_card(duty, at=SUNDAY)
    with_card = client.post(address, follow=True).content.decode()

    assert "Sari Wulandari sudah mendapat pesan hari ini" in sent
    assert "Kartunya sudah masuk" in with_card


def test_another_offices_duty_is_not_there_and_only_by_post(client: Client) -> None:
    foreign = make_planned_duty()
    sign_in(client, make_office(), "ca")
    address = reverse("reminders:send-link", args=[foreign.pk])

    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_a_past_moment_is_never_shown_as_coming(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    duty = make_planned_duty(SUNDAY)
    monkeypatch.setattr("pegasus.kernel.clock.now", lambda: SUNDAY)
    sign_in(client, duty.office, "ca")

    page = client.get(reverse("reminders:index")).content.decode()

    assert "menunggu Senin, 30 November 08.00" in page
    assert "terlewat" in page
    assert "25 November 2026" not in page


def test_a_duty_whose_card_is_in_is_not_among_the_coming(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    duty = make_planned_duty()
    hand_in_card(duty, at=BEFORE)
    monkeypatch.setattr("pegasus.kernel.clock.now", lambda: BEFORE)
    sign_in(client, duty.office, "ca")

    assert "Kirim tautan sekarang" not in client.get(reverse("reminders:index")).content.decode()


def test_who_has_had_no_message_is_known_until_one_is_sent() -> None:
    duty = make_planned_duty(SUNDAY)
    until = duty.starts_on

    before = queries.unreached(duty.office, until=until, at=SUNDAY)
    confirm(send(duty, SUNDAY), SUNDAY)

    assert before == [duty]
    assert queries.unreached(duty.office, until=until, at=H3) == []
    assert queries.unreached(duty.office, until=until, at=SUNDAY) == []
