"""Offices, and the accounts that open them."""

from datetime import time

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A sign-in. What a person may do follows from the employee's roles, never from the account."""

    # A password that somebody else has seen: it opens nothing but the page to change it.
    must_change_password = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.username


class Office(models.Model):
    """A satker, with the settings that the SOP leaves to it."""

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    class Counting(models.TextChoices):
        WORKING = "working", _("Hari kerja")
        CALENDAR = "calendar", _("Hari kalender")

    class PeriodKind(models.TextChoices):
        QUARTER = "quarter", _("Triwulan")
        SEMESTER = "semester", _("Semester")

    class BirthdayPosting(models.TextChoices):
        SAME_DAY = "same_day", _("Hari itu juga")
        BEFORE = "before", _("Hari kerja sebelumnya")
        AFTER = "after", _("Hari kerja sesudahnya")

    code = models.CharField(max_length=4, unique=True)
    unit_code = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=120)
    # The letterhead's two lines, as the regulation has them (Peraturan BPS 1/2023).
    agency = models.CharField(max_length=120, default="BADAN PUSAT STATISTIK")
    region = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    postal_address = models.CharField(max_length=200, blank=True)
    phone_line = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    logo = models.FileField(upload_to="logos/", blank=True)
    timezone = models.CharField(max_length=20, choices=Zone.choices, default=Zone.WIB)
    is_demo = models.BooleanField(default=False)
    # While an invented past is being played, what works by itself leaves the office alone.
    is_being_made = models.BooleanField(default=False)

    people_per_week = models.PositiveSmallIntegerField(default=1)
    posting_weekday = models.PositiveSmallIntegerField(default=0)
    roster_period = models.CharField(max_length=8, choices=PeriodKind.choices, default=PeriodKind.QUARTER)
    roster_lead_days = models.PositiveSmallIntegerField(default=10)
    semester_days = models.PositiveSmallIntegerField(default=20)
    reminder_hour = models.TimeField(default=time(8, 0))
    reminder_counting = models.CharField(max_length=8, choices=Counting.choices, default=Counting.WORKING)
    # SOP-322 posts on the very birthday; what to do when that is no working day is left to the office.
    birthday_posting = models.CharField(
        max_length=8, choices=BirthdayPosting.choices, default=BirthdayPosting.SAME_DAY
    )
    reviews_cards = models.BooleanField(default=False)
    # Office hours that a sent card may wait for its review before the reviewers are called; 8 are a working day.
    review_hours = models.PositiveSmallIntegerField(default=8)
    reminders_by_email = models.BooleanField(default=False)
    role_labels = models.JSONField(default=dict, blank=True)
    # Whether whoever holds a role with power must set up a second factor before going on.
    requires_second_factor = models.BooleanField(default=False)
    # UU 27/2022: whom to turn to about personal data, and how long a leaver's data is kept.
    privacy_contact = models.CharField(max_length=200, blank=True)
    leaver_years = models.PositiveSmallIntegerField(default=2)
    instagram_account = models.CharField(max_length=60, blank=True)
    hashtags = models.CharField(max_length=200, blank=True, default="#Pegasus #BerAKHLAK #BanggaMelayaniBangsa")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{4}$"), name="office_code_has_four_digits"),
            models.CheckConstraint(condition=Q(people_per_week__gte=1), name="office_serves_every_week"),
            models.CheckConstraint(condition=Q(posting_weekday__lte=4), name="office_posts_on_a_weekday"),
        ]

    def __str__(self) -> str:
        return self.name
