"""The flow chart of a procedure: its symbols in their lanes, and the arrows between them.

The rows come in order, and so do the performers of a row. A decision names the activity to which `Tidak` leads back
(`no`); `Ya` goes on. How an arrow runs is decided here once; the page and the document draw the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

# straight: down within the lane. across: sideways within the row. side_down: sideways, then down into the
# target. down_side: down to the target's row, then sideways into it.
# gutter: sideways into the lane's margin, along it, and in.
Route = Literal["straight", "across", "side_down", "down_side", "gutter"]
Side = Literal["left", "right"]
SYMBOLS = ("start", "process", "decision", "end")
Piece = tuple[int, int, str]  # row, lane, which part of the cell
MOST_ROUNDS = 8
PARTS = ("in", "out")  # from the middle to the margin, from the margin to the edge
YES, NO = "Ya", "Tidak"


@dataclass(frozen=True)
class Row:
    """An activity as the chart needs it: its number, and lane, symbol and `no` of each performer."""

    number: int
    performers: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Node:
    """A symbol in a lane."""

    row: int
    lane: int
    symbol: str


@dataclass(frozen=True)
class Edge:
    """An arrow between two nodes, by their places in the list; a gutter lies at one `side` of the source's lane."""

    source: int
    target: int
    route: Route
    label: str = ""
    side: Side = "left"


@dataclass(frozen=True)
class Flow:
    """The whole chart."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def flow(lanes: Sequence[str], rows: Iterable[Row]) -> Flow:
    """Lay the chart out; a performer in an unknown lane or a `no` without its activity is left out."""
    columns = {key: column for column, key in enumerate(lanes)}
    nodes: list[Node] = []
    refusals: list[tuple[int, int]] = []
    first_of: dict[int, int] = {}
    for index, row in enumerate(rows):
        for performer in row.performers:
            if performer["lane"] in columns:
                first_of.setdefault(row.number, len(nodes))
                if performer.get("no") is not None:
                    refusals.append((len(nodes), performer["no"]))
                nodes.append(Node(index, columns[performer["lane"]], performer["symbol"]))
    wanted = [(place, place + 1, YES if nodes[place].symbol == "decision" else "") for place in range(len(nodes) - 1)]
    wanted += [(place, first_of[number], NO) for place, number in refusals if number in first_of]
    return Flow(tuple(nodes), tuple(_laid_out(nodes, wanted)))


def _laid_out(nodes: Sequence[Node], wanted: Sequence[tuple[int, int, str]]) -> list[Edge]:
    """Choose each arrow's way so that no two lie on one another; where none is free, the one that shares least.

    First each takes the best way beside those before it; then in turn beside all others, until nothing changes: an
    arrow drawn early makes room for a later one that has no choice.
    """
    taken = {(node.row, node.lane) for node in nodes}
    ways = [
        [
            Edge(source, target, route, label, side)
            for route, side in _routes(nodes[source], nodes[target], taken, goes_back=label == NO)
        ]
        for source, target, label in wanted
    ]
    covered = {edge: pieces(edge, nodes[edge.source], nodes[edge.target]) for some in ways for edge in some}
    chosen: list[Edge] = []
    for some in ways:
        chosen.append(min(some, key=partial(_shared, tuple(chosen), covered)))
    for _round in range(MOST_ROUNDS):
        before = list(chosen)
        for place, some in enumerate(ways):
            others = [edge for number, edge in enumerate(chosen) if number != place]
            chosen[place] = min(some, key=partial(_shared, others, covered))
        if chosen == before:
            break
    return chosen


def _shared(others: Iterable[Edge], covered: Mapping[Edge, set[Piece]], edge: Edge) -> int:
    """Count the pieces on which an arrow lies over others; two that lead to one symbol may join."""
    return sum(len(covered[edge] & covered[other]) for other in others if other.target != edge.target)


def pieces(edge: Edge, source: Node, target: Node) -> set[Piece]:
    """Return the pieces of cells that an arrow covers: halves up and down, quarters sideways, margins."""
    if edge.route == "gutter":
        return _gutter(edge.side, source, target)
    if edge.route == "across":
        return _sideways(source.row, source.lane, target.lane)
    corner = target.lane if edge.route == "side_down" else source.lane
    row = source.row if edge.route == "side_down" else target.row
    return _upright(corner, source.row, target.row) | _sideways(row, source.lane, target.lane)


def _upright(lane: int, first: int, last: int) -> set[Piece]:
    found = {(first, lane, "down"), (last, lane, "up")} if first != last else set()
    return found | {(row, lane, half) for row in range(first + 1, last) for half in ("up", "down")}


def _sideways(row: int, start: int, end: int) -> set[Piece]:
    if start == end:
        return set()
    way, back = ("right", "left") if end > start else ("left", "right")
    found = {(row, start, f"{way}-{part}") for part in PARTS} | {(row, end, f"{back}-{part}") for part in PARTS}
    between = range(min(start, end) + 1, max(start, end))
    return found | {(row, lane, f"{side}-{part}") for lane in between for side in ("left", "right") for part in PARTS}


def _gutter(side: Side, source: Node, target: Node) -> set[Piece]:
    """Return the pieces of the way along a margin of the source's lane."""
    ahead, behind = ("up", "down") if target.row < source.row else ("down", "up")
    lane = source.lane
    found = {(source.row, lane, f"{side}-in")}
    if source.row != target.row:
        found |= {(source.row, lane, f"margin-{side}-{ahead}"), (target.row, lane, f"margin-{side}-{behind}")}
    for row in range(min(source.row, target.row) + 1, max(source.row, target.row)):
        found |= {(row, lane, f"margin-{side}-{half}") for half in ("up", "down")}
    if target.lane == lane:
        return found | {(target.row, lane, f"{side}-in")}
    last = _sideways(target.row, lane, target.lane)
    towards = "right" if target.lane > lane else "left"
    if side == towards:
        return found | (last - {(target.row, lane, f"{side}-in")})
    return found | last | {(target.row, lane, f"{side}-in")}


