"""Who signs in without working in the office, and what the holders of accounts are told."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pegasus.kernel.fields import EncryptedTextField
from pegasus.people.models.offices import Office, User
from pegasus.people.models.staff import Role


class Outsider(models.Model):
    """Somebody from another institution with a role in this office (an assessor), invited until a day.

    No employee: no turns, no reminders, no birthday, in no staff list.
    """

    class OutsideRole(models.TextChoices):
        ASSESSOR = Role.ASSESSOR.value, _("Penilai")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="outsiders")
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="outsider")
    name = models.CharField(max_length=120)
    institution = models.CharField(max_length=160)
    email = EncryptedTextField(blank=True)
    role = models.CharField(max_length=10, choices=OutsideRole.choices, default=OutsideRole.ASSESSOR)
    valid_from = models.DateField()
    valid_until = models.DateField()
    invited_by = models.CharField(max_length=200)
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["assessor"]), name="outsider_has_an_outside_role"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="outsider_leaves_after_coming"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountNotice(models.Model):
    """What was done about accounts or power, for somebody to know; on their first page until they have seen it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "seen_at"], name="notice_user_seen")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"
