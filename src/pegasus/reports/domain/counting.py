"""How the days of each activity are counted, in words: the same rule by which they are measured."""

from collections.abc import Sequence

from pegasus.reports.domain.figures import ActivityFigures
from pegasus.reports.domain.prose import joined
from pegasus.sop.domain.standards import Counting, counting_of, parse

BY_THE_CLOCK = ("minutes", "hours")
WAYS = {
    Counting.FIRST_DAY: "dihitung mulai hari aktivitas dibuka",
    Counting.DAY_AFTER: "dihitung mulai hari kerja sesudahnya",
    Counting.NOT_AT_ALL: "tidak diukur karena standarnya berupa frekuensi",
    None: "dihitung menurut jam",
}


def in_words(figures: Sequence[ActivityFigures]) -> str:
    """Return a sentence on each way of counting that the table uses, with the activities it is used for."""
    found: dict[Counting | None, list[str]] = {}
    for figure in figures:
        found.setdefault(_way(figure), []).append(str(figure.activity.number))
    told = [f"aktivitas {joined(found[way])} {words}" for way, words in WAYS.items() if way in found]
    return f"Hari berarti hari kerja. {'; '.join(told).capitalize()}." if told else ""


def _way(figure: ActivityFigures) -> Counting | None:
    standard = parse(figure.activity.time_standard)
    if standard.unit in BY_THE_CLOCK:
        return None
    if standard.limit is None:
        return Counting.NOT_AT_ALL
    return counting_of(figure.activity.rhythm, "")
