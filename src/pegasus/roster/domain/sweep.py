"""Better teams without a search: weeks that do not touch are filled anew, again and again, while it helps."""

from collections.abc import Iterator

from pegasus.roster.domain import measures
from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.flow import refill
from pegasus.roster.domain.grid import Grid, Plan

STRIDES = (2, 3, 5)  # every second week, every third, ...


def sweep(grid: Grid, plan: Plan, room: Freedom, gap: int) -> Plan:
    """Return a plan that no refilling of such weeks makes better."""
    best, better = measures.quality(grid, plan), True
    while better:
        better = False
        for weeks in _parts(grid, room, gap):
            found = refill(grid, plan, weeks, room, gap=gap)
            if found is not None and (quality := measures.quality(grid, found)) < best:
                plan, best, better = found, quality, True
    return plan


def _parts(grid: Grid, room: Freedom, gap: int) -> Iterator[list[int]]:
    weeks = [week for week, count in enumerate(grid.needed) if count]
    often = max(room.most) > 1
    for stride in STRIDES:
        for start in range(stride):
            part = [week for week in weeks if week % stride == start]
            while part:
                end = grid.numbers[part[0]] + gap
                window = [week for week in part if not often or grid.numbers[week] < end]
                yield window
                part = part[len(window) :]
