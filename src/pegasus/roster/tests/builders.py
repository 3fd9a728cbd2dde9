"""An office that can make a roster."""

from datetime import UTC, datetime

from tests.builders import make_employee, make_office

from pegasus.calendar.actions import seed_holidays
from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Office
from pegasus.roster import actions
from pegasus.roster.misfits import Misfit, World
from pegasus.roster.models import Roster
from pegasus.roster.repairs import propose
from pegasus.sop.actions import install

BEFORE_Q4 = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)  # Monday, 21 September 2026, 09.00 WIB
Q4 = Period(2026, "quarter", 4)
TEAMS = ("Neraca", "Sosial", "Produksi", "Distribusi", "IPDS", "Umum")


def make_staffed_office(people: int = 20, *, at: datetime = BEFORE_Q4, **given: object) -> Office:
    office = make_office(**given)
    install(office=office, code="pegasus", at=at)
    seed_holidays(office=office, years=[2026, 2027], by="Uji", at=at)
    for number in range(people):
        make_employee(office, name=f"Orang {number:02d}", team=TEAMS[number % len(TEAMS)])
    return office


def make_draft(office: Office, *, per_week: int = 1, at: datetime = BEFORE_Q4, period: Period = Q4) -> Roster:
    return actions.draft_roster(office=office, period=period, per_week=per_week, by="Ayu", at=at)


def make_published(office: Office, *, per_week: int = 1, at: datetime = BEFORE_Q4, period: Period = Q4) -> Roster:
    roster = make_draft(office, per_week=per_week, at=at, period=period)
    actions.publish_roster(roster=roster, by="Ayu", at=at)
    return roster


def repair_everything(office: Office, *, at: datetime = BEFORE_Q4) -> list[Misfit]:
    """Let the published turns follow what has changed, as the consequences page proposes it."""
    found = propose(World.of(office, at))
    return actions.apply_repair(office=office, picks=found.picks, fingerprint=found.fingerprint, by="Ayu", at=at)
