from typing import Any

from django.db import migrations


def carry(apps: Any, _editor: object) -> None:  # noqa: ANN401 - Django's registry of old models
    """Write into each text what stood beside it: its number, its agency, who put it in force; number its rows."""
    versions = apps.get_model("sop", "ProcedureVersion").objects.select_related("procedure__programme__office")
    for version in versions.order_by("pk"):
        office = version.procedure.programme.office
        version.number = version.procedure.number
        version.agency = [line for line in (office.agency, office.region) if line]
        version.put_in_force_at = version.in_force_from
        version.put_in_force_by = "Pegasus" if version.in_force_from else ""
        version.save(update_fields=["number", "agency", "put_in_force_at", "put_in_force_by"])
    for activity in apps.get_model("sop", "Activity").objects.filter(key="").order_by("pk"):
        activity.key = str(activity.number)
        activity.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("sop", "0004_revisions")]
    # Back: the columns go with 0004, and what they repeat still stands where it stood.
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
