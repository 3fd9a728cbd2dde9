"""Nothing leaves by itself outside the office's hours, of whatever kind; what a person sends by hand may."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from tests.builders import make_office

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.models import Holiday
from pegasus.delivery import actions, jobs
from pegasus.delivery.domain.hours import OfficeHours
from pegasus.delivery.models import Delivery
from pegasus.delivery.tests.builders import make_delivery
from pegasus.kernel import clock
from pegasus.people.models import Office

State = Delivery.State
HOURS = OfficeHours(WorkingCalendar(frozenset({date(2026, 12, 25)})), time(8, 0), "Asia/Jakarta")


def wib(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


EXAMPLES = [
    (wib(23, 7, 59), wib(23, 8)),  # Monday, before the hour
    (wib(23, 8), wib(23, 8)),
    (wib(23, 19, 59), wib(23, 19, 59)),
    (wib(23, 20), wib(24, 8)),
    (wib(24, 2, 16), wib(24, 8)),
    (wib(27, 20), wib(30, 8)),  # Friday evening
    (wib(28, 10), wib(30, 8)),  # Saturday
    (wib(29, 23, 59), wib(30, 8)),
    (wib(24, 21, month=12), wib(28, 8, month=12)),  # Christmas is a Friday
    (wib(25, 9, month=12), wib(28, 8, month=12)),
]


@pytest.mark.parametrize(("moment", "good"), EXAMPLES)
def test_the_next_good_moment(moment: datetime, good: datetime) -> None:
    assert HOURS.next_good_moment(moment) == good
    assert HOURS.is_a_good_hour(moment) == (moment == good)


@pytest.fixture
def office() -> Office:
    office = make_office()
    Holiday.objects.create(office=office, on=date(2026, 12, 25), name="Natal")
    return office


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["email", "whatsapp_manual"])
@pytest.mark.parametrize("kind", ["reminder", "link", "review", "greeting", "swap", "another"])
def test_every_kind_is_planned_for_the_offices_hours(office: Office, kind: str, channel: str) -> None:
    due = [make_delivery(office, kind=kind, channel=channel, due_at=moment).due_at for moment, _good in EXAMPLES]

    assert due == [good for _moment, good in EXAMPLES]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.PLANNED, State.RETRY_WAIT])
def test_what_is_woken_late_waits_for_the_morning(office: Office, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = make_delivery(office, due_at=wib(23, 16), state=state, retry_at=wib(23, 19, 50), tries=1)
    monkeypatch.setattr(clock, "now", lambda: wib(24, 2, 16))

    jobs.send.call(delivery.pk)

    delivery.refresh_from_db()
    night = (delivery.state, delivery.attempts.count(), len(mail.outbox))
    assert night == (state, 0, 0)
    assert (delivery.due_at if state == State.PLANNED else delivery.retry_at) == wib(24, 8)
    monkeypatch.setattr(clock, "now", lambda: wib(24, 8))
    jobs.send.call(delivery.pk)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_what_a_person_sends_again_at_night_goes_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = make_delivery(office, state=State.FAILED)
    actions.send_again(delivery=delivery, by="Rina", at=wib(24, 21), reason="mendesak")
    monkeypatch.setattr(clock, "now", lambda: wib(24, 21))

    jobs.send.call(delivery.pk)

    assert len(mail.outbox) == 1
