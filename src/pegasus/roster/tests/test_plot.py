import pytest

from pegasus.roster.plot import LEAST_ROW, NARROW, dot_plot


def test_every_dot_stands_on_the_line_of_its_turns() -> None:
    plot = dot_plot([0, 2, 1, 2])

    heights = dict(plot.lines)
    assert [y for _x, y in plot.dots] == [heights[0], heights[2], heights[1], heights[2]]
    assert (plot.least, plot.most) == (0, 2)


@pytest.mark.parametrize("people", [1, 8, 64, 300])
def test_few_people_are_not_drawn_large_and_many_keep_room_for_the_numbers(people: int) -> None:
    plot = dot_plot([1] * people)

    row = plot.height / len(plot.lines)
    assert plot.wide <= 1.5 * plot.width
    assert row * min(1, NARROW / plot.width) >= LEAST_ROW - 1
