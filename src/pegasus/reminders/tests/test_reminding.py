from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from pegasus.delivery import actions as delivery
from pegasus.delivery import jobs as delivery_jobs
from pegasus.delivery.channels import text_of
from pegasus.delivery.models import Delivery
from pegasus.kernel import clock
from pegasus.people.models import Absence, Office, PersonalLink
from pegasus.reminders import actions, jobs, queries
from pegasus.reminders.domain.schedule import Decision
from pegasus.reminders.domain.texts import SHIPPED
from pegasus.reminders.models import MessageText, Reminder
from pegasus.reminders.tests.builders import BEFORE, H3, H5, hand_in_card, make_duty, make_holder, make_sop_office
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Evidence, Task

pytestmark = pytest.mark.django_db
Fate = Reminder.Fate


def plan(office: Office, at: datetime = BEFORE) -> dict[int, Reminder]:
    actions.plan(office=office, at=at)
    return {reminder.offset: reminder for reminder in queries.reminders_of(office)}


def remind(reminder: Reminder, at: datetime) -> Decision:
    fresh = queries.reminder_for_work(reminder.pk)
    assert fresh is not None
    return actions.remind(reminder=fresh, at=at)


def task_of(duty: Duty, part: str) -> Task:
    return Task.objects.get(subject=duty.subject, part=part, activity__rhythm=Activity.Rhythm.REMINDER)


def fate_of(reminder: Reminder) -> str:
    return str(Reminder.objects.get(pk=reminder.pk).fate)


def test_two_reminders_are_planned_per_duty_and_planning_again_adds_none() -> None:
    duty = make_duty(make_sop_office())

    planned = plan(duty.office)
    again = plan(duty.office)

    assert {offset: reminder.due_at for offset, reminder in planned.items()} == {5: H5, 3: H3}
    assert planned == again


def test_a_reminder_carries_the_name_the_day_the_deadline_and_the_personal_link() -> None:
    duty = make_duty(make_sop_office(name="BPS Kota Uji"))
    reminder = plan(duty.office)[5]

    decision = remind(reminder, H5)

    message = Delivery.objects.get()
    assert decision == Decision.SEND
    assert message.key == f"reminder|duty={duty.pk}|person={duty.holder_id}|D-5"
    assert (message.channel, message.to_id) == ("whatsapp_manual", duty.holder_id)
    for words in ("Sari Wulandari", "Senin, 30 November 2026", "Jumat, 27 November 2026", "BPS Kota Uji"):
        assert words in message.text
    link = PersonalLink.objects.get()
    assert (link.purpose, link.subject, link.employee_id) == ("duty", duty.subject, duty.holder_id)
    assert f"{settings.PEGASUS_BASE_URL}/t/" in text_of(message)


def test_reminding_twice_makes_one_message() -> None:
    duty = make_duty(make_sop_office())
    reminder = plan(duty.office)[5]

    remind(reminder, H5)
    remind(reminder, H5)

    assert Delivery.objects.count() == 1


def test_the_email_goes_beside_it_under_its_own_key() -> None:
    office = make_sop_office(reminders_by_email=True)
    duty = make_duty(office)

    remind(plan(office)[5], H5)

    prefix = f"reminder|duty={duty.pk}|person={duty.holder_id}|D-5"
    assert list(Delivery.objects.order_by("pk").values_list("key", "channel")) == [
        (prefix, "whatsapp_manual"),
        (f"{prefix}|email", "email"),
    ]


def test_without_an_email_address_there_is_only_the_chat() -> None:
    office = make_sop_office(reminders_by_email=True)
    make_duty(office, make_holder(office, email=""))

    remind(plan(office)[5], H5)

    assert [message.channel for message in Delivery.objects.all()] == ["whatsapp_manual"]


def test_a_confirmed_message_closes_the_task_with_the_word_as_evidence() -> None:
    duty = make_duty(make_sop_office())
    remind(plan(duty.office)[5], H5)
    message = Delivery.objects.get()
    delivery.mark_opened(delivery=message, by="Rina", at=H5)
    delivery.confirm(delivery=message, by="Rina", at=H5 + timedelta(minutes=3))

    jobs.settle.call(message.pk)
    jobs.settle.call(message.pk)

    task = task_of(duty, "H-5")
    assert (task.outcome, task.closed_by, task.closed_at) == (Task.Outcome.DONE, "Rina", H5 + timedelta(minutes=3))
    evidence = task.evidence.get()
    assert evidence.kind == Evidence.Kind.CONFIRMATION
    assert "Rina" in evidence.text


