"""Records that were kept before they said which days they are about: read from what their subject names."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Days = tuple[date, date] | None
MONTHS = {"Q": 3, "S": 6}
AT_ONCE = 500


def write_days(apps: Any, _editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ANN401 - the models as they were then
    """Give every record of a report, a roster, a card or a post its days."""
    records = apps.get_model("archive", "Record").objects
    told = []
    for record in records.filter(covers_from=None).exclude(subject="").order_by("pk").iterator(chunk_size=AT_ONCE):
        kind, _, number = record.subject.partition(":")
        find = FINDERS.get(kind, _of_subject)
        days = find(apps, record, number) if number.partition(":")[0].isdigit() else None
        if days:
            record.covers_from, record.covers_until = days
            told.append(record)
    records.bulk_update(told, ["covers_from", "covers_until"], batch_size=AT_ONCE)


def _of_report(apps: Any, record: Any, number: str) -> Days:  # noqa: ANN401 - as above
    report = apps.get_model("reports", "Report").objects.filter(office=record.office_id, pk=int(number)).first()
    if report is None:
        return None
    year, letter, part = int(report.period[:4]), report.period[4], int(report.period[5:])
    last = part * MONTHS[letter]
    return date(year, last - MONTHS[letter] + 1, 1), date(year, last, monthrange(year, last)[1])


def _of_roster(apps: Any, record: Any, number: str) -> Days:  # noqa: ANN401 - as above
    roster = apps.get_model("roster", "Roster").objects.filter(office=record.office_id, pk=int(number)).first()
    return (roster.starts_on, roster.ends_on) if roster else None


def _of_card(apps: Any, record: Any, number: str) -> Days:  # noqa: ANN401 - as above
    return _shown_on(apps, record, pk=int(number))


def _of_task(apps: Any, record: Any, number: str) -> Days:  # noqa: ANN401 - as above
    task = apps.get_model("sop", "Task").objects.filter(office=record.office_id, pk=int(number)).first()
    if task is None:
        return None
    zone = ZoneInfo(task.office.timezone)
    return task.opens_at.astimezone(zone).date(), task.due_at.astimezone(zone).date()


def _of_subject(apps: Any, record: Any, _number: str) -> Days:  # noqa: ANN401 - as above
    return _shown_on(apps, record, task__subject=record.subject)


def _shown_on(apps: Any, record: Any, **wanted: object) -> Days:  # noqa: ANN401 - as above
    card = apps.get_model("cards", "Card").objects.filter(office=record.office_id, **wanted).order_by("pk").first()
    return (card.shown_on, card.shown_on) if card else None


FINDERS: dict[str, Callable[[Any, Any, str], Days]] = {
    "report": _of_report,
    "roster": _of_roster,
    "card": _of_card,
    "task": _of_task,
}


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_report_frozen"),
        ("archive", "0004_what_records_are_about"),
        ("cards", "0002_relations"),
        ("roster", "0001_initial"),
        ("sop", "0001_initial"),
    ]

    operations = [migrations.RunPython(write_days, migrations.RunPython.noop)]
