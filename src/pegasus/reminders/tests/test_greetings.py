"""A birthday comes near and its card is not made: the one who owes it is told once, and only while it helps."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.builders import make_employee, make_office

from pegasus.cards import actions as cards
from pegasus.cards.models import Card
from pegasus.delivery.models import Delivery
from pegasus.people.models import Absence, Employee, Office
from pegasus.reminders import actions, queries
from pegasus.sop import actions as sop
from pegasus.sop import queries as sop_queries
from pegasus.sop.models import ProcedureVersion

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 09.00 WIB
NEAR, FAR = date(1988, 11, 26), date(1988, 11, 27)  # Thursday and Friday of this week


def make_greeting_office(*, role: str = "humas", **given: Any) -> tuple[Office, Employee]:  # noqa: ANN401 - any field
    """An office whose greeting cards somebody makes who does not send the office's messages."""
    office = make_office(**given)
    sop.install(office=office, code="bgc", at=NOW - timedelta(days=30))
    for version in ProcedureVersion.objects.filter(procedure__programme__office=office):
        version.lanes = [lane | {"role": role} for lane in version.lanes]
        version.save()
    make_employee(office, name="Dewi Lestari", roles=("ca",), email="dewi@contoh.example")
    return office, make_employee(office, name="Hana Wulandari", roles=("humas",), email="hana@contoh.example")


def remind(office: Office, at: datetime = NOW) -> list[Delivery]:
    sop.open_period_tasks(office=office, at=at)
    actions.remind_of_birthdays(office=office, at=at)
    return list(Delivery.objects.filter(office=office).order_by("pk"))


def test_the_third_working_day_before_tells_who_owes_the_card_once() -> None:
    office, hana = make_greeting_office()
    make_employee(office, name="Sari Wulandari", birth_date=NEAR)
    make_employee(office, name="Bayu Pratama", birth_date=FAR)

    (message,) = remind(office)
    again = remind(office, NOW + timedelta(hours=3))

    task = sop_queries.greeting_tasks(office).get(label="Ulang tahun Sari Wulandari", part="")
    assert again == [message]
    assert (message.to, message.channel, message.kind) == (hana, "whatsapp_manual", "greeting")
    assert message.subject == "Ulang tahun Sari Wulandari: kartunya belum dibuat"
    assert f"/kartu/ulang-tahun/{task.pk}/" in message.text
    assert "Rabu, 25 November 2026" in message.text
    assert "1988" not in message.text
    assert message.expires_at == task.due_at


def test_who_sends_the_messages_is_told_by_mail_alone() -> None:
    office, _hana = make_greeting_office(role="ca", reminders_by_email=True)
    make_employee(office, name="Sari Wulandari", birth_date=NEAR)

    sent = remind(office)

    assert [(one.channel, one.to.name if one.to else "") for one in sent] == [("email", "Dewi Lestari")]


@pytest.mark.parametrize("at", [NOW - timedelta(hours=5), NOW + timedelta(hours=12)])
def test_nobody_is_told_before_the_offices_hour_or_at_night(at: datetime) -> None:
    office, _hana = make_greeting_office()
    make_employee(office, birth_date=NEAR)

    assert remind(office, at) == []


def test_nobody_is_told_while_away() -> None:
    office, hana = make_greeting_office()
    make_employee(office, birth_date=NEAR)
    Absence.objects.create(employee=hana, starts_on=NOW.date(), ends_on=NOW.date())

    assert remind(office) == []


def test_a_message_that_has_not_left_is_taken_back_once_the_card_is_made() -> None:
    office, _hana = make_greeting_office()
    make_employee(office, name="Sari Wulandari", birth_date=NEAR)
    (message,) = remind(office)
    task = sop_queries.greeting_tasks(office).get(part="")

    cards.submit_card(card=cards.card_for(task=task, at=NOW), by="Hana", at=NOW)
    remind(office, NOW + timedelta(hours=1))

    message.refresh_from_db()
    assert Card.objects.get().state == "submitted"
    assert message.state == Delivery.State.CANCELLED
    assert queries.offices_with_birthdays(NOW) == [office.pk]  # the posting is still to come
