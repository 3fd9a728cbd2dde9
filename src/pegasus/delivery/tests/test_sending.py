"""Nothing is sent twice, nothing is lost, whatever the channel does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError
from tests.builders import NOW, make_employee, make_office

from pegasus.delivery import actions, channels, jobs, queries
from pegasus.delivery.domain.states import Event
from pegasus.delivery.models import Attempt, Delivery
from pegasus.delivery.ports import Message, NotSent, OutcomeUnknown, Receipt, Refused
from pegasus.delivery.tests.builders import make_delivery
from pegasus.kernel import clock
from pegasus.kernel.models import Job

pytestmark = pytest.mark.django_db
State = Delivery.State


class FakeChannel:
    """Keeps what was sent; answers as it is told."""

    manual = False
    sent: list[Message] = []
    answers: list[Exception] = []

    def address_of(self, employee_phone: str, employee_email: str) -> str:
        return employee_email

    def send(self, message: Message) -> Receipt:
        # The attempt stands in the database before anything leaves.
        assert Attempt.objects.get(uuid=message.attempt).outcome == Attempt.Outcome.STARTED
        FakeChannel.sent.append(message)
        if FakeChannel.answers:
            raise FakeChannel.answers.pop(0)
        return Receipt(provider_id="<1@server>")


@pytest.fixture(autouse=True)
def fake(settings: object) -> None:
    settings.DELIVERY_CHANNELS = {  # type: ignore[attr-defined]
        "email": f"{__name__}.FakeChannel",
        "whatsapp_manual": "pegasus.integrations.whatsapp_manual.ManualWhatsApp",
    }
    channels.channel.cache_clear()
    FakeChannel.sent, FakeChannel.answers = [], []


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock."""

    def turn(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    turn(NOW)
    return turn


def test_a_due_delivery_is_sent_once_however_often_it_is_woken(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery()

    jobs.send.call(delivery.pk)
    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == State.ACCEPTED
    assert delivery.settled_at == NOW
    assert [message.address for message in FakeChannel.sent] == ["sari@example.go.id"]
    assert [attempt.provider_id for attempt in delivery.attempts.all()] == ["<1@server>"]


def test_nothing_is_sent_before_its_time(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery(due_at=NOW + timedelta(seconds=1))

    jobs.send.call(delivery.pk)

    assert FakeChannel.sent == []


def test_what_did_not_leave_is_tried_again_and_given_up_after_four_tries(at: Callable[[datetime], None]) -> None:
    delivery, moment = make_delivery(), NOW
    FakeChannel.answers = [NotSent("down", code="ConnectionRefusedError") for _ in range(4)]
    waits = []
    for _ in range(4):
        at(moment)
        jobs.send.call(delivery.pk)
        jobs.send.call(delivery.pk)
        delivery.refresh_from_db()
        if delivery.retry_at:
            waits.append(delivery.retry_at - moment)
            moment = delivery.retry_at

    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)]
    assert delivery.state == State.FAILED
    assert len(FakeChannel.sent) == 4


def test_what_is_refused_is_not_tried_again(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery()
    FakeChannel.answers = [Refused("unknown person", code="550")]

    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts.get().error_code) == (State.FAILED, "550")
    assert list(queries.needing_work(NOW + timedelta(days=1))) == []


@pytest.mark.parametrize("error", [OutcomeUnknown("hung up"), RuntimeError("a fault of the adapter")])
def test_an_uncertain_outcome_is_put_before_a_person_and_never_sent_again(
    error: Exception, at: Callable[[datetime], None]
) -> None:
    delivery = make_delivery()
    FakeChannel.answers = [error]

    jobs.send.call(delivery.pk)
    at(NOW + timedelta(days=1))
    jobs.sweep.call()
    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == State.UNKNOWN
    assert len(FakeChannel.sent) == 1


def test_a_sender_that_vanished_leaves_it_unknown(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery()
    actions.begin(delivery=delivery, at=NOW)

    at(NOW + timedelta(seconds=30))
    jobs.send.call(delivery.pk)
    delivery.refresh_from_db()
    early = delivery.state
    at(NOW + actions.LEASE + timedelta(seconds=1))
    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert (early, delivery.state) == (State.CLAIMED, State.UNKNOWN)
    assert delivery.attempts.get().error_code == "lost"
    assert FakeChannel.sent == []


def test_a_late_yes_of_the_provider_still_counts(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery()
    attempt = actions.begin(delivery=delivery, at=NOW)
    later = NOW + actions.LEASE + timedelta(seconds=1)
    actions.lose(delivery=delivery, at=later)

    assert attempt is not None
    actions.end(attempt=attempt, outcome=actions.Outcome(Event.ACCEPT, provider_id="<late>"), at=later)

    delivery.refresh_from_db()
    assert delivery.state == State.ACCEPTED
    assert delivery.attempts.get().provider_id == "<late>"


def test_an_old_calls_end_does_not_touch_a_newer_call(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery()
    old = actions.begin(delivery=delivery, at=NOW)
    later = NOW + timedelta(minutes=5)
    actions.lose(delivery=delivery, at=later)
    actions.send_again(delivery=delivery, by="Rina", at=later, reason="belum masuk di grup")
    actions.begin(delivery=Delivery.objects.get(pk=delivery.pk), at=later)

    assert old is not None
    actions.end(attempt=old, outcome=actions.Outcome(Event.NOT_SENT), at=later)

    delivery.refresh_from_db()
    assert delivery.state == State.CLAIMED


def test_when_the_attempt_cannot_be_written_nothing_is_sent(
    at: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = make_delivery()

    def disk_is_full(**_: object) -> Attempt:
        raise DatabaseError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Attempt.objects, "create", disk_is_full)
        with pytest.raises(DatabaseError):
            jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert FakeChannel.sent == []
    assert delivery.state == State.PLANNED
    jobs.send.call(delivery.pk)
    assert len(FakeChannel.sent) == 1


def test_a_person_without_an_address_is_a_reason_and_no_call(at: Callable[[datetime], None]) -> None:
    office = make_office()
    delivery = make_delivery(office, to=make_employee(office))

    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts.get().error_code) == (State.FAILED, "no_address")
    assert FakeChannel.sent == []


def test_what_is_too_late_is_cancelled(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery(expires_at=NOW)

    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == State.CANCELLED
    assert FakeChannel.sent == []


def test_a_manual_message_is_laid_before_a_person_when_due(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery(channel="whatsapp_manual")

    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == State.PREPARED
    assert delivery.attempts.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_sweep_wakes_what_must_move_and_one_bad_row_does_not_hide_the_rest(at: Callable[[datetime], None]) -> None:
    bad, due = make_delivery(channel="gone"), make_delivery()
    again = make_delivery(state=State.RETRY_WAIT, retry_at=NOW, tries=1)
    lost = make_delivery(state=State.CLAIMED, leased_until=NOW - timedelta(seconds=1), tries=1)
    late = make_delivery(channel="whatsapp_manual", state=State.PREPARED, expires_at=NOW)
    make_delivery(state=State.UNKNOWN)
    make_delivery(due_at=NOW + timedelta(hours=1))
    Job.objects.all().delete()

    jobs.sweep.call()
    jobs.sweep.call()

    woken = [job.args[0] for job in Job.objects.order_by("pk")]
    assert sorted(woken) == sorted([due.pk, again.pk, lost.pk, late.pk])
    assert bad.pk not in woken


@pytest.mark.django_db(transaction=True)
def test_whoever_planned_it_hears_of_every_settled_change(at: Callable[[datetime], None]) -> None:
    delivery = make_delivery(on_change="worker.clean_up")
    Job.objects.all().delete()

    jobs.send.call(delivery.pk)

    assert [(job.task_path, job.args) for job in Job.objects.all()] == [
        ("pegasus.worker.jobs.clean_up", [delivery.pk])
    ]


def test_planning_the_same_key_again_changes_nothing() -> None:
    first = make_delivery(key="reminder|duty=42|person=7|D-5", text="Halo")

    again = actions.plan_delivery(
        office=first.office,
        key=first.key,
        channel="email",
        kind="reminder",
        to=first.to,
        text="Lain",
        due_at=NOW,
        at=NOW,
    )

    assert (again.pk, again.text) == (first.pk, "Halo")


def test_confirming_what_is_uncertain_needs_evidence_and_is_written_down() -> None:
    delivery = make_delivery(state=State.UNKNOWN)

    with pytest.raises(actions.EvidenceNeeded):
        actions.confirm(delivery=delivery, by="Rina", at=NOW)
    actions.confirm(delivery=delivery, by="Rina", at=NOW, note="Sari membalas pukul 08.12")

    assert (delivery.state, delivery.settled_by) == (State.CONFIRMED, "Rina")
    assert delivery.note == "Sari membalas pukul 08.12"


def test_sending_again_needs_a_reason_and_a_person() -> None:
    delivery = make_delivery(state=State.UNKNOWN, tries=1)

    with pytest.raises(actions.ReasonNeeded):
        actions.send_again(delivery=delivery, by="Rina", at=NOW, reason=" ")
    actions.send_again(delivery=delivery, by="Rina", at=NOW, reason="Sari belum menerima")

    assert delivery.state == State.PLANNED


def test_what_was_confirmed_cannot_be_opened_or_cancelled() -> None:
    delivery = make_delivery(channel="whatsapp_manual", state=State.CONFIRMED)

    with pytest.raises(actions.NotNow):
        actions.mark_opened(delivery=delivery, by="Rina", at=NOW)
    with pytest.raises(actions.NotNow):
        actions.cancel(delivery=delivery, by="Rina", at=NOW)
