from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

REASONS = {"head": "Kepala kantor", "assessor": "Penilai"}


def exempt_those_outside(apps: Any, _editor: object) -> None:  # noqa: ANN401 - Django's registry of old models
    """Give today's Kepala and assessors the exemption that comes with their role from now on."""
    assignments = (
        apps.get_model("people", "RoleAssignment").objects.filter(role__in=REASONS).order_by("valid_from", "pk")
    )
    exemptions = apps.get_model("people", "Exemption").objects
    for held in assignments:
        later = exemptions.filter(employee_id=held.employee_id).filter(
            models.Q(ends_on=None) | models.Q(ends_on__gte=held.valid_from)
        )
        if later.exists():
            continue
        exemptions.create(
            employee_id=held.employee_id,
            reason=REASONS[held.role],
            starts_on=held.valid_from,
            ends_on=held.valid_until,
            role=held.role,
            created_at=timezone.now(),
            created_by="Pegasus",
        )


ROLES = [
    ("ca", "Change Agent"),
    ("cc", "Change Champion"),
    ("cl", "Change Leader"),
    ("humas", "Humas"),
    ("head", "Kepala"),
    ("admin", "Administrator"),
    ("assessor", "Penilai"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0011_change_agents_name_pegasus")]

    operations = [
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("role", models.CharField(blank=True, choices=ROLES, max_length=10)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=200)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exemptions", to="people.employee"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="exemption_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(fields=("employee", "starts_on"), name="one_exemption_per_start"),
                ]
            },
        ),
        migrations.RunPython(exempt_those_outside, migrations.RunPython.noop),
    ]
