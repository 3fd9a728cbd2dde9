from hypothesis import given
from hypothesis import strategies as st

from pegasus.sop import shipped
from pegasus.sop.domain.flow import Edge, Node, Row, flow, pieces
from pegasus.sop.shipped import ShippedProcedure

LANES = ["a", "b", "c", "d"]
SYMBOLS = st.sampled_from(["process", "decision"])
PERFORMERS = st.lists(st.sampled_from(LANES), min_size=1, max_size=3, unique=True)
CHARTS = st.lists(st.tuples(PERFORMERS, SYMBOLS, st.integers(1, 9)), min_size=1, max_size=9).map(
    lambda rows: [
        Row(
            number,
            [{"lane": lane, "symbol": symbol} | ({"no": back} if symbol == "decision" else {}) for lane in lanes],
        )
        for number, (lanes, symbol, back) in enumerate(rows, start=1)
    ]
)


def chart(text: ShippedProcedure) -> list[Row]:
    return [Row(row["number"], row["performers"]) for row in text["activities"]]


def test_the_arrows_of_sop_330_run_as_the_sop_draws_them() -> None:
    text = shipped.procedure("pegasus")

    found = flow([lane["key"] for lane in text["lanes"]], chart(text))

    assert [(node.row + 1, node.lane) for node in found.nodes] == [
        (1, 0), (2, 0), (3, 0), (4, 1), (5, 1), (5, 2), (6, 0), (7, 3),
    ]  # fmt: skip
    assert [edge.route for edge in found.edges] == [
        "straight",  # 1 → 2
        "straight",  # 2 → 3
        "side_down",  # 3 → 4 right and down to Pegawai
        "straight",  # 4 → 5
        "across",  # 5 Pegawai → Humas
        "down_side",  # Humas → 6 down and left to CA
        "down_side",  # 6 → 7 down and right to CC
    ]


def test_a_decision_goes_on_with_ya_and_back_with_tidak() -> None:
    rows = [
        Row(1, [{"lane": "a", "symbol": "start"}]),
        Row(2, [{"lane": "b", "symbol": "decision", "no": 1}]),
        Row(3, [{"lane": "a", "symbol": "end"}]),
    ]

    found = flow(LANES, rows)

    assert found.edges == (
        Edge(0, 1, "down_side", side="right"),
        Edge(1, 2, "down_side", "Ya"),
        Edge(1, 0, "gutter", "Tidak", side="right"),  # on the left 1 → 2 comes in
    )


def test_a_performer_in_no_lane_is_left_out() -> None:
    found = flow(LANES, [Row(1, [{"lane": "nobody", "symbol": "start"}, {"lane": "b", "symbol": "end"}])])

    assert found.nodes == (Node(0, 1, "end"),)


@given(CHARTS)
def test_every_symbol_is_reached_and_every_refusal_has_its_arrow(rows: list[Row]) -> None:
    found = flow(LANES, rows)

    forward = [edge for edge in found.edges if edge.label != "Tidak"]
    assert [(edge.source, edge.target) for edge in forward] == [
        (place, place + 1) for place in range(len(found.nodes) - 1)
    ]
    numbers = {row.number for row in rows}
    refusals = sum(performer.get("no") in numbers for row in rows for performer in row.performers)
    assert len(found.edges) - len(forward) == refusals


@given(CHARTS)
def test_no_arrow_runs_through_a_symbol(rows: list[Row]) -> None:
    found = flow(LANES, rows)

    taken = {(node.row, node.lane) for node in found.nodes}
    for edge in found.edges:
        source, target = found.nodes[edge.source], found.nodes[edge.target]
        between = range(source.row + 1, target.row)
        if edge.route == "side_down":
            assert not taken & {(row, target.lane) for row in [source.row, *between]}
        if edge.route == "down_side":
            assert not taken & {(row, source.lane) for row in [*between, target.row]}


def test_an_arrow_leaves_not_along_the_one_that_came() -> None:
    """M1: with 4 at the left, 5 far right and 6 between, 5 → 6 along 4 → 5 reads as 4 → 6."""
    rows = [Row(number, [{"lane": lane, "symbol": "process"}]) for number, lane in enumerate("adc", start=4)]

    found = flow(LANES, rows)

    assert [edge.route for edge in found.edges] == ["down_side", "down_side"]


def test_a_refusal_leaves_on_the_side_on_which_nothing_comes_in() -> None:
    """6 is reached from the right, so that `Tidak`, which leads to the right, goes round by the left."""
    rows = [
        Row(4, [{"lane": "b", "symbol": "start"}]),
        Row(5, [{"lane": "c", "symbol": "process"}]),
        Row(6, [{"lane": "a", "symbol": "decision", "no": 5}]),
        Row(7, [{"lane": "a", "symbol": "end"}]),
    ]

    found = flow(LANES, rows)

    assert found.edges[-1] == Edge(2, 1, "gutter", "Tidak", side="left")


@given(st.lists(st.sampled_from(LANES), min_size=2, max_size=9))
def test_no_two_arrows_lie_on_one_another(lanes: list[str]) -> None:
    found = flow(LANES, [Row(number, [{"lane": lane, "symbol": "process"}]) for number, lane in enumerate(lanes, 1)])

    drawn = [pieces(edge, found.nodes[edge.source], found.nodes[edge.target]) for edge in found.edges]
    assert all(not one & other for place, one in enumerate(drawn) for other in drawn[:place])


def test_an_arrow_makes_room_for_a_later_one_that_has_no_choice() -> None:
    rows = [
        Row(3, [{"lane": "a", "symbol": "process"}]),
        Row(4, [{"lane": "d", "symbol": "process"}]),
        Row(5, [{"lane": "b", "symbol": "process"}, {"lane": "c", "symbol": "process"}]),
    ]

    found = flow(LANES, rows)

    assert [edge.route for edge in found.edges] == ["side_down", "side_down", "across"]
