"""A report over a quarter in which the SOP was revised names both versions, and each task's own standard."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.builders import NOW

from pegasus.calendar.domain.periods import Period
from pegasus.reports import actions, tables
from pegasus.reports.models import Report
from pegasus.reports.queries.contents import contents
from pegasus.sop import actions as sop
from pegasus.sop import queries
from pegasus.sop.models import ProcedureVersion
from pegasus.sop.tests.builders import make_office_with_sop, make_task

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 31, tzinfo=UTC)


def test_a_report_names_the_versions_and_the_standards_that_its_tasks_ran_under() -> None:
    office = make_office_with_sop()
    ProcedureVersion.objects.update(number="SOP-330/17000/2025")
    make_task(office, "card", subject="duty:1", opens_at=NOW, due_at=LATER)
    version = queries.version_in_force(office)
    text: Any = queries.text_of(version)
    rows = [row | ({"time_standard": "2 Hari Kerja"} if row["number"] == 4 else {}) for row in text["activities"]]
    changed = text | {"activities": rows, "effective_on": "2026-12-01", "number": "SOP-330/81720/2026"}
    draft = sop.save_draft(version=version, text=changed, edition=0, by="Sari", at=NOW)
    sop.put_in_force(draft=draft, by="Kepala", at=NOW)
    make_task(office, "card", subject="duty:2", opens_at=datetime(2026, 12, 7, tzinfo=UTC), due_at=LATER)

    report = actions.draft(
        office=office,
        kind=Report.Kind.QUARTER,
        period=Period.parse("2026Q4"),
        programme=version.procedure.programme,
        at=LATER,
    )
    [part] = contents(report, LATER).programmes

    card = next(figure for figure in part.figures if figure.activity.number == 4)
    assert part.sop_number == "SOP-330/17000/2025 (versi 1) dan SOP-330/81720/2026 (versi 2)"
    assert (card.activity.time_standard, card.activity.earlier_standards) == ("2 Hari Kerja", ((1, "3 Hari Kerja"),))
    assert card.planned == 2
    assert tables._time_row(card)[2] == "2 Hari Kerja; versi 1: 3 Hari Kerja"  # noqa: SLF001 - the cell as it is printed
