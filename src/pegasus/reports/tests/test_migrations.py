from datetime import UTC, date, datetime

import pytest
from tests.migrating import migrate_to

BEFORE, AFTER = ("reports", "0002_report_frozen"), ("reports", "0003_what_kept_records_are_about")
NOW = datetime(2027, 1, 5, tzinfo=UTC)
BESIDE = frozenset({"archive", "cards", "people", "roster", "sop"})


@pytest.mark.usefixtures("newest")
def test_records_kept_before_get_the_days_that_their_subject_names() -> None:
    apps = migrate_to(BEFORE, beside=BESIDE)
    office = apps.get_model("people", "Office").objects.create(code="1700", name="BPS", timezone="Asia/Jakarta")
    roster = apps.get_model("roster", "Roster").objects.create(
        office=office,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 12, 31),
        version=1,
        people_per_week=1,
        created_at=NOW,
    )
    quarter, semester = (
        apps.get_model("reports", "Report").objects.create(
            office=office, kind=kind, period=period, created_at=NOW, updated_at=NOW
        )
        for kind, period in (("quarter", "2026Q3"), ("semester", "2026S2"))
    )
    records = apps.get_model("archive", "Record").objects
    subjects = [f"report:{quarter.pk}", f"report:{semester.pk}", f"roster:{roster.pk}", "card:999", "", "duty:7"]
    for number, subject in enumerate(subjects):
        records.create(
            office=office, code=f"KODE{number}", kind="x", title="x", subject=subject, filename="x", content_type="x",
            size=1, sha256="0" * 64, created_at=NOW, created_by="x",
        )  # fmt: skip

    records = migrate_to(AFTER, beside=BESIDE).get_model("archive", "Record").objects.order_by("code")

    third, half = (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 7, 1), date(2026, 12, 31))
    fourth, nothing = (date(2026, 10, 1), date(2026, 12, 31)), (None, None)
    assert list(records.values_list("covers_from", "covers_until")) == [third, half, fourth, nothing, nothing, nothing]
