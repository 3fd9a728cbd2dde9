"""Builders of a quarter with turns that went well, late, or not at all."""

from datetime import UTC, date, datetime, timedelta

from tests.builders import make_employee

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Office
from pegasus.publishing import actions as publishing
from pegasus.publishing.tests.builders import make_card, make_sop, make_task, picture
from pegasus.reports import actions
from pegasus.reports.models import Report
from pegasus.sop.models import ProcedureVersion

Q4 = Period(2026, "quarter", 4)
AFTER = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
MONDAYS = [date(2026, 10, 5) + timedelta(weeks=week) for week in range(13)]


def make_quarter(version: ProcedureVersion, *, turns: int = 3) -> list[str]:
    """Make turns: the first proven in time, the second two days late, every third not posted at all."""
    office = version.procedure.programme.office
    subjects = []
    for number in range(turns):
        posts_on = MONDAYS[number % len(MONDAYS)]
        writer = make_employee(office, name=f"Penulis {number:02d}")
        card = make_card(version, writer, posts_on, seat=number // len(MONDAYS) + 1, words=f"Kata {number}")
        subjects.append(card.task.subject)
        for part in ("H-5", "H-3"):
            make_task(
                version,
                3,
                card.task.subject,
                posts_on - timedelta(days=int(part[-1])),
                part=part,
                role="ca",
                period="2026Q4",
            )
        if number % 3 == 2:
            continue
        at = card.task.opens_at + timedelta(days=5 + 2 * (number % 3), hours=9)
        group, instagram = publishing.publications_for(card=card, at=at)
        publishing.prove(publication=group, by=writer.name, at=at, screenshot=picture(words=f"Kata {number}"))
        publishing.prove(
            publication=instagram, by="Humas", at=at, permalink=f"https://www.instagram.com/p/DRabc{number:03d}/"
        )
    return subjects


def make_report(office: Office, *, turns: int = 3, at: datetime = AFTER) -> Report:
    version = make_sop(office)
    make_quarter(version, turns=turns)
    return actions.draft(
        office=office, kind=Report.Kind.QUARTER, period=Q4, programme=version.procedure.programme, at=at
    )
