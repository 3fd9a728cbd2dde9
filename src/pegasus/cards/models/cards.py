from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.cards.domain.sayings import Saying, lacks_source
from pegasus.people.models import Employee, Office
from pegasus.sop.models import Task


class CardTemplate(models.Model):
    """A templat, versioned; `design` is its data for all sizes. Shipped templates have no office."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, blank=True, related_name="card_templates")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    design = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "key", "version"], name="one_template_per_version"),
            models.UniqueConstraint(
                fields=["key", "version"], condition=Q(office=None), name="one_shipped_template_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class TemplateDraft(models.Model):
    """An office's own template in the editor. Publishing it makes the next version: a CardTemplate of the same key."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="template_drafts")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    design = models.JSONField(default=dict)
    # Counts the savings: whoever saves says which one they began with.
    stamp = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="one_draft_per_template")]

    def __str__(self) -> str:
        return self.name


class TemplatePicture(models.Model):
    """A picture for templates (background, logo, ornament) that passed the gate. It never changes."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="template_pictures")
    file = models.FileField(upload_to="template-pictures/")
    digest = models.CharField(max_length=64)
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "digest"], name="one_picture_per_content")]

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


class BrandKit(models.Model):
    """What an office's templates share: its colours, its logo, and how far words stay from the edge."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="brand_kit")
    colours = models.JSONField(default=list)
    logo = models.ForeignKey(TemplatePicture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    margin = models.PositiveSmallIntegerField(default=64)

    def __str__(self) -> str:
        return f"{self.office_id}"


class TemplateChoice(models.Model):
    """The templates an office uses in a period (for birthdays a year, `2026`): choosing them closes activity 2."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="template_choices")
    period = models.CharField(max_length=8)
    template = models.ForeignKey(CardTemplate, on_delete=models.PROTECT, related_name="choices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "period", "template"], name="template_chosen_once")]

    def __str__(self) -> str:
        return f"{self.period}: {self.template_id}"


class Words(models.Model):
    """Kata motivasi of the bank, with meaning and source. Shipped words have no office."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, blank=True, related_name="words")

    class Kind(models.TextChoices):
        PROVERB = "peribahasa", _("Peribahasa")
        PANTUN = "pantun", _("Pantun")
        GURINDAM = "gurindam", _("Gurindam")
        QUOTATION = "kutipan", _("Kutipan")
        STATE = "naskah", _("Naskah negara")
        OTHER = "lain", _("Kata kantor")

    text = models.TextField()
    meaning = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    author = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200, blank=True)
    # As people write it: "1847", "abad ke-14".
    year = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "text"], name="one_row_per_saying"),
            models.UniqueConstraint(fields=["text"], condition=Q(office=None), name="one_row_per_shipped_saying"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def saying(self) -> Saying:
        """What the row says."""
        return Saying(self.text, self.meaning, self.kind, self.author, self.source, self.year, self.theme)

    @property
    def said_by(self) -> str:
        """The source as a card prints it."""
        return self.saying.said_by

    @property
    def lacks_source(self) -> bool:
        """Whether somebody is named, but not where they said it."""
        return lacks_source(self.author, self.source)


class Card(models.Model):
    """A desain made for a Task, so that other programmes need no Duty."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Sedang disiapkan")
        SUBMITTED = "submitted", _("Dikirim")
        APPROVED = "approved", _("Disetujui")
        RETURNED = "returned", _("Dikembalikan")

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="card")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="cards")
    template = models.ForeignKey(CardTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="cards")
    # Whose words these are; a card handed over before it was sent begins anew.
    holder = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="cards")
    name = models.CharField(max_length=200)
    team = models.CharField(max_length=80, blank=True)
    shown_on = models.DateField()
    words = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    alt_text = models.TextField(blank=True)
    # What was adjusted of the template's looks (`domain/designs/adjusting.py`): {element: {"colour", "steps"}}.
    adjustments = models.JSONField(default=dict, blank=True)
    photo = models.FileField(upload_to="card-photos/", blank=True)
    # A finished picture made elsewhere, instead of template and words.
    upload = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "-shown_on"], name="card_office_shown")]

    def __str__(self) -> str:
        return f"{self.name} {self.shown_on}"


class FinishedDesign(models.Model):
    """How a card's finished picture stands in our sizes (`domain/standing.py`), and where it came from."""

    card = models.OneToOneField(Card, on_delete=models.CASCADE, related_name="finished")
    # A PDF of several pages stays until the card is sent, so that another page can be taken.
    source = models.FileField(upload_to="card-uploads/", blank=True)
    page = models.PositiveSmallIntegerField(default=1)
    pages = models.PositiveSmallIntegerField(default=1)
    ground = models.CharField(max_length=7, default="edge")
    # Per size: {"fit": "whole" | "fill" | "room", "focus": 0 to 100}.
    placings = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.card_id} {self.ground}"


class CardPicture(models.Model):
    """The finished file of a card in one size (`portrait` 1080x1350, `square` 1080x1080, `story` 1080x1920)."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="pictures")
    size = models.CharField(max_length=10)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "size"], name="one_picture_per_size")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.size}"


class BulkRun(models.Model):
    """Many cards from one sheet. A worker holds it by a lease; `attempt` is the fence against one that came back."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Belum dibuat")
        RUNNING = "running", _("Sedang dibuat")
        DONE = "done", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")
        STOPPED = "stopped", _("Terhenti")
        EXPIRED = "expired", _("Sudah dihapus")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="bulk_runs")
    title = models.CharField(max_length=80)
    template = models.ForeignKey(CardTemplate, on_delete=models.PROTECT, related_name="bulk_runs")
    sizes = models.JSONField(default=list)
    shown_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    made = models.PositiveIntegerField(default=0)  # what remains to be told when the rows are gone
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "-created_at"], name="bulk_office_created"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="bulk_running"),
        ]

    def __str__(self) -> str:
        return self.title


class BulkRow(models.Model):
    """One row of the sheet: a card to make, or why there will be none."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal digambar")
        REFUSED = "refused", _("Ditolak")

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the sheet counts
    name = models.CharField(max_length=200, blank=True)
    team = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    # Whose card this becomes, for a run made from the birthdays of a month.
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=16, blank=True)
    detail = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_bulk_card_per_row")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
