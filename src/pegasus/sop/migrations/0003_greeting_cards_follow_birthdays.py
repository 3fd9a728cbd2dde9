from typing import Any

from django.db import migrations

# The rows of SOP-322 that are about a birthday, as they were shipped, and how they run now. What the SOP says does
# not change: a rhythm is how Pegasus opens a row's tasks.
WAS = {1: "yearly", 2: "yearly", 3: "monthly", 4: "monthly"}
IS = {1: "birthdays", 2: "templates", 3: "card", 4: "posting"}


def follow_birthdays(apps: Any, _editor: object) -> None:  # noqa: ANN401 - Django's registry of old models
    """Let the greeting cards of each office follow its birthdays."""
    _turn(apps, WAS, IS)


def follow_months(apps: Any, _editor: object) -> None:  # noqa: ANN401 - as above
    """Let them follow the months again."""
    _turn(apps, IS, WAS)


def _turn(apps: Any, before: dict[int, str], after: dict[int, str]) -> None:  # noqa: ANN401 - as above
    activities = apps.get_model("sop", "Activity").objects
    versions = apps.get_model("sop", "ProcedureVersion").objects.filter(procedure__programme__code="bgc")
    for version in versions:
        rows = activities.filter(version=version, number__in=before)
        if dict(rows.values_list("number", "rhythm")) != before:
            continue  # the office has written this text itself
        for number, rhythm in after.items():
            rows.filter(number=number).update(rhythm=rhythm)


class Migration(migrations.Migration):
    dependencies = [("sop", "0002_birthdays_rhythm")]
    operations = [migrations.RunPython(follow_birthdays, follow_months)]
