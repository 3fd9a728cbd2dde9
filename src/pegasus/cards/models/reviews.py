"""What was sent each time, and what its reviewers said about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.cards.models.cards import Card, CardTemplate
from pegasus.people.models import Employee


class CardVersion(models.Model):
    """A card as it was sent. Nothing of it changes; the verdict is written once."""

    class Verdict(models.TextChoices):
        NONE = "", _("Belum ditinjau")
        APPROVED = "approved", _("Disetujui")
        RETURNED = "returned", _("Dikembalikan")

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    template = models.ForeignKey(CardTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    upload = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    team = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    alt_text = models.TextField(blank=True)
    adjustments = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="one_card_version_per_number")]

    def __str__(self) -> str:
        return f"{self.card_id} v{self.number}"


class VersionPicture(models.Model):
    """The file of a version in one size."""

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="pictures")
    size = models.CharField(max_length=10)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "size"], name="one_version_picture_per_size")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.size}"


class CardComment(models.Model):
    """What a reviewer asks for: at a place on one size of a version's picture, or about the whole card."""

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveSmallIntegerField()
    # Shares of the picture's width and height from the top left; without a size it is about the whole card.
    size = models.CharField(max_length=10, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    author = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_comment_per_number"),
            models.CheckConstraint(
                condition=Q(size="", x=None, y=None)
                | (~Q(size="") & Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1, x__isnull=False, y__isnull=False)),
                name="comment_stands_on_the_picture",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.number}"