def test_an_email_taken_by_the_server_is_a_copy_and_closes_nothing(
    mailoutbox: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: H5)
    duty = make_duty(make_sop_office(reminders_by_email=True))
    reminder = plan(duty.office)[5]
    remind(reminder, H5)
    chat, copy = Delivery.objects.get(channel="whatsapp_manual"), Delivery.objects.get(channel="email")

    delivery_jobs.send.call(copy.pk)
    jobs.settle.call(copy.pk)
    jobs.settle.call(copy.pk)
    open_task = task_of(duty, "H-5")
    monkeypatch.setattr(clock, "now", lambda: H3)
    delivery_jobs.send.call(chat.pk)
    jobs.settle.call(chat.pk)

    task = task_of(duty, "H-5")
    evidence = task.evidence.get()
    assert (chat.is_copy, copy.is_copy, len(mailoutbox)) == (False, True, 1)
    assert open_task.closed_at is None
    assert (fate_of(reminder), task.outcome) == (Fate.MERGED, Task.Outcome.SKIPPED)
    assert evidence.kind == Evidence.Kind.RECEIPT
    assert evidence.text.startswith("Salinan lewat surel")
    assert queries.unreached(duty.office, until=date(2026, 11, 30), at=H3 + timedelta(days=1)) == [duty]


def test_a_copy_beside_a_confirmed_chat_stands_as_a_copy_among_the_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: H5)
    duty = make_duty(make_sop_office(reminders_by_email=True))
    remind(plan(duty.office)[5], H5)
    chat, copy = Delivery.objects.get(channel="whatsapp_manual"), Delivery.objects.get(channel="email")
    delivery_jobs.send.call(copy.pk)
    jobs.settle.call(copy.pk)
    delivery.confirm(delivery=chat, by="Rina", at=H5 + timedelta(minutes=3))

    jobs.settle.call(chat.pk)

    task = task_of(duty, "H-5")
    assert (task.outcome, task.closed_by) == (Task.Outcome.DONE, "Rina")
    assert sorted(one.text.partition(",")[0] for one in task.evidence.all()) == [
        "Pengingat H-5 lewat WhatsApp",
        "Salinan lewat surel dari pengingat H-5",
    ]


def test_opening_the_chat_alone_closes_nothing() -> None:
    duty = make_duty(make_sop_office())
    remind(plan(duty.office)[5], H5)
    message = Delivery.objects.get()
    delivery.mark_opened(delivery=message, by="Rina", at=H5)

    jobs.settle.call(message.pk)

    assert task_of(duty, "H-5").closed_at is None


def test_a_card_that_is_in_stops_the_reminders_and_their_tasks() -> None:
    duty = make_duty(make_sop_office())
    planned = plan(duty.office)
    remind(planned[5], H5)
    hand_in_card(duty, at=H5 + timedelta(hours=1))

    plan(duty.office, H5 + timedelta(hours=2))

    assert [fate_of(reminder) for reminder in planned.values()] == [Fate.NOT_NEEDED, Fate.NOT_NEEDED]
    assert Delivery.objects.get().state == Delivery.State.CANCELLED
    assert task_of(duty, "H-5").outcome == task_of(duty, "H-3").outcome == Task.Outcome.NOT_NEEDED


def test_a_card_taken_back_brings_the_coming_reminder_back() -> None:
    duty = make_duty(make_sop_office())
    planned = plan(duty.office)
    hand_in_card(duty, at=H5)
    plan(duty.office, H5)
    card = Task.objects.get(subject=duty.subject, activity__rhythm=Activity.Rhythm.CARD)
    sop.reopen_task(task=card, at=H5, by="Rina", reason="salah nama")

    plan(duty.office, H5 + timedelta(hours=1))

    assert fate_of(planned[3]) == Fate.PLANNED
    assert task_of(duty, "H-3").closed_at is None


def test_who_is_away_on_the_day_is_left_in_peace_and_the_ca_is_told() -> None:
    duty = make_duty(make_sop_office())
    assert duty.holder is not None
    Absence.objects.create(employee=duty.holder, starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 23))
    planned = plan(duty.office)

    decision = remind(planned[5], H5)

    assert decision == Decision.AWAY
    assert Delivery.objects.count() == 0
    assert [reminder.pk for reminder in queries.away(duty.office, on=date(2026, 11, 23))] == [planned[5].pk]
    assert remind(planned[3], H3) == Decision.SEND


def test_handing_a_duty_over_takes_back_the_old_message_and_plans_the_new_ones() -> None:
    duty = make_duty(make_sop_office())
    planned = plan(duty.office)
    remind(planned[5], H5)
    new = make_holder(duty.office, name="Bayu Pratama")
    Duty.objects.filter(pk=duty.pk).update(holder=new)

    plan(duty.office, H5 + timedelta(hours=1))

    assert [fate_of(reminder) for reminder in planned.values()] == [Fate.HANDED_OVER, Fate.HANDED_OVER]
    assert Delivery.objects.get().state == Delivery.State.CANCELLED
    fresh = queries.reminders_of(duty.office).filter(employee=new)
    assert [(reminder.offset, reminder.fate) for reminder in fresh] == [(5, Fate.PLANNED), (3, Fate.PLANNED)]
    assert task_of(duty, "H-5").closed_at is None
    assert remind(fresh[0], H5 + timedelta(hours=2)) == Decision.SEND
    assert Delivery.objects.filter(key=f"reminder|duty={duty.pk}|person={new.pk}|D-5").exists()


