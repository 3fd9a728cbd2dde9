"""Rest from turns that stand: who served or will serve too near to a week cannot be chosen for it."""

from collections import defaultdict
from dataclasses import replace

from pegasus.roster.domain.grid import Grid


def rested(grid: Grid, gap: int) -> Grid:
    """Return the grid without the choices nearer than `gap` weeks to a turn outside the period or a settled one."""
    standing: dict[int, int] = defaultdict(int)
    for number, held in zip(grid.numbers, grid.held, strict=True):
        standing[number] |= held
    for turns in (grid.last, grid.coming):
        for p, turn in enumerate(turns):
            if turn is not None:
                standing[turn] |= 1 << p
    free = []
    for number, mask in zip(grid.numbers, grid.free, strict=True):
        tired = 0
        for other, served in standing.items():
            if abs(other - number) < gap:
                tired |= served
        free.append(mask & ~tired)
    return replace(grid, free=tuple(free))
