from django.db import models
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.people.models import Employee, Office


class SignatureRequest(models.Model):
    """A wish that a document be signed. `document` is the unsigned file; `signed` the one that carries signatures."""

    class Road(models.TextChoices):
        OWN_CERTIFICATE = "own_certificate", _("Sertifikat kantor (.p12)")
        BROUGHT_BACK = "brought_back", _("Ditandatangani di luar (SRIKANDI/BSrE), lalu diunggah")
        ANY = "any", _("Salah satu dari keduanya")

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu tanda tangan")
        SIGNED = "signed", _("Ditandatangani")
        CANCELLED = "cancelled", _("Dibatalkan")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="signature_requests")
    # The code in /v/<code>: it stands in the document before the signed file exists.
    code = models.CharField(max_length=16, unique=True)
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    road = models.CharField(max_length=16, choices=Road.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    signer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="requests_to_sign")
    # The record that was typeset anew for this signature; none when `document` is the record as it lay in the archive.
    origin = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="requests_on_copies"
    )
    signed = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="signed_by_request"
    )
    on_signed = models.CharField(max_length=60, blank=True)
    # Where the stamp goes: {"page": -1, "box": [x0, y0, x1, y1]} in points; empty: where the document leaves room.
    place = models.JSONField(default=dict, blank=True)
    # How a file that was signed elsewhere compares with the one sent out (`domain.verdicts.Likeness`).
    likeness = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "state", "-created_at"], name="signature_request_office")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Signature(models.Model):
    """What one signature in a signed Record says, as checked when the file came in."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="signatures")
    field_name = models.CharField(max_length=120)
    signer_name = models.CharField(max_length=200)
    issuer_name = models.CharField(max_length=200)
    # Its chain leads to a BSrE root that is pinned here; `claims_bsre`: it merely calls its issuer so.
    is_bsre = models.BooleanField(default=False)
    claims_bsre = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True, blank=True)
    intact = models.BooleanField()
    covers_whole_file = models.BooleanField()
    trusted = models.BooleanField()
    # Whether it shows on a page; one that found no room is in the file all the same.
    visible = models.BooleanField(default=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "field_name"], name="one_row_per_signature")]

    def __str__(self) -> str:
        return f"{self.signer_name} ({self.field_name})"


class ReturnedFile(models.Model):
    """A file that came back signed and does not answer for itself: somebody of the office looks, or a root is missing.

    The file is kept here until it is decided; taken, it becomes the request's signed Record.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu pemastian")
        TAKEN = "taken", _("Diterima")
        REFUSED = "refused", _("Ditolak")

    request = models.ForeignKey(SignatureRequest, on_delete=models.CASCADE, related_name="returned_files")
    file = models.FileField(upload_to="returned/", blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    # `domain.verdicts.Likeness`, and what the comparison of the pages as pictures found (`domain.pages`).
    likeness = models.CharField(max_length=12)
    pages = models.JSONField(default=list, blank=True)
    # What stays open until somebody answers for it (`domain.returns.MatchQuestion`): "pages", "name", "bsre".
    questions = models.JSONField(default=list, blank=True)
    signer_name = models.CharField(max_length=200, blank=True)
    issuer_name = models.CharField(max_length=200, blank=True)
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=200)
    # Who held the sent and the returned pages side by side, and when.
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="returned_file_sha256")]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="waiting"), name="one_returned_file_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.sha256[:16]}"
