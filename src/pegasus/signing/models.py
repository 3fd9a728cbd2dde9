from django.db import models

from pegasus.archive.models import Record
from pegasus.people.models import Employee, Office


class SignatureRequest(models.Model):
    """A wish that a document be signed. `document` is the unsigned file; `signed` the one that carries signatures."""

    class Road(models.TextChoices):
        OWN_CERTIFICATE = "own_certificate", "Sertifikat kantor (.p12)"
        BROUGHT_BACK = "brought_back", "Ditandatangani di luar, lalu diunggah"

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu tanda tangan"
        SIGNED = "signed", "Ditandatangani"
        CANCELLED = "cancelled", "Dibatalkan"

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="signature_requests")
    # The code in /v/<code>: it stands in the document before the signed file exists.
    code = models.CharField(max_length=16, unique=True)
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    road = models.CharField(max_length=16, choices=Road.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    signer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="requests_to_sign")
    signed = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="signed_by_request"
    )
    on_signed = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Signature(models.Model):
    """What one signature in a signed Record says, as checked when the file came in."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="signatures")
    field_name = models.CharField(max_length=120)
    signer_name = models.CharField(max_length=200)
    issuer_name = models.CharField(max_length=200)
    is_bsre = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True, blank=True)
    intact = models.BooleanField()
    covers_whole_file = models.BooleanField()
    trusted = models.BooleanField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "field_name"], name="one_row_per_signature")]

    def __str__(self) -> str:
        return f"{self.signer_name} ({self.field_name})"
