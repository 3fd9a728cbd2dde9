from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.cards.models import Card
from pegasus.people.models import Office
from pegasus.sop.models import Task


class Publication(models.Model):
    """An unggahan of a card in one place: the employee's in the WhatsApp group, Humas's on Instagram."""

    class Place(models.TextChoices):
        GROUP = "group", _("Grup WhatsApp kantor")
        INSTAGRAM = "instagram", _("Instagram")

    class State(models.TextChoices):
        WAITING = "waiting", _("Belum diunggah")
        OPENED = "opened", _("Dibuka untuk diunggah")
        DOUBTFUL = "doubtful", _("Bukti perlu diperiksa")
        CONFIRMED = "confirmed", _("Dipastikan terunggah")
        PROVEN = "proven", _("Terbukti terunggah")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="publications")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="publications")
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="publication")
    place = models.CharField(max_length=10, choices=Place.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    caption = models.TextField(blank=True)
    permalink = models.URLField(max_length=300, blank=True)
    screenshot = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What the look at the screenshot said: only True closes a task by itself. None: there is no screenshot.
    looks_right = models.BooleanField(null=True, blank=True)
    # Who looked at a doubtful screenshot and accepted it all the same, and why.
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    check_note = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["office"], condition=Q(looks_right=False, checked_at=None), name="publication_in_doubt"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["card", "place"], name="one_publication_per_place"),
            models.UniqueConstraint(
                fields=["office", "permalink"], condition=~Q(permalink=""), name="one_card_per_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.place}: {self.state}"

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether a screenshot does not seem to show the card and nobody has decided on it."""
        return self.looks_right is False and self.checked_at is None
