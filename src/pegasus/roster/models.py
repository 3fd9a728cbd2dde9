from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Employee, Office

LINK_PURPOSE = "duty"  # of the personal links that open a duty; they are closed when it changes hands
ASK_PURPOSE = "ask"  # of the personal links on which a colleague says yes or no


class Roster(models.Model):
    """A version of a period's jadwal: a snapshot. Published, it is frozen."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="rosters")
    period = models.CharField(max_length=8)  # `2026Q4` or `2026S2`
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    people_per_week = models.PositiveSmallIntegerField()
    # What the solver said: levels with value, bound and proof; turns; shortest rest; skipped weeks.
    result = models.JSONField(default=dict)
    # What it was made from (domain/kept.py), so that "mengapa" is answered as of then. Empty: of an older release.
    inputs = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "period", "version"], name="one_roster_per_version"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="roster_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.period} v{self.version}"

    @property
    def span(self) -> Period:
        """The quarter or semester of the roster."""
        return Period.parse(self.period)


class Duty(models.Model):
    """A seat in a week. It keeps its row through roster versions and swaps; who holds it is dated."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="duties")
    starts_on = models.DateField()  # the Monday
    seat = models.PositiveSmallIntegerField()
    posts_on = models.DateField()
    # The one who holds it now; the history stands in DutyHolder.
    holder = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545 SEQUENCE: grows with every change

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "starts_on", "seat"], name="one_duty_per_seat")]
        indexes = [models.Index(fields=["office", "posts_on"], name="duty_office_posts")]

    def __str__(self) -> str:
        return f"{self.starts_on} kursi {self.seat}"

    @property
    def subject(self) -> str:
        """The neutral key under which tasks and links name this duty."""
        return f"duty:{self.pk}"


class DutyHolder(models.Model):
    """Who held a duty from when until when, and why."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="holders")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="held_duties")
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    reason = models.JSONField(default=dict)
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(held_until=None), name="one_holder_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.employee_id}"


class RosterPlace(models.Model):
    """One place of a roster version, with the reason for this person."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="places")
    starts_on = models.DateField()
    posts_on = models.DateField()
    seat = models.PositiveSmallIntegerField()
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "starts_on", "seat"], name="one_place_per_seat"),
            models.UniqueConstraint(fields=["roster", "starts_on", "employee"], name="nobody_twice_in_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.employee_id}"


class Swap(models.Model):
    """A wish to hand a duty over: to a substitute whom the others are asked for in turn, or for a colleague's turn."""

    class Kind(models.TextChoices):
        SUBSTITUTE = "substitute", _("Cari pengganti")
        EXCHANGE = "exchange", _("Tukar giliran")

    class State(models.TextChoices):
        ASKED = "asked", _("Diminta")
        DONE = "done", _("Digantikan")
        DECLINED = "declined", _("Belum berhasil")
        EXHAUSTED = "exhausted", _("Belum ada yang bersedia")  # open still: the CA finds somebody
        LAPSED = "lapsed", _("Tidak berlaku lagi")
        WITHDRAWN = "withdrawn", _("Ditarik kembali")

    OPEN = (State.ASKED, State.EXHAUSTED)

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="swaps")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SUBSTITUTE)
    other_duty = models.ForeignKey(Duty, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    from_employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    to_employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state__in=["asked", "exhausted"]), name="one_open_swap_per_duty"
            ),
            models.CheckConstraint(
                condition=Q(kind="substitute", other_duty=None) | Q(kind="exchange", other_duty__isnull=False),
                name="exchange_names_the_other_turn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.state}"


class SwapAsk(models.Model):
    """One person asked for one swap, until a moment. Of a swap only one ask waits at a time."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Menunggu jawaban")
        YES = "yes", _("Bersedia")
        NO = "no", _("Tidak bisa")
        SILENT = "silent", _("Tidak menjawab")
        UNABLE = "unable", _("Sudah tidak dapat menggantikan")
        CLOSED = "closed", _("Tidak perlu dijawab lagi")

    swap = models.ForeignKey(Swap, on_delete=models.CASCADE, related_name="asks")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)  # the person, or the CA on their word

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["swap", "order"], name="one_ask_per_place_in_turn"),
            models.UniqueConstraint(fields=["swap", "employee"], name="nobody_asked_twice"),
            models.UniqueConstraint(fields=["swap"], condition=Q(answer="waiting"), name="one_ask_at_a_time"),
        ]
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(answer="waiting"), name="swap_ask_due"),
        ]

    def __str__(self) -> str:
        return f"{self.swap_id}.{self.order}: {self.answer}"

    @property
    def subject(self) -> str:
        """The neutral key under which the personal link names this ask."""
        return f"ask:{self.pk}"
