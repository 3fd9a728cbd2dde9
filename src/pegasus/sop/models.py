from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.people.models import Employee, Office


class Programme(models.Model):
    """A kegiatan Manajemen Perubahan of an office: Pegasus, Birthday Greeting Card, ..."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="programmes")
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="one_programme_per_code")]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An SOP of a programme; its text lives in versions. `number` is that of the text in force."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="procedure")
    number = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.number


class ProcedureVersion(models.Model):
    """The text of an SOP, immutable once in force. `identity` holds the identity page's fields by name."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60, blank=True)
    agency = models.JSONField(default=list)  # the lines under the emblem: the office's letterhead at that time
    title = models.CharField(max_length=250)
    unit = models.CharField(max_length=120)
    created_on = models.DateField()
    revised_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField()
    approved_by_position = models.CharField(max_length=120)
    approved_by_name = models.CharField(max_length=120)
    legal_basis = models.JSONField(default=list)
    qualifications = models.JSONField(default=list)
    related = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    equipment = models.JSONField(default=list)
    recording = models.TextField(blank=True)
    lanes = models.JSONField(default=list)  # [{"key": "ca", "label": "CA (PJ Pegasus)", "role": "ca"}, ...]
    # Who decided that the text comes into force on `effective_on`, when, and why if that day lay behind.
    put_in_force_at = models.DateTimeField(null=True, blank=True)
    put_in_force_by = models.CharField(max_length=200, blank=True)
    backdating_reason = models.TextField(blank=True)
    # The span in which new tasks run under it; empty while its day lies ahead.
    in_force_from = models.DateTimeField(null=True, blank=True)
    in_force_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.version}"


class ProcedureDraft(models.Model):
    """A revision that is being written: the whole text as it was typed, right or not. A procedure has one at most."""

    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="draft")
    based_on = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="drafts")
    text = models.JSONField()
    # Counts the savings: who saves an older edition than the newest is told instead of overwriting it.
    edition = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.procedure_id} e{self.edition}"


class Activity(models.Model):
    """A row of the flow table, with its mutu baku."""

    class Unit(models.TextChoices):
        MINUTES = "minutes", _("Menit")
        HOURS = "hours", _("Jam")
        WORKING_DAYS = "working_days", _("Hari Kerja")
        WEEKS = "weeks", _("Minggu")
        FREQUENCY = "frequency", _("Frekuensi")

    class Rhythm(models.TextChoices):
        """When a task of this activity opens (DESIGN 8)."""

        ROSTER = "roster", _("Sebelum periode")
        BIRTHDAYS = "birthdays", _("Setiap tahun, dari tanggal lahir")
        TEMPLATES = "templates", _("Setelah jadwal terbit")
        REMINDER = "reminder", _("H-5 dan H-3")
        CARD = "card", _("Per petugas")
        POSTING = "posting", _("Hari tayang")
        QUARTER = "quarter", _("Setelah triwulan")
        SEMESTER = "semester", _("Setelah semester")
        MONTHLY = "monthly", _("Setiap bulan")
        YEARLY = "yearly", _("Setiap tahun")
        MANUAL = "manual", _("Dicatat sendiri")

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="activities")
    # Stays the same through all versions of a text, while rows before it come and go.
    key = models.CharField(max_length=8, blank=True)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    # [{"lane": "ca", "symbol": "start"|"process"|"decision"|"end"}, ...] in order of the arrows; a decision names
    # the activity to which "Tidak" leads: {"lane": "cc", "symbol": "decision", "no": 4}
    performers = models.JSONField(default=list)
    required_input = models.TextField(blank=True)
    time_standard = models.CharField(max_length=40)
    time_unit = models.CharField(max_length=14, choices=Unit.choices)
    time_least = models.PositiveSmallIntegerField(null=True, blank=True)
    time_most = models.PositiveSmallIntegerField(null=True, blank=True)
    output = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.MANUAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_activity_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Task(models.Model):
    """One occurrence of an activity: who owes what by when.

    `subject` is neutral: `duty:42`, `period:2026Q4`, `birthday:7:2026` (an employee and a year).
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Selesai")
        NOT_NEEDED = "not_needed", _("Tidak diperlukan")
        SKIPPED = "skipped", _("Tidak dilaksanakan")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="tasks")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="tasks")
    subject = models.CharField(max_length=40)
    # What it is about in words, where the subject alone does not say (work recorded by hand, somebody's birthday).
    label = models.CharField(max_length=120, blank=True)
    # Tells tasks of one activity and subject apart: `H-5`, `H-3`, `group`, `instagram`; else empty.
    part = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=8)  # the quarter it counts in: `2026Q4`
    role = models.CharField(max_length=10, blank=True)
    owner = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "activity", "subject", "part"], name="one_task_per_occurrence"),
            models.CheckConstraint(condition=Q(due_at__gte=F("opens_at")), name="task_due_after_it_opens"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="task_closed_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "period"], name="task_office_period"),
            models.Index(fields=["office", "due_at"], condition=Q(closed_at=None), name="task_open_due"),
            models.Index(fields=["office", "subject"], name="task_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.subject} {self.part}".strip()


class Evidence(models.Model):
    """Proof on a task: a file in the archive, a link, a provider's receipt, or a named person's word."""

    class Kind(models.TextChoices):
        FILE = "file", _("Berkas")
        SCREENSHOT = "screenshot", _("Tangkapan layar")
        LINK = "link", _("Tautan")
        RECEIPT = "receipt", _("Tanda terima")
        CONFIRMATION = "confirmation", _("Konfirmasi")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    url = models.URLField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    # Better proof took its place: it stays to be seen, and counts no more.
    replaced_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"
