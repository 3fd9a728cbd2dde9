"""A dot plot of turns, one column per person in the order of names: it shows evenness, never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, ROW, SIDE, RADIUS = 10, 40, 6, 4
NARROW = 260  # points: the narrowest panel it stands in
LEAST_ROW = 18  # points: room for a number beside a line there


@dataclass(frozen=True)
class Plot:
    """Numbers for an SVG: whole ones, so that no language writes them with a comma."""

    width: int
    height: int
    wide: int  # points: never drawn wider, so that few people do not become large dots
    radius: int
    dots: list[tuple[int, int]]
    lines: list[tuple[int, int]]  # turns and their height, the most first; every line has a row of the same height
    least: int
    most: int


def dot_plot(counts: Sequence[int]) -> Plot:
    """Place a dot for each person at the height of their turns."""
    most = max([1, *counts])
    width = SIDE * 2 + STEP * len(counts)
    row = max(ROW, LEAST_ROW * width // NARROW)

    def level(count: int) -> int:
        return row * (most - count) + row // 2

    return Plot(
        width=width,
        height=row * (most + 1),
        wide=max(width * 3 // 2, 1),
        radius=max(RADIUS, width // NARROW),
        dots=[(SIDE + STEP * n + STEP // 2, level(count)) for n, count in enumerate(counts)],
        lines=[(count, level(count)) for count in range(most, -1, -1)],
        least=min(counts),
        most=max(counts),
    )