def test_a_late_start_sends_only_the_one_that_is_due() -> None:
    duty = make_duty(make_sop_office())
    planned = plan(duty.office, H3 + timedelta(hours=1))

    decisions = [remind(planned[offset], H3 + timedelta(hours=1)) for offset in (5, 3)]

    assert decisions == [Decision.MERGED, Decision.SEND]
    assert [message.key.rpartition("|")[2] for message in Delivery.objects.all()] == ["D-3"]
    assert task_of(duty, "H-5").outcome == Task.Outcome.SKIPPED


def test_an_h5_that_nobody_sent_gives_way_to_h3(monkeypatch: pytest.MonkeyPatch) -> None:
    duty = make_duty(make_sop_office())
    planned = plan(duty.office)
    remind(planned[5], H5)
    message = Delivery.objects.get()
    monkeypatch.setattr(clock, "now", lambda: H3)

    delivery_jobs.send.call(message.pk)
    jobs.settle.call(message.pk)

    message.refresh_from_db()
    assert message.state == Delivery.State.CANCELLED
    assert fate_of(planned[5]) == Fate.MERGED


def test_a_moved_posting_day_moves_the_reminders() -> None:
    duty = make_duty(make_sop_office())
    plan(duty.office)
    Duty.objects.filter(pk=duty.pk).update(posts_on=date(2026, 12, 1))

    moved = plan(duty.office)

    assert moved[5].due_at == H5 + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_wakes_what_is_due_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    from pegasus.kernel.models import Job  # noqa: PLC0415 - only this test looks behind the curtain

    duty = make_duty(make_sop_office())
    planned = plan(duty.office)
    monkeypatch.setattr(clock, "now", lambda: H5)

    jobs.sweep.call()
    jobs.sweep.call()

    woken = Job.objects.filter(task_path="pegasus.reminders.jobs.remind")
    assert [job.args for job in woken] == [[planned[5].pk]]


def test_the_offices_own_wording_is_used_and_the_shipped_one_needs_no_row() -> None:
    duty = make_duty(make_sop_office())
    actions.write_text(office=duty.office, offset=5, text="Hai {nama}: {tautan}", by="Rina", at=BEFORE)

    remind(plan(duty.office)[5], H5)

    assert text_of(Delivery.objects.get()).startswith("Hai Sari Wulandari: http")
    shipped = SHIPPED[5]
    actions.write_text(office=duty.office, offset=5, text=shipped, by="Rina", at=BEFORE)
    assert MessageText.objects.count() == 0


@pytest.mark.parametrize("duties", [1, 4])
def test_planning_costs_the_same_however_many_duties(duties: int, django_assert_max_num_queries: object) -> None:
    office = make_sop_office()
    for seat in range(1, duties + 1):
        make_duty(office, seat=seat)
    plan(office)

    with django_assert_max_num_queries(11):  # type: ignore[operator]
        actions.plan(office=office, at=BEFORE)


@pytest.fixture
def opened() -> tuple[Duty, Reminder, Delivery]:
    """An H-5 that the CA has opened in WhatsApp and not confirmed yet."""
    duty = make_duty(make_sop_office())
    reminder = plan(duty.office)[5]
    remind(reminder, H5)
    message = Delivery.objects.get()
    delivery.mark_opened(delivery=message, by="Rina", at=H5)
    return duty, reminder, message


def test_what_was_opened_is_withdrawn_when_the_card_comes_in(opened: tuple[Duty, Reminder, Delivery]) -> None:
    duty, reminder, message = opened
    hand_in_card(duty, at=H5 + timedelta(hours=1))

    plan(duty.office, H5 + timedelta(hours=2))

    message.refresh_from_db()
    assert (message.state, message.note) == (Delivery.State.CANCELLED, actions.NOTES[Fate.NOT_NEEDED])
    assert fate_of(reminder) == Fate.NOT_NEEDED
    with pytest.raises(delivery.NotNow):
        delivery.confirm(delivery=message, by="Rina", at=H5 + timedelta(hours=3))


def test_what_was_opened_is_withdrawn_when_the_duty_changes_hands(opened: tuple[Duty, Reminder, Delivery]) -> None:
    duty, reminder, message = opened
    Duty.objects.filter(pk=duty.pk).update(holder=make_holder(duty.office, name="Bayu Pratama"))

    plan(duty.office, H5 + timedelta(hours=1))

    message.refresh_from_db()
    assert (message.state, fate_of(reminder)) == (Delivery.State.CANCELLED, Fate.HANDED_OVER)


