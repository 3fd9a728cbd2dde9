"""What a person has agreed to, asked for, and where they went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pegasus.kernel.fields import EncryptedTextField
from pegasus.people.models.offices import Office
from pegasus.people.models.staff import Employee


class Consent(models.Model):
    """An agreement of a person (UU 27/2022): to what words, recorded by whom, withdrawn when. Rows are a log."""

    class Purpose(models.TextChoices):
        PHOTO = "photo", _("Foto pada kartu")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    wording_version = models.PositiveSmallIntegerField()
    wording = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "purpose"], condition=Q(withdrawn_at=None), name="one_open_consent_per_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.purpose}"


class Correction(models.Model):
    """A person's request to put their data right; the office answers within 3x24 hours (UU 27/2022, article 30)."""

    class State(models.TextChoices):
        ASKED = "asked", _("Menunggu jawaban")
        ACCEPTED = "accepted", _("Dibetulkan")
        DECLINED = "declined", _("Ditolak")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=20)
    # What is asked for may be a NIP, a date of birth, an address.
    wanted = EncryptedTextField()
    reason = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    answer = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "field"], condition=Q(state="asked"), name="one_open_correction_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.field} ({self.state})"


class Transfer(models.Model):
    """A person handed from one office to another: released by the one, taken in by the other."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Menunggu kantor tujuan")
        ACCEPTED = "accepted", _("Diterima")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Dibatalkan")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="transfers")
    to_office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="arrivals")
    last_day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee"], condition=Q(state="offered"), name="one_open_transfer")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.to_office_id} ({self.state})"
