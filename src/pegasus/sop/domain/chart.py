"""The flow chart cut into the cells of a table: which pieces of arrows stand in which cell.

A page draws each cell by itself, so that rows may be as high as their words need. Pieces: `up`, `down`, `left` and
`right` run from the middle to an edge; `margin-left-up` and its kin run along a margin; `stub-left` joins the middle
to the margin, `out-left` the margin to the edge; `into-top` and its kin are the heads.
"""

from collections import defaultdict
from dataclasses import dataclass

from pegasus.sop.domain.flow import NO, Edge, Flow, Node

OPPOSITE = {"left": "right", "right": "left", "up": "down", "down": "up"}


@dataclass(frozen=True)
class Cell:
    """What a cell shows: a symbol or none, and pieces of arrows in a fixed order."""

    symbol: str
    pieces: tuple[str, ...]


class _Drawing:
    def __init__(self) -> None:
        self.pieces: dict[tuple[int, int], set[str]] = defaultdict(set)

    def add(self, row: int, lane: int, *pieces: str) -> None:
        self.pieces[row, lane].update(pieces)

    def down(self, lane: int, first: int, last: int) -> None:
        """Draw from the middle of one row down to the middle of another."""
        self.add(first, lane, "down")
        for row in range(first + 1, last):
            self.add(row, lane, "up", "down")
        self.add(last, lane, "up")

    def sideways(self, row: int, start: int, end: int) -> None:
        """Draw from the middle of one lane to the middle of another."""
        way = "right" if end > start else "left"
        self.add(row, start, way)
        for lane in range(min(start, end) + 1, max(start, end)):
            self.add(row, lane, "left", "right")
        self.add(row, end, OPPOSITE[way])


def cells(flow: Flow) -> dict[tuple[int, int], Cell]:
    """Return what stands in each cell (row, lane) that is not empty."""
    drawing = _Drawing()
    crowded = {edge.source for edge in flow.edges if edge.label == NO and edge.side == "right"}
    for edge in flow.edges:
        _draw(drawing, edge, flow.nodes[edge.source], flow.nodes[edge.target])
    for source in crowded:  # `Tidak` stands at the right below the symbol: `Ya` takes the other side of its arrow
        found = drawing.pieces[flow.nodes[source].row, flow.nodes[source].lane]
        if "yes" in found:
            found.remove("yes")
            found.add("yes-before")
    symbols = {(node.row, node.lane): node.symbol for node in flow.nodes}
    places = sorted(set(symbols) | set(drawing.pieces))
    return {place: Cell(symbols.get(place, ""), tuple(sorted(drawing.pieces[place]))) for place in places}


def _draw(drawing: _Drawing, edge: Edge, source: Node, target: Node) -> None:
    came_from = "left" if target.lane > source.lane else "right"
    if edge.label:
        side = f"-{edge.side}" if edge.route in ("gutter", "side_down", "across") else ""
        drawing.add(source.row, source.lane, ("no" if edge.route == "gutter" else "yes") + side)
    if edge.route == "gutter":
        _draw_gutter(drawing, edge, source, target)
    elif edge.route == "across":
        drawing.sideways(source.row, source.lane, target.lane)
        drawing.add(target.row, target.lane, f"into-{came_from}")
    elif edge.route == "down_side":
        drawing.down(source.lane, source.row, target.row)
        drawing.sideways(target.row, source.lane, target.lane)
        drawing.add(target.row, target.lane, f"into-{came_from}")
    else:
        if edge.route == "side_down":
            drawing.sideways(source.row, source.lane, target.lane)
        drawing.down(target.lane, source.row, target.row)
        drawing.add(target.row, target.lane, "into-top")


def _draw_gutter(drawing: _Drawing, edge: Edge, source: Node, target: Node) -> None:
    margin, lane = f"margin-{edge.side}", source.lane
    ahead = "up" if target.row < source.row else "down"
    drawing.add(source.row, lane, f"stub-{edge.side}")
    if source.row != target.row:
        drawing.add(source.row, lane, f"{margin}-{ahead}")
        drawing.add(target.row, lane, f"{margin}-{OPPOSITE[ahead]}")
    for row in range(min(source.row, target.row) + 1, max(source.row, target.row)):
        drawing.add(row, lane, f"{margin}-up", f"{margin}-down")
    if target.lane == lane:
        drawing.add(target.row, lane, f"stub-{edge.side}", f"into-{edge.side}")
        return
    towards = "right" if target.lane > lane else "left"
    if edge.side == towards:
        drawing.add(target.row, lane, f"out-{edge.side}")
    else:  # from the far margin through the empty cell
        drawing.add(target.row, lane, f"stub-{edge.side}", towards)
    for between in range(min(lane, target.lane) + 1, max(lane, target.lane)):
        drawing.add(target.row, between, "left", "right")
    drawing.add(target.row, target.lane, OPPOSITE[towards], f"into-{OPPOSITE[towards]}")
