"""Better teams without a search: weeks that do not touch are filled anew, again and again, while it helps."""

from collections.abc import Iterator
from random import Random

from pegasus.roster.domain import measures
from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.flow import refill
from pegasus.roster.domain.grid import Grid, Plan

SHARE = 0.6  # of the weeks that could be drawn
STRIDES = (2, 3, 5)  # every second week, every third, ...


STEPS = 40
SEED = 330


def wander(grid: Grid, plan: Plan, room: Freedom, gap: int, *, least: int) -> Plan:
    """Go from plan to plan that is no worse, weeks drawn by a fixed seed, until few enough teams meet again."""
    noise = Random(SEED)  # noqa: S311 - no secret: the same draws on every machine
    best = measures.quality(grid, plan)
    often = max(room.most) > 1
    for _ in range(STEPS):
        if measures.same_team_next_week(grid, plan) <= least:
            break
        part: list[int] = []
        for week, count in enumerate(grid.needed):
            if count and noise.random() < SHARE and (not part or part[-1] < week - 1):
                part.append(week)
        if often and part:
            start = grid.numbers[noise.choice(part)]
            part = [week for week in part if start <= grid.numbers[week] < start + gap]
        found = refill(grid, plan, part, room, gap=gap, noise=noise)
        if found is not None and (quality := measures.quality(grid, found)) <= best:
            plan, best = found, quality
    return plan


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
