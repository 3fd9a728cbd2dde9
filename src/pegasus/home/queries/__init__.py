"""What the first page reads: the week, what waits for whom, somebody's own turn."""

from pegasus.home.queries.consequences import Line, Moved, Preview, consequences, considered, misfits_of
from pegasus.home.queries.roles import Reports, quarter_of, queue_of, reports_for
from pegasus.home.queries.todo import Todo, todo_of
from pegasus.home.queries.turns import Turn, turn_of
from pegasus.home.queries.week import DutyLine, Tick, Weeks, WeekView, weeks_from
from pegasus.people.models import Office

__all__ = [
    "DutyLine",
    "Line",
    "Moved",
    "Preview",
    "Reports",
    "Tick",
    "Todo",
    "Turn",
    "WeekView",
    "Weeks",
    "consequences",
    "considered",
    "is_empty",
    "misfits_of",
    "quarter_of",
    "queue_of",
    "reports_for",
    "todo_of",
    "turn_of",
    "weeks_from",
]


def is_empty() -> bool:
    """Tell whether this installation has no office yet."""
    return not Office.objects.exists()
