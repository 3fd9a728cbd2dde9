from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import connection, transaction

from pegasus.calendar import actions as calendar
from pegasus.calendar import queries as days
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.models import Holiday
from pegasus.cards import actions as cards
from pegasus.kernel import audit, jobs
from pegasus.people import actions as people
from pegasus.people.models import Employee, Office, Role, User
from pegasus.roster import actions as roster
from pegasus.roster.misfits import Misfit, World
from pegasus.roster.repairs import propose
from pegasus.sop import actions as sop
from pegasus.sop.shipped import titles
from pegasus.typeset.pictures import Picture

SETTINGS = (
    "privacy_contact",
    "leaver_years",
    "requires_second_factor",
    "name",
    "unit_code",
    "agency",
    "region",
    "city",
    "postal_address",
    "phone_line",
    "website",
    "email",
    "timezone",
    "people_per_week",
    "posting_weekday",
    "roster_period",
    "reminder_hour",
    "reminder_counting",
    "reviews_cards",
    "review_hours",
    "birthday_posting",
    "reminders_by_email",
    "instagram_account",
    "hashtags",
)


class AlreadyBegun(Exception):
    """Somebody set this installation up a moment earlier."""


@transaction.atomic
def add_office_with_procedures(
    *,
    code: str,
    name: str,
    timezone: str,
    by: str,
    at: datetime,
    head: str = "",
    sop_name: str = "",
    **fields: object,
) -> Office:
    """Make an office that can begin: its calendar of last, this and next year, SOP-330, and what is due today.

    `head` signs the office's SOP; `sop_name` is `signed` for the name in the signed original, else the shipped one.
    """
    fields.setdefault("region", region_of(name))
    office = people.add_office(code=code, name=name, timezone=timezone, by=by, at=at, **fields)
    year = at.astimezone(ZoneInfo(timezone)).year
    calendar.seed_holidays(office=office, years=(year - 1, year, year + 1), by=by, at=at)
    shipped, signed = titles("pegasus")
    sop.install(office=office, code="pegasus", at=at, head=head, title=signed if sop_name == "signed" else shipped)
    sop.open_period_tasks(office=office, at=at)
    cards.load_shipped()  # so that looking at a personal page never has to write
    return office


@transaction.atomic
def set_up_office(*, office: Mapping[str, str], person: Mapping[str, str], at: datetime) -> User:
    """Found the first office with its first person, who keeps the programme and the installation."""
    _be_the_first()
    name = person["name"]
    founded = add_office_with_procedures(
        code=office["code"],
        name=office["name"],
        timezone=office["timezone"],
        unit_code=office["unit_code"],
        city=office["city"],
        head=office.get("head", ""),
        sop_name=office.get("sop_name", ""),
        by=name,
        at=at,
    )
    sop.install(office=founded, code="bgc", at=at)
    return appoint_first(office=founded, person=person, at=at)


@transaction.atomic
def appoint_first(*, office: Office, person: Mapping[str, str], at: datetime, temporary: bool = False) -> User:
    """Add the person who keeps the programme and the installation (CA and administrator), with an account."""
    name = person["name"]
    first = people.add_employee(
        office=office, name=name, email=person.get("email", ""), phone=person.get("phone", ""), by=name, at=at
    )
    user = people.give_account(
        employee=first, username=person["username"], password=person["password"], by=name, at=at, temporary=temporary
    )
    for role in (Role.CA, Role.ADMIN):
        people.assign_role(
            employee=first,
            role=role,
            decree_number="",
            valid_from=at.astimezone(ZoneInfo(office.timezone)).date(),
            valid_until=None,
            by=name,
            at=at,
        )
    # Once more: what is due today now has somebody who owes it.
    sop.open_period_tasks(office=office, at=at)
    return user


def finish_demo(*, office: Office) -> None:
    """Hand the demonstration office over to what works by itself: its past has been played."""
    Office.objects.filter(pk=office.pk).update(is_being_made=False)


