from datetime import date, time

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pegasus.kernel.fields import EncryptedTextField


class User(AbstractUser):
    """A sign-in. What a person may do follows from the employee's roles, never from the account."""

    # A password that somebody else has seen: it opens nothing but the page to change it.
    must_change_password = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.username


class Office(models.Model):
    """A satker, with the settings that the SOP leaves to it."""

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    class Counting(models.TextChoices):
        WORKING = "working", _("Hari kerja")
        CALENDAR = "calendar", _("Hari kalender")

    class PeriodKind(models.TextChoices):
        QUARTER = "quarter", _("Triwulan")
        SEMESTER = "semester", _("Semester")

    code = models.CharField(max_length=4, unique=True)
    unit_code = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=120)
    # The letterhead's two lines, as the regulation has them (Peraturan BPS 1/2023).
    agency = models.CharField(max_length=120, default="BADAN PUSAT STATISTIK")
    region = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    postal_address = models.CharField(max_length=200, blank=True)
    phone_line = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    logo = models.FileField(upload_to="logos/", blank=True)
    timezone = models.CharField(max_length=20, choices=Zone.choices, default=Zone.WIB)
    is_demo = models.BooleanField(default=False)
    # While an invented past is being played, what works by itself leaves the office alone.
    is_being_made = models.BooleanField(default=False)

    people_per_week = models.PositiveSmallIntegerField(default=1)
    posting_weekday = models.PositiveSmallIntegerField(default=0)
    roster_period = models.CharField(max_length=8, choices=PeriodKind.choices, default=PeriodKind.QUARTER)
    roster_lead_days = models.PositiveSmallIntegerField(default=10)
    semester_days = models.PositiveSmallIntegerField(default=20)
    reminder_hour = models.TimeField(default=time(8, 0))
    reminder_counting = models.CharField(max_length=8, choices=Counting.choices, default=Counting.WORKING)
    reviews_cards = models.BooleanField(default=False)
    reminders_by_email = models.BooleanField(default=False)
    role_labels = models.JSONField(default=dict, blank=True)
    # UU 27/2022: whom to turn to about personal data, and how long a leaver's data is kept.
    privacy_contact = models.CharField(max_length=200, blank=True)
    leaver_years = models.PositiveSmallIntegerField(default=2)
    instagram_account = models.CharField(max_length=60, blank=True)
    hashtags = models.CharField(max_length=200, blank=True, default="#Pegasus #BerAKHLAK #BanggaMelayaniBangsa")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{4}$"), name="office_code_has_four_digits"),
            models.CheckConstraint(condition=Q(people_per_week__gte=1), name="office_serves_every_week"),
            models.CheckConstraint(condition=Q(posting_weekday__lte=4), name="office_posts_on_a_weekday"),
        ]

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """A pegawai. `name` is without titles; the phone is E.164 and encrypted, found again by its blind index."""

    SINCE_EVER = date(2000, 1, 1)  # the first day of those whose first day nobody wrote down

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="employees")
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="employee")
    name = models.CharField(max_length=120)
    title_before = models.CharField(max_length=60, blank=True)
    title_after = models.CharField(max_length=80, blank=True)
    nip = models.CharField(max_length=18, blank=True)
    team = models.CharField(max_length=80, blank=True)
    position = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = EncryptedTextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    photo = models.FileField(upload_to="photos/", blank=True)
    # The same person's row at the office before: each office reads its own row only.
    moved_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_to")
    anonymised_at = models.DateTimeField(null=True, blank=True)
    active_from = models.DateField(default=SINCE_EVER)
    active_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "nip"], condition=~Q(nip=""), name="one_employee_per_nip"),
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
                name="employee_leaves_after_coming",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "name"], name="employee_office_name"),
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
    decree_number = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "role", "valid_from"], name="one_assignment_per_start"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.role}"


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
    wanted = models.CharField(max_length=200)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=200, blank=True)

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
