from typing import Any

from django.db import migrations


def name_pegasus(apps: Any, schema_editor: object) -> None:
    """Until now a change agent was the PJ of Pegasus: the roles that stand name it."""
    apps.get_model("people", "RoleAssignment").objects.filter(role="ca", programme="").update(programme="pegasus")


def name_none(apps: Any, schema_editor: object) -> None:
    """Keep one row per person, role and first day, as the older constraint wants it."""
    RoleAssignment = apps.get_model("people", "RoleAssignment")
    kept = set()
    for one in RoleAssignment.objects.order_by("pk"):
        key = (one.employee_id, one.role, one.valid_from)
        if key in kept:
            one.delete()
        kept.add(key)
    RoleAssignment.objects.update(programme="")


class Migration(migrations.Migration):
    dependencies = [("people", "0010_roles_programmes_outsiders_notices")]

    operations = [migrations.RunPython(name_pegasus, name_none)]
