from hypothesis import given

from pegasus.sop import shipped
from pegasus.sop.domain.chart import cells
from pegasus.sop.domain.flow import Row, flow
from pegasus.sop.tests.test_flow import CHARTS, LANES, chart


def drawn(text: shipped.ShippedProcedure) -> dict[tuple[int, int], tuple[str, tuple[str, ...]]]:
    found = cells(flow([lane["key"] for lane in text["lanes"]], chart(text)))
    return {place: (cell.symbol, cell.pieces) for place, cell in found.items()}


def test_sop_330_is_drawn_cell_by_cell() -> None:
    found = drawn(shipped.procedure("pegasus"))

    assert found == {
        (0, 0): ("start", ("down",)),
        (1, 0): ("process", ("down", "into-top", "up")),
        (2, 0): ("process", ("into-top", "right", "up")),
        (2, 1): ("", ("down", "left")),
        (3, 1): ("process", ("down", "into-top", "up")),
        (4, 1): ("process", ("into-top", "right", "up")),
        (4, 2): ("process", ("down", "into-left", "left")),
        (5, 0): ("process", ("down", "into-right", "right")),
        (5, 1): ("", ("left", "right")),
        (5, 2): ("", ("left", "up")),
        (6, 0): ("", ("right", "up")),
        (6, 1): ("", ("left", "right")),
        (6, 2): ("", ("left", "right")),
        (6, 3): ("end", ("into-left", "left")),
    }


def test_a_refusal_runs_along_the_margin() -> None:
    rows = [
        Row(1, [{"lane": "a", "symbol": "start"}]),
        Row(2, [{"lane": "b", "symbol": "process"}]),
        Row(3, [{"lane": "b", "symbol": "decision", "no": 1}]),
        Row(4, [{"lane": "b", "symbol": "end"}]),
    ]

    found = cells(flow(LANES, rows))

    assert set(found[2, 1].pieces) == {"up", "into-top", "down", "yes", "no-left", "stub-left", "margin-left-up"}
    assert {"margin-left-up", "margin-left-down"} < set(found[1, 1].pieces)
    assert set(found[0, 1].pieces) == {"margin-left-down", "out-left"}  # 1 → 2 leaves it free
    assert set(found[0, 0].pieces) == {"right", "into-right", "down"}


@given(CHARTS)
def test_a_line_never_ends_at_an_edge(rows: list[Row]) -> None:
    found = cells(flow(LANES, rows))

    for (row, lane), cell in found.items():
        for piece, place, other in (
            ("right", (row, lane + 1), {"left", "out-left"}),
            ("left", (row, lane - 1), {"right", "out-right"}),
            ("down", (row + 1, lane), {"up"}),
            ("up", (row - 1, lane), {"down"}),
        ):
            if piece in cell.pieces:
                assert other & set(found[place].pieces)
