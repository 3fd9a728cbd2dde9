"""Ways in without a password: links, secret addresses, keys for programs."""

from django.db import models
from django.db.models import F, Q

from pegasus.people.models.offices import Office
from pegasus.people.models.staff import Employee


class PersonalLink(models.Model):
    """A door without an account: one employee, one subject such as `duty:42`, until a moment, revocable."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "purpose", "subject"],
                condition=Q(revoked_at=None),
                name="one_open_link_per_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"


class SecretAddress(models.Model):
    """The state of a public address that only its secret guards: which edition is valid, and whether it is open.

    An owner without a row has the first edition. Rotating raises the edition, so that older addresses lead nowhere.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="addresses")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="addresses")
    purpose = models.CharField(max_length=20)
    edition = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "purpose"], condition=Q(employee=None), name="one_address_per_office"
            ),
            models.UniqueConstraint(
                fields=["employee", "purpose"], condition=~Q(employee=None), name="one_address_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.office_id}/{self.employee_id} ({self.edition})"


class ApiToken(models.Model):
    """A person's key for programs. Only its digest is kept; the key itself is shown once."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)  # the last characters, to tell keys apart
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.name} …{self.ending}"