def test_what_was_opened_and_never_confirmed_gives_way_to_h3(
    opened: tuple[Duty, Reminder, Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    _duty, reminder, message = opened
    monkeypatch.setattr(clock, "now", lambda: H3)

    delivery_jobs.send.call(message.pk)
    jobs.settle.call(message.pk)

    message.refresh_from_db()
    assert (message.state, fate_of(reminder)) == (Delivery.State.CANCELLED, Fate.MERGED)
    assert message.note == "Waktunya sudah lewat"


def test_a_confirmation_after_a_swap_does_not_close_the_new_holders_task(
    opened: tuple[Duty, Reminder, Delivery],
) -> None:
    duty, reminder, message = opened
    Duty.objects.filter(pk=duty.pk).update(holder=make_holder(duty.office, name="Bayu Pratama"))
    delivery.confirm(delivery=message, by="Rina", at=H5 + timedelta(minutes=30))  # before anything was planned anew

    jobs.settle.call(message.pk)

    task = task_of(duty, "H-5")
    assert (task.closed_at, task.evidence.count()) == (None, 0)
    assert fate_of(reminder) == Fate.HANDED_OVER


def away(duty: Duty, first: date, last: date) -> None:
    assert duty.holder is not None
    Absence.objects.create(employee=duty.holder, starts_on=first, ends_on=last)


@pytest.mark.parametrize("state", [Delivery.State.PLANNED, Delivery.State.PREPARED, Delivery.State.OPENED])
def test_leave_entered_later_stops_the_message(state: str) -> None:
    duty = make_duty(make_sop_office())
    reminder = plan(duty.office)[5]
    remind(reminder, H5)
    Delivery.objects.update(state=state)
    away(duty, date(2026, 11, 23), date(2026, 11, 23))

    plan(duty.office, H5 + timedelta(minutes=10))

    message = Delivery.objects.get()
    assert (message.state, fate_of(reminder)) == (Delivery.State.CANCELLED, Fate.AWAY)


def test_leave_over_both_days_brings_one_reminder_on_the_day_of_return() -> None:
    duty = make_duty(make_sop_office())
    away(duty, date(2026, 11, 23), date(2026, 11, 25))
    planned = plan(duty.office)
    back = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)

    decisions = [remind(planned[5], H5), remind(planned[3], H3), remind(planned[3], back)]

    assert decisions == [Decision.AWAY, Decision.RETURN, Decision.SEND]
    assert planned[3].due_at == back
    assert Delivery.objects.count() == 1
    assert (fate_of(planned[3]), task_of(duty, "H-3").closed_at) == (Fate.PLANNED, None)


def test_leave_entered_after_h3_was_prepared_brings_it_again_on_the_day_of_return() -> None:
    duty = make_duty(make_sop_office())
    reminder = plan(duty.office)[3]
    remind(reminder, H3)
    first = Delivery.objects.get()
    away(duty, date(2026, 11, 25), date(2026, 11, 26))
    back = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)

    plan(duty.office, H3 + timedelta(minutes=10))
    jobs.settle.call(first.pk)
    waiting = queries.reminders_of(duty.office).get(pk=reminder.pk)
    decision = remind(reminder, back)

    first.refresh_from_db()
    second = Delivery.objects.exclude(pk=first.pk).get()
    assert (waiting.due_at, waiting.delivery_id, waiting.fate) == (back, None, Fate.PLANNED)
    assert (first.state, decision, second.state) == (Delivery.State.CANCELLED, Decision.SEND, Delivery.State.PLANNED)
    assert second.key == f"{first.key}|back=2026-11-27"
    delivery.confirm(delivery=second, by="Rina", at=back)
    jobs.settle.call(second.pk)
    assert task_of(duty, "H-3").outcome == Task.Outcome.DONE


def test_who_comes_back_on_the_posting_day_only_is_not_reminded() -> None:
    duty = make_duty(make_sop_office())
    away(duty, date(2026, 11, 23), date(2026, 11, 29))
    planned = plan(duty.office)

    assert [remind(planned[5], H5), remind(planned[3], H3)] == [Decision.AWAY, Decision.AWAY]
    assert Delivery.objects.count() == 0


def test_leave_that_was_deleted_lets_the_reminder_go_at_its_time() -> None:
    duty = make_duty(make_sop_office())
    away(duty, date(2026, 11, 23), date(2026, 11, 25))
    moved = plan(duty.office)[3].due_at
    Absence.objects.all().delete()

    assert (moved > H3, plan(duty.office)[3].due_at) == (True, H3)
