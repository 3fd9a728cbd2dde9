"""Who works in an office, in which role, and when not."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pegasus.kernel.fields import BlindIndexField, EncryptedDateField, EncryptedTextField
from pegasus.people.models.offices import Office, User


class Employee(models.Model):
    """A pegawai. `name` is without titles, the phone is E.164.

    NIP, mailbox, phone and date of birth are encrypted; the first three are found again by their blind indexes.
    """

    SINCE_EVER = date(2000, 1, 1)  # the first day of those whose first day nobody wrote down

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="employees")
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="employee")
    name = models.CharField(max_length=120)
    title_before = models.CharField(max_length=60, blank=True)
    title_after = models.CharField(max_length=80, blank=True)
    nip = EncryptedTextField(blank=True)
    nip_index = BlindIndexField(of="nip")
    team = models.CharField(max_length=80, blank=True)
    position = models.CharField(max_length=120, blank=True)
    email = EncryptedTextField(blank=True)
    email_index = BlindIndexField(of="email", fold=True)
    phone = EncryptedTextField(blank=True)
    phone_index = BlindIndexField(of="phone")
    # Optional, from the staff list or by hand, never out of the NIP; seen by CA, administrator and the person.
    birth_date = EncryptedDateField(null=True, blank=True)
    # Who does not want to be greeted on their birthday; empty: nobody has objected (UU 27/2022, article 10).
    greeting_declined_at = models.DateTimeField(null=True, blank=True)
    photo = models.FileField(upload_to="photos/", blank=True)
    # The same person's row at the office before: each office reads its own row only.
    moved_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_to")
    anonymised_at = models.DateTimeField(null=True, blank=True)
    active_from = models.DateField(default=SINCE_EVER)
    active_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "nip_index"], condition=~Q(nip_index=""), name="one_employee_per_nip"
            ),
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
                name="employee_leaves_after_coming",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "name"], name="employee_office_name"),
            models.Index(fields=["office", "email_index"], name="employee_email_index"),
            models.Index(fields=["office", "phone_index"], name="employee_phone_index"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with its titles."""
        before = f"{self.title_before} " if self.title_before else ""
        return f"{before}{self.name}{', ' + self.title_after if self.title_after else ''}"

    @property
    def masked_phone(self) -> str:
        """The phone as it may stand on a screen."""
        return f"{self.phone[:5]}••••{self.phone[-3:]}" if self.phone else ""


class Role(models.TextChoices):
    """Roles of the SOP and of the system; the words people see are the office's `role_labels`."""

    CA = "ca", "Change Agent"
    CC = "cc", "Change Champion"
    CL = "cl", "Change Leader"
    HUMAS = "humas", "Humas"
    HEAD = "head", _("Kepala")
    ADMIN = "admin", "Administrator"
    ASSESSOR = "assessor", _("Penilai")


class RoleAssignment(models.Model):
    """A role by decree, from a day until a day."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=10, choices=Role.choices)
    # For a CA: the code of the programme that the decree names; empty: none in particular, so each that has no one.
    programme = models.CharField(max_length=20, blank=True)
    decree_number = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "role", "programme", "valid_from"], name="one_assignment_per_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.role}"


class RoleProposal(models.Model):
    """A role with power that a CA proposes; it begins once a second holder of such a role has agreed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Menunggu persetujuan")
        AGREED = "agreed", _("Disetujui")
        DECLINED = "declined", _("Ditolak")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="role_proposals")
    role = models.CharField(max_length=10, choices=Role.choices)
    decree_number = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "role"], condition=Q(state="proposed"), name="one_open_proposal_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.role} ({self.state})"


class Absence(models.Model):
    """Days on which a person is away: cuti, dinas and the like."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("Cuti")
        TRIP = "trip", _("Dinas luar")
        SICK = "sick", _("Sakit")
        TRAINING = "training", _("Pelatihan")
        OTHER = "other", _("Lainnya")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEAVE)
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.starts_on} – {self.ends_on}"


class ImportMapping(models.Model):
    """How the columns of one source were chosen when its list was last taken in; found by its heading row."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="import_mappings")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "fingerprint"], name="one_mapping_per_source"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.fingerprint[:8]}"
