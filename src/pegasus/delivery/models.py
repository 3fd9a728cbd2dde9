from django.db import models
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.people.models import Employee, Office


class Delivery(models.Model):
    """Something that leaves the office, once. The row is the queue; `key` is unique over all channels."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        PREPARED = "prepared", _("Disiapkan")
        OPENED = "opened", _("Dibuka")
        CONFIRMED = "confirmed", _("Dipastikan terkirim")
        CLAIMED = "claimed", _("Sedang dikirim")
        RETRY_WAIT = "retry_wait", _("Menunggu dicoba lagi")
        ACCEPTED = "accepted", _("Diterima penyedia")
        SENT = "sent", _("Terkirim")
        DELIVERED = "delivered", _("Sampai")
        READ = "read", _("Dibaca")
        UNKNOWN = "unknown", _("Belum pasti")
        FAILED = "failed", _("Gagal")
        CANCELLED = "cancelled", _("Dibatalkan")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    to = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    # The same words by another road, for convenience: it settles nothing that the message itself has to settle.
    is_copy = models.BooleanField(default=False)
    # A person wants it to leave at this very hour; everything else keeps the office's quiet hours.
    at_any_hour = models.BooleanField(default=False)
    picture = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries")
    # The job to wake when it is known to have arrived or failed: `reminders.settle` gets this row's number.
    on_change = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    due_at = models.DateTimeField()
    # After this moment sending would do more harm than good: it is cancelled instead.
    expires_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["office", "state"], name="delivery_office_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class Attempt(models.Model):
    """One call to the outside, committed before it is made; its end is written once and never changed."""

    class Outcome(models.TextChoices):
        STARTED = "started"
        ACCEPTED = "accepted"
        RETRY = "retry"
        REFUSED = "refused"
        UNKNOWN = "unknown"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    uuid = models.UUIDField(unique=True)
    channel = models.CharField(max_length=30)
    request_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.STARTED)
    provider_id = models.CharField(max_length=200, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.uuid} {self.outcome}"


class ProviderEvent(models.Model):
    """What a provider told us, raw; each event counts once."""

    channel = models.CharField(max_length=30)
    event_id = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    payload = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "event_id"], name="one_row_per_provider_event")]

    def __str__(self) -> str:
        return f"{self.channel} {self.event_id}"
