"""Who takes no turns of the roster, why, and from when until when."""

from django.db import models
from django.db.models import F, Q

from pegasus.people.models.staff import Employee, Role


class Exemption(models.Model):
    """Days on which a person takes no turns ("tidak ikut giliran"); without a last day until it is ended.

    The row that came with a role, such as the Kepala's, names it and ends with it; the office may lift it too.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="exemptions")
    reason = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="exemption_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["employee", "starts_on"], name="one_exemption_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.starts_on} – {self.ends_on or ''}"
