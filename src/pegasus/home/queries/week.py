from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pegasus.cards.models import CardPicture
from pegasus.home.domain.weeks import State, Week, state_of
from pegasus.people.models import Office
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty
from pegasus.sop.models import Activity, Task

WEEKS = 2
SIZE = "portrait"
ORDER = ("H-5", "H-3", "card", "group", "instagram")
WORDS: dict[str, str | Promise] = {
    "H-5": "H-5",
    "H-3": "H-3",
    "card": _("Desain"),
    "group": _("Grup"),
    "instagram": _("Instagram"),
}


@dataclass(frozen=True)
class Tick:
    """One step of a duty as it stands now."""

    key: str
    state: State

    @property
    def label(self) -> str | Promise:
        """The word beside the sign."""
        return WORDS.get(self.key, self.key)


@dataclass(frozen=True)
class DutyLine:
    """A duty in its week: who, the picture when there is one, the five ticks."""

    duty: Duty
    ticks: list[Tick]
    card: int | None

    @property
    def state_of_card(self) -> State:
        """How the design stands."""
        return next((tick.state for tick in self.ticks if tick.key == "card"), "neutral")


@dataclass
class WeekView:
    """A week with its duties."""

    week: Week
    lines: list[DutyLine] = field(default_factory=list)


@dataclass(frozen=True)
class Weeks:
    """This week and the next, and how many more are planned."""

    shown: list[WeekView]
    more: int

    @property
    def this(self) -> Week:
        """The running week."""
        return self.shown[0].week

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is planned from this week on."""
        return not self.more and not any(view.lines for view in self.shown)


def weeks_from(office: Office, *, at: datetime) -> Weeks:
    """Return this week and the next with their duties, in three queries."""
    first = Week.of(at.astimezone(ZoneInfo(office.timezone)).date())
    views = [WeekView(first), WeekView(first.next)]
    duties = list(roster.duties_of(office).filter(starts_on__gte=first.monday))
    shown = [duty for duty in duties if duty.starts_on <= first.next.monday]
    tasks = roster.tasks_by_duty(office, shown)
    pictures = _pictures(office, shown)
    for duty in shown:
        view = views[duty.starts_on >= first.next.monday]
        view.lines.append(DutyLine(duty, ticks_of(tasks.get(duty.pk, []), at=at), pictures.get(duty.subject)))
    later = {duty.starts_on for duty in duties if duty.starts_on > first.next.monday}
    return Weeks(views, len(later))


def ticks_of(tasks: list[Task], *, at: datetime) -> list[Tick]:
    """Return the steps of a duty in the order of the SOP."""
    found = {}
    for task in tasks:
        key = "card" if task.activity.rhythm == Activity.Rhythm.CARD else task.part
        state = state_of(opens_at=task.opens_at, due_at=task.due_at, closed_at=task.closed_at, at=at)
        found[key] = Tick(key, state)
    return [found[key] for key in ORDER if key in found]


def _pictures(office: Office, duties: list[Duty]) -> dict[str, int]:
    rows = CardPicture.objects.filter(
        card__office=office, card__task__subject__in=[duty.subject for duty in duties], size=SIZE
    )
    return dict(rows.order_by("pk").values_list("card__task__subject", "card_id"))
