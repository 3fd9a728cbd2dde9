from django.db import models
from django.utils.translation import gettext_lazy as _

from pegasus.delivery.models import Delivery
from pegasus.people.models import Employee, Office
from pegasus.roster.models import Duty


class MessageText(models.Model):
    """The office's own wording of a message; without a row the shipped wording counts."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="message_texts")
    kind = models.CharField(max_length=30)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "kind"], name="one_text_per_message_kind")]

    def __str__(self) -> str:
        return self.kind


class Reminder(models.Model):
    """A pengingat to one person for one duty at one offset; what became of it stands in its delivery."""

    class Fate(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        NOT_NEEDED = "not_needed", _("Tidak perlu: kartu sudah masuk")
        MERGED = "merged", _("Digabung dengan pengingat berikutnya")
        AWAY = "away", _("Tidak dikirim: sedang tidak masuk")
        MISSED = "missed", _("Terlewat: tidak ada waktu lagi")
        HANDED_OVER = "handed_over", _("Tugas sudah dialihkan")

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="reminders")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="reminders")
    offset = models.PositiveSmallIntegerField()  # 5 or 3
    due_at = models.DateTimeField()
    fate = models.CharField(max_length=12, choices=Fate.choices, default=Fate.PLANNED)
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="reminder")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "employee", "offset"], name="one_reminder_per_offset")]

    def __str__(self) -> str:
        return f"H-{self.offset} {self.duty_id}"