@transaction.atomic
def change_settings(
    *, office: Office, changes: Mapping[str, object], role_labels: Mapping[str, str], by: Employee, at: datetime
) -> list[str]:
    """Change what the SOP leaves to the office; return the names of the settings that changed."""
    wanted = {name: changes[name] for name in SETTINGS if name in changes} | {"role_labels": dict(role_labels)}
    changed = sorted(name for name, value in wanted.items() if getattr(office, name) != value)
    if not changed:
        return []
    before = {name: str(getattr(office, name)) for name in changed}
    for name in changed:
        setattr(office, name, wanted[name])
    office.save(update_fields=changed)
    audit.record(
        action="office.settings_changed",
        subject=f"office:{office.pk}",
        actor=by.name,
        employee_id=by.pk,
        office_id=office.pk,
        at=at,
        before=before,
        after={name: str(wanted[name]) for name in changed},
    )
    sop.open_period_tasks(office=office, at=at)
    roster.follow_deadlines(office=office, at=at)
    jobs.wake("reminders.plan", office.pk)
    return changed


@dataclass(frozen=True)
class DayChange:
    """A day off that a decree declares, takes back, or that comes back; `words` are the name, kind and decree."""

    deed: Literal["add", "withdraw", "restore"]
    on: date
    words: Mapping[str, str] = field(default_factory=dict)
    holiday: Holiday | None = None

    def calendar_of(self, office: Office) -> WorkingCalendar:
        """Return the calendar as it would be."""
        return days.considered(office, **{"on" if self.deed == "withdraw" else "off": self.on})


@transaction.atomic
def change_day(*, office: Office, change: DayChange, seal: str, by: str, at: datetime) -> list[Misfit]:
    """Change the calendar; with the seal of a preview the turns follow as it showed, in one go."""
    waiting = {one.facts for one in World.of(office, at).misfits}
    if change.holiday is None:
        calendar.add_holiday(office=office, on=change.on, **change.words, by=by, at=at)
    elif change.deed == "withdraw":
        calendar.withdraw_holiday(holiday=change.holiday, **change.words, by=by, at=at)
    else:
        calendar.restore_holiday(holiday=change.holiday, by=by, at=at)
    if not seal:
        return []
    proposal = propose(World.of(office, at))
    if proposal.seal != seal:
        raise roster.WorldChanged
    fresh = {row.misfit.key for row in proposal.rows if row.misfit.facts not in waiting}
    picks = {key: person for key, person in proposal.picks.items() if key in fresh}
    return roster.apply_repair(office=office, picks=picks, fingerprint=proposal.fingerprint, by=by, at=at)


@transaction.atomic
def change_logo(*, office: Office, logo: Picture | None, by: Employee, at: datetime) -> None:
    """Put a logo on the letterhead, or take it off."""
    if logo is None:
        office.logo = ""
    else:
        suffix = "png" if logo.content_type == "image/png" else "jpg"
        office.logo.save(f"{office.code}.{suffix}", ContentFile(logo.data), save=False)
    office.save(update_fields=["logo"])
    audit.record(
        action="office.logo_changed",
        subject=f"office:{office.pk}",
        actor=by.name,
        employee_id=by.pk,
        office_id=office.pk,
        at=at,
        after={"has_logo": bool(logo)},
    )


def region_of(name: str) -> str:
    """Return the letterhead's second line as an office's name suggests it: BPS Kota Uji is KOTA UJI."""
    words = name.upper().removeprefix("BADAN PUSAT STATISTIK").strip()
    return words.removeprefix("BPS").strip()


def _be_the_first() -> None:
    """Let one set-up through: the second sees the first one's office (SQLite's write transaction is the lock)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE people_office IN SHARE ROW EXCLUSIVE MODE")
    if Office.objects.exists():
        raise AlreadyBegun
