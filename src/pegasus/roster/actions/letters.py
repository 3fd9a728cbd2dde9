"""Messages about turns that change hands: to those who are asked, and with the answer to who asked."""

from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.delivery import actions as delivery
from pegasus.delivery.domain.states import WITHDRAWABLE
from pegasus.delivery.queries import deliveries_of
from pegasus.people import actions as people
from pegasus.people.models import Employee
from pegasus.people.queries import token_of
from pegasus.roster.domain import letters
from pegasus.roster.models import ASK_PURPOSE, Swap, SwapAsk

BY = "Pegasus"
MANUAL = "whatsapp_manual"


def send_question(ask: SwapAsk, *, at: datetime) -> None:
    """Plan the message that asks somebody, with their personal link."""
    swap, office = ask.swap, ask.swap.duty.office
    until = end_of_day(swap.duty.posts_on, office.timezone)
    link = people.open_link(employee=ask.employee, purpose=ASK_PURPOSE, subject=ask.subject, expires_at=until, at=at)
    text = letters.ASK_EXCHANGE if swap.kind == Swap.Kind.EXCHANGE else letters.ASK_SUBSTITUTE
    values = _values(swap, ask.employee) | {
        "peminta": swap.from_employee.name,
        "tautan": f"{settings.PEGASUS_BASE_URL}/j/{token_of(link)}/",
        "batas": _moment(ask.answer_by, office.timezone),
    }
    subject = f"{swap.from_employee.name} meminta bantuan: giliran Pegasus {_day(swap.duty.posts_on)}"
    _plan(f"ask|{ask.pk}", ask.employee, swap, subject, text.format(**values), at=at, on_change="roster.asked")


def take_back_question(ask: SwapAsk, *, stays_open: bool, at: datetime) -> None:
    """Cancel the message of an ask if it has not left, and close its link unless that stays open to be read."""
    if not stays_open:
        people.revoke_links(purpose=ASK_PURPOSE, subject=ask.subject, at=at)
    keys = [f"ask|{ask.pk}", f"ask|{ask.pk}|email"]
    unsent = deliveries_of(ask.swap.duty.office).filter(key__in=keys, state__in=WITHDRAWABLE)
    for message in unsent:
        with suppress(delivery.NotNow):  # it is leaving at this moment: its page says that nobody waits any more
            delivery.cancel(delivery=message, by=BY, at=at, note="Jawaban tidak diperlukan lagi")


def send_news(swap: Swap, text: str, *, colleague: Employee | None, at: datetime) -> None:
    """Plan the message that tells who asked what came of it."""
    values = _values(swap, swap.from_employee) | {"rekan": colleague.name if colleague else ""}
    number = swap.asks.count()  # after each round of asking there may be news
    subject = f"Kabar giliran Pegasus {_day(swap.duty.posts_on)}"
    _plan(
        f"news|swap={swap.pk}|{swap.state}|{number}", swap.from_employee, swap, subject, text.format(**values), at=at
    )


def _values(swap: Swap, to: Employee) -> dict[str, str]:
    other = swap.other_duty
    return {
        "nama": to.name,
        "hari_tayang": _day(swap.duty.posts_on),
        "hari_anda": _day(other.posts_on) if other else "",
        "kantor": swap.duty.office.name,
    }


def _plan(key: str, to: Employee, swap: Swap, subject: str, text: str, *, at: datetime, on_change: str = "") -> None:
    office = swap.duty.office
    roads = {MANUAL: key}
    if office.reminders_by_email and to.email:
        roads["email"] = f"{key}|email"
    for channel, name in roads.items():
        delivery.plan_delivery(
            office=office,
            key=name,
            channel=channel,
            kind="swap",
            to=to,
            subject=subject,
            text=text,
            due_at=at,
            at=at,
            expires_at=end_of_day(swap.duty.posts_on, office.timezone),
            on_change=on_change,
            is_copy=channel != MANUAL,
        )


def _day(day: date) -> str:
    with translation.override("id"):
        return str(date_format(day, "l, j F Y"))


def _moment(at: datetime, zone: str) -> str:
    with translation.override("id"):
        return str(date_format(at.astimezone(ZoneInfo(zone)), "l, j F, \\p\\u\\k\\u\\l H.i"))
