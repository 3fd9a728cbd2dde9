from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pegasus.people.models import Office


class Record(models.Model):
    """An arsip: one file that never changes, with its hash, its origin and where the paper is."""

    class SecurityClass(models.TextChoices):
        OPEN = "open", _("Biasa/Terbuka")
        LIMITED = "limited", _("Terbatas")
        CONFIDENTIAL = "confidential", _("Rahasia")

    class CopyStatus(models.TextChoices):
        ORIGINAL = "original", _("Asli")
        COPY = "copy", _("Salinan")

    class Fate(models.TextChoices):
        REVIEW = "review", _("Dinilai kembali")
        DESTROY = "destroy", _("Musnah")
        KEEP = "keep", _("Permanen")

    class Damage(models.TextChoices):
        MISSING = "missing", _("Berkas hilang")
        CHANGED = "changed", _("Berkas berubah")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="records")
    # What stands in /v/<code> and behind the QR: fixed before the file exists, because the file shows it.
    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    subject = models.CharField(max_length=60, blank=True)
    file = models.FileField(upload_to="records/")
    filename = models.CharField(max_length=160)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # True: the office stands behind this file and /v/ shows it; False: evidence, drafts, pictures of people.
    is_public = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    # Kurun waktu: the days that the record is about; empty where it is about no time of its own.
    covers_from = models.DateField(null=True, blank=True)
    covers_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    classification = models.CharField(max_length=20, blank=True)
    security_class = models.CharField(max_length=14, choices=SecurityClass.choices, default=SecurityClass.OPEN)
    copy_status = models.CharField(max_length=10, choices=CopyStatus.choices, default=CopyStatus.ORIGINAL)
    retention_active_years = models.PositiveSmallIntegerField(default=2)
    retention_inactive_years = models.PositiveSmallIntegerField(default=3)
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.REVIEW)
    paper_location = models.CharField(max_length=200, blank=True)
    paper_filed_at = models.DateTimeField(null=True, blank=True)
    paper_filed_by = models.CharField(max_length=200, blank=True)
    # The last time the stored file was hashed again, and what was wrong with it then.
    checked_at = models.DateTimeField(null=True, blank=True)
    damage = models.CharField(max_length=8, choices=Damage.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "-created_at"], name="record_office_created"),
            models.Index(fields=["office", "kind"], name="record_office_kind"),
            models.Index(fields=["sha256"], name="record_sha256"),
            models.Index(fields=["subject"], name="record_subject"),
            models.Index(fields=["checked_at", "id"], name="record_checked_at"),
            models.Index(fields=["damage"], name="record_damage"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_from=None, covers_until=None) | Q(covers_until__gte=F("covers_from")),
                name="record_covers_days_in_order",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="record_has_a_hash"),
        ]

    def __str__(self) -> str:
        return self.title
