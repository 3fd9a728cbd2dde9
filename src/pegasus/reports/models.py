from django.db import models
from django.db.models import Q

from pegasus.archive.models import Record
from pegasus.people.models import Office
from pegasus.sop.models import Programme


class Report(models.Model):
    """A laporan: quarterly for one programme, or semester for all of them. Numbers are recomputed, words are kept."""

    class Kind(models.TextChoices):
        QUARTER = "quarter", "Laporan Triwulan"
        SEMESTER = "semester", "Laporan Semester"

    class State(models.TextChoices):
        DRAFT = "draft", "Konsep"
        FINAL = "final", "Final"
        SIGNED = "signed", "Ditandatangani"

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Empty for the semester report, which is over all programmes.
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    period = models.CharField(max_length=8)  # `2026Q4` or `2026S2`
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # Sections of words by key: introduction, results, evaluation, closing, ...
    narrative = models.JSONField(default=dict)
    # Everything a final report says, as data: screen, DOCX and the file for signing are made from it.
    frozen = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    finalised_at = models.DateTimeField(null=True, blank=True)
    finalised_by = models.CharField(max_length=200, blank=True)
    final = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "programme", "period"], name="one_report_per_period"),
            models.UniqueConstraint(
                fields=["office", "kind", "period"], condition=Q(programme=None), name="one_report_over_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"


class Obstacle(models.Model):
    """A kendala met during a period, with its solution and the follow-up: collected all through the quarter."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="obstacles")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="obstacles")
    period = models.CharField(max_length=8)
    text = models.TextField()
    solution = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text


class FollowUp(models.Model):
    """A tindak lanjut that somebody owes by a day."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="follow_ups")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="follow_ups")
    period = models.CharField(max_length=8)
    text = models.TextField()
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text
