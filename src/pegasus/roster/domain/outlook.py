"""What it would mean for somebody to serve in a week: not allowed and why, or allowed with the rest it leaves."""

from collections.abc import Collection
from dataclasses import dataclass

from pegasus.roster.domain.problem import Person, Week, may_serve

OVER, LEFT, EXEMPT, AWAY, SERVES = "over", "left", "exempt", "away", "serves"


@dataclass(frozen=True)
class Outlook:
    """One person in one week. `why` is empty where it is allowed; `rest` is None for somebody without other turns."""

    why: str = ""
    rest: int | None = None

    @property
    def allowed(self) -> bool:
        """Tell whether the rules allow it."""
        return not self.why

    @property
    def data(self) -> int | str:
        """Return it as plain data: the reason against it, or the weeks to the nearest other turn (0: none)."""
        return self.why or self.rest or 0


def outlook(person: Person, week: Week, others: Collection[int], *, over: bool) -> Outlook:
    """Look at a person in a week; `others` are the numbers of the weeks of their other turns."""
    if over or week.posts_on is None:
        return Outlook(OVER)
    if not person.works_on(week.posts_on):
        return Outlook(LEFT)
    if person.is_exempt_on(week.posts_on):
        return Outlook(EXEMPT)
    if not may_serve(person, week):
        return Outlook(AWAY)
    if week.number in others:
        return Outlook(SERVES)
    return Outlook(rest=min((abs(week.number - number) for number in others), default=None))
