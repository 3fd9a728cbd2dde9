"""Wishes to hand a turn over: how one stands, who is asked next, with whom a turn can be exchanged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from pegasus.delivery.domain.states import UNSENT
from pegasus.delivery.queries import deliveries_of
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.domain.problem import may_serve
from pegasus.roster.models import Duty, DutyHolder, Swap, SwapAsk


@dataclass(frozen=True)
class Progress:
    """An open wish, who was asked for it, and who is considering it now."""

    swap: Swap
    asks: list[SwapAsk]

    @property
    def waiting(self) -> SwapAsk | None:
        """The question that is open now."""
        return next((ask for ask in self.asks if ask.answer == SwapAsk.Answer.WAITING), None)

    @property
    def is_exchange(self) -> bool:
        """Tell whether a named colleague is asked to exchange turns."""
        return self.swap.kind == Swap.Kind.EXCHANGE

    @property
    def is_up_to_the_planner(self) -> bool:
        """Tell whether nobody is considering it: then somebody must be found by hand."""
        return self.waiting is None


def progress_of(duty: Duty) -> Progress | None:
    """Return how the open wish for a turn stands; None when there is none."""
    swap = queries.open_swaps(duty.office).filter(duty=duty).first()
    if swap is None:
        return None
    return Progress(swap, list(queries.asks_of(duty.office).filter(swap=swap)))


def wanted_for(duty: Duty) -> SwapAsk | None:
    """Return the open question of a colleague who wants this turn in exchange."""
    rows = queries.asks_of(duty.office).filter(answer=SwapAsk.Answer.WAITING, swap__other_duty=duty)
    return rows.select_related("swap__duty").first()


def partners(duty: Duty, at: datetime) -> list[Duty]:
    """Return the coming turns for which this one can be exchanged: both must be able to serve in the other's week."""
    me, office = duty.holder, duty.office
    if me is None:
        return []
    coming = queries.coming_duties(office, at)
    days = [one.posts_on for one in coming] + [duty.posts_on]
    weeks = {week.starts_on: week for week in queries.weeks_of(office, min(days), max(days))}
    mine = weeks.get(duty.starts_on)
    if mine is None:
        return []
    first = min(day for week in weeks.values() for day in (*week.prepares_on, week.starts_on))
    out = queries.days_out(office, first, max(days))
    serving: dict[date, set[int | None]] = defaultdict(set)
    for one in coming:
        serving[one.starts_on].add(one.holder_id)
    myself = queries.person_of(me, out.get(me.pk))
    return [
        one
        for one in coming
        if one.starts_on in weeks
        and one.holder is not None
        and me.pk not in serving[one.starts_on]
        and one.holder_id not in serving[duty.starts_on]
        and may_serve(myself, weeks[one.starts_on])
        and may_serve(queries.person_of(one.holder, out.get(one.holder.pk)), mine)
    ]


def question_is_waiting(ask: SwapAsk) -> bool:
    """Tell whether the message that asks still lies in the office, by every road."""
    messages = deliveries_of(ask.swap.duty.office).filter(key__in=[f"ask|{ask.pk}", f"ask|{ask.pk}|email"])
    states = set(messages.values_list("state", flat=True))
    return bool(states) and states <= UNSENT


def swaps_needing_work(at: datetime) -> Iterable[int]:
    """Return what the jobs must move on, of all offices: a question that is overdue, a turn that changed hands."""
    overdue = Q(asks__answer=SwapAsk.Answer.WAITING, asks__answer_by__lte=at)
    moved = ~Q(duty__holder=F("from_employee")) | Q(duty__cancelled_at__isnull=False)
    over = Q(duty__posts_on__lt=at.date())  # some hours late in the east, which harms nobody
    rows = Swap.objects.filter(overdue | moved | over, state__in=Swap.OPEN, duty__office__is_being_made=False)
    return rows.order_by("pk").values_list("pk", flat=True).distinct()


def swap_for_work(pk: int) -> Swap | None:
    """Return one open wish of any office, for the jobs alone."""
    return (
        Swap.objects.select_related("duty__office", "duty__holder", "other_duty__holder", "from_employee")
        .filter(pk=pk, state__in=Swap.OPEN)
        .first()
    )


def next_to_ask(swap: Swap) -> Employee | None:
    """Return the fairest one who has not been asked yet; who is considering another wish comes last."""
    asked = set(swap.asks.values_list("employee_id", flat=True)) | {swap.from_employee_id}
    waiting = queries.asks_of(swap.duty.office).filter(answer=SwapAsk.Answer.WAITING)
    considering = set(waiting.values_list("employee_id", flat=True))
    fairest = queries.by_fairness(swap.duty, queries.able_to_take(swap.duty))
    people_left = [one.employee for one in fairest if one.employee.pk not in asked]
    return min(people_left, key=lambda person: person.pk in considering, default=None)


def changes_of(office: Office) -> QuerySet[DutyHolder]:
    """The only door to who held a duty from when until when: those of one office, the first first."""
    return (
        DutyHolder.objects.filter(duty__office=office)
        .select_related("duty__office", "duty__holder", "employee")
        .order_by("held_from", "pk")
    )