def _side(source: Node, target: Node) -> Side:
    """Choose the margin on the side on which the target lies."""
    return "right" if target.lane > source.lane else "left"


def _routes(source: Node, target: Node, taken: set[tuple[int, int]], *, goes_back: bool) -> list[tuple[Route, Side]]:
    """Return the ways that cross no symbol, best first: to the next lane sideways first, farther away down first."""
    side = _side(source, target)
    found: list[tuple[Route, Side]] = []
    if not goes_back:
        found = [(route, side) for route in _direct(source, target, taken)]
    other: Side = "left" if side == "right" else "right"
    if not _between(target.row, source.lane, target.lane, taken):
        found.append(("gutter", side))
        if source.row != target.row and (target.lane == source.lane or (target.row, source.lane) not in taken):
            found.append(("gutter", other))
    return found or [("gutter", side)]


def _direct(source: Node, target: Node, taken: set[tuple[int, int]]) -> list[Route]:
    if source.row == target.row:
        return ["across"] if not _between(source.row, source.lane, target.lane, taken) else []
    if source.lane == target.lane:
        return ["straight"] if not _below(source, target.row, source.lane, taken) else []
    free: dict[Route, bool] = {
        "side_down": not _between(source.row, source.lane, target.lane, taken)
        and (source.row, target.lane) not in taken
        and not _below(source, target.row, target.lane, taken),
        "down_side": not _between(target.row, source.lane, target.lane, taken)
        and (target.row, source.lane) not in taken
        and not _below(source, target.row, source.lane, taken),
    }
    near = abs(source.lane - target.lane) == 1 and source.symbol != "decision"
    wanted: tuple[Route, Route] = ("side_down", "down_side") if near else ("down_side", "side_down")
    return [route for route in wanted if free[route]]


def _between(row: int, one: int, other: int, taken: set[tuple[int, int]]) -> bool:
    """Tell whether a symbol stands in a row between two lanes."""
    return any((row, lane) in taken for lane in range(min(one, other) + 1, max(one, other)))


def _below(source: Node, row: int, lane: int, taken: set[tuple[int, int]]) -> bool:
    """Tell whether a symbol stands in a lane between the source's row and another."""
    return any((between, lane) in taken for between in range(source.row + 1, row))
