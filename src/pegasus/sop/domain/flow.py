"""The flow chart of a procedure: its symbols in their lanes, and the arrows between them.

The rows come in order, and so do the performers of a row. A decision names the activity to which `Tidak` leads back
(`no`); `Ya` goes on. How an arrow runs is decided here once; the page and the document draw the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

# straight: down within the lane. across: sideways within the row. side_down: sideways, then down into the
# target. down_side: down to the target's row, then sideways into it.
# gutter: sideways into the lane's margin, along it, and in.
Route = Literal["straight", "across", "side_down", "down_side", "gutter"]
Side = Literal["left", "right"]
SYMBOLS = ("start", "process", "decision", "end")
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
    taken = {(node.row, node.lane) for node in nodes}
    edges = [_forward(nodes, place, taken) for place in range(len(nodes) - 1)]
    edges += [
        Edge(place, first_of[number], "gutter", NO, _side(nodes[place], nodes[first_of[number]]))
        for place, number in refusals
        if number in first_of
    ]
    return Flow(tuple(nodes), tuple(edges))


def _forward(nodes: Sequence[Node], place: int, taken: set[tuple[int, int]]) -> Edge:
    source, target = nodes[place], nodes[place + 1]
    label = YES if source.symbol == "decision" else ""
    return Edge(place, place + 1, _route(source, target, taken), label, _side(source, target))


def _side(source: Node, target: Node) -> Side:
    """Choose the margin on the side on which the target lies."""
    return "right" if target.lane > source.lane else "left"


def _route(source: Node, target: Node, taken: set[tuple[int, int]]) -> Route:
    """Choose the way that crosses no symbol: to the next lane sideways first, farther away down first."""
    if source.row == target.row:
        return "across" if not _between(source.row, source.lane, target.lane, taken) else "gutter"
    if source.lane == target.lane:
        return "straight" if not _below(source, target.row, source.lane, taken) else "gutter"
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
    return next((route for route in wanted if free[route]), "gutter")


def _between(row: int, one: int, other: int, taken: set[tuple[int, int]]) -> bool:
    """Tell whether a symbol stands in a row between two lanes."""
    return any((row, lane) in taken for lane in range(min(one, other) + 1, max(one, other)))


def _below(source: Node, row: int, lane: int, taken: set[tuple[int, int]]) -> bool:
    """Tell whether a symbol stands in a lane between the source's row and another."""
    return any((between, lane) in taken for between in range(source.row + 1, row))
