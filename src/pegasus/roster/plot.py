"""A dot plot of turns, one column per person in the order of names: it shows evenness, never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, ROW, LEFT, TOP = 10, 40, 32, 12


@dataclass(frozen=True)
class Plot:
    """Numbers for an SVG: whole ones, so that no language writes them with a comma."""

    width: int
    height: int
    dots: list[tuple[int, int]]
    lines: list[tuple[int, int]]  # turns and their height
    least: int
    most: int


def dot_plot(counts: Sequence[int]) -> Plot:
    """Place a dot for each person at the height of their turns."""
    most = max([1, *counts])
    height = TOP * 2 + most * ROW

    def level(count: int) -> int:
        return height - TOP - count * ROW

    return Plot(
        width=LEFT + STEP * len(counts) + TOP,
        height=height,
        dots=[(LEFT + STEP * n + STEP // 2, level(count)) for n, count in enumerate(counts)],
        lines=[(count, level(count)) for count in range(most + 1)],
        least=min(counts),
        most=max(counts),
    )
