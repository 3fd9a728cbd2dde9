from django.db import models
from django.utils.translation import gettext_lazy as _

from pegasus.people.models import Office


class Holiday(models.Model):
    """A day on which an office does not work. A day that a decree takes back keeps its row, marked withdrawn."""

    class Kind(models.TextChoices):
        PUBLIC_HOLIDAY = "public_holiday", _("Libur nasional")
        COLLECTIVE_LEAVE = "collective_leave", _("Cuti bersama")
        LOCAL = "local", _("Libur daerah")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    decree_number = models.CharField(max_length=120, blank=True)
    from_library = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_decree = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "on"], name="one_holiday_per_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the day came from the package and no decree has confirmed it or taken it back."""
        return self.from_library and not self.decree_number and self.withdrawn_at is None
