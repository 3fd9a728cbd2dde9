from typing import ClassVar

from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """Who did what to which thing, written in the same transaction as the deed. Rows are never changed."""

    at = models.DateTimeField()
    # The kernel knows no offices or people: plain numbers, and the name as it was that day.
    office_id = models.BigIntegerField(null=True)
    employee_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["office_id", "-at"], name="audit_office_at"),
            models.Index(fields=["subject"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.action} {self.subject}"


class Job(models.Model):
    """One wake-up of the embedded runner (DESIGN 7). Losing or repeating it does no harm: the truth is in rows."""

    class Status(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    task_path = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue_name = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.READY)
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    unique_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - NULL is "no key": many rows may have none
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unique_key"], name="job_unique_key")]
        indexes: ClassVar = [
            models.Index(fields=["-priority", "run_at"], condition=Q(status="ready"), name="job_ready"),
            models.Index(fields=["lease_until"], condition=Q(status="running"), name="job_lease"),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} {self.args} ({self.status})"


class Heartbeat(models.Model):
    """The last sign of life of a worker process."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.at:%H:%M:%S}"
