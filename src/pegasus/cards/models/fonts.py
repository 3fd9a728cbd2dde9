from django.db import models
from django.utils.translation import gettext_lazy as _

from pegasus.people.models import Office


class BrandFont(models.Model):
    """One face of an office's own font that passed the gate, and by what right it is used. It never changes."""

    class Right(models.TextChoices):
        OPEN = "ofl", _("Lisensi terbuka (SIL OFL atau sejenisnya)")
        OWN = "own", _("Huruf milik kantor sendiri")
        BOUGHT = "bought", _("Lisensinya dibeli")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="brand_fonts")
    file = models.FileField(upload_to="brand-fonts/")
    digest = models.CharField(max_length=64)
    # As the typesetter calls it.
    family = models.CharField(max_length=60)
    style = models.CharField(max_length=10)
    weight = models.PositiveSmallIntegerField()
    # A variable font has all weights between.
    lightest = models.PositiveSmallIntegerField()
    heaviest = models.PositiveSmallIntegerField()
    # Runs of code points, first and last; and the signs that cards like and it lacks.
    covers = models.JSONField(default=list)
    lacks = models.CharField(max_length=40, blank=True)
    licence = models.TextField(blank=True)
    names_licence = models.BooleanField(default=False)
    right = models.CharField(max_length=6, choices=Right.choices)
    right_note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "digest"], name="one_font_per_content"),
            models.UniqueConstraint(fields=["office", "family", "style", "weight"], name="one_face_per_look"),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.weight} {self.style}"
