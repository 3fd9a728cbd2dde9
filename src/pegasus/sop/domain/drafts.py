"""A draft's text while it is written: lines and rows come, go and move; what is empty is left out in the end."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Literal, TypeVar

T = TypeVar("T")
Move = Literal["up", "down", "remove"]
LINES = ("legal_basis", "qualifications", "related", "equipment", "warnings")
MOST_LINES = 40
MOST_ROWS = 20


def cleaned(text: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the same shape as what came in
    """Return a text without empty lines, lanes in which nobody acts, and refusals of what is no decision."""
    done: dict[str, Any] = deepcopy(dict(text))
    for name in ("agency", *LINES):
        done[name] = [line.strip() for line in text[name] if line.strip()]
    for row in done["activities"]:
        row["performers"] = [
            {name: value for name, value in one.items() if name != "no" or one["symbol"] == "decision"}
            for one in row["performers"]
        ]
    acting = {performer["lane"] for row in text["activities"] for performer in row["performers"]}
    done["lanes"] = [lane for lane in text["lanes"] if lane["key"] in acting]
    return done


def line_added(lines: Sequence[str]) -> list[str]:
    """Return lines with an empty one at the end, unless there are as many as may be."""
    return [*lines, ""][:MOST_LINES]


def moved(things: Sequence[T], place: int, move: Move) -> list[T]:
    """Return lines or rows with one moved up, moved down or taken out; a place that is not there changes nothing."""
    done = list(things)
    if not 0 <= place < len(done):
        return done
    one = done.pop(place)
    if move != "remove":
        done.insert(max(0, place - 1) if move == "up" else place + 1, one)
    return done


def row_added(rows: Sequence[Mapping[str, Any]], lane: str) -> list[dict[str, Any]]:
    """Return rows with an empty one at the end; its key was never used before in this text."""
    taken = [int(str(row["key"])) for row in rows if str(row["key"]).isdecimal()]
    fresh = {
        "key": str(max(taken, default=0) + 1),
        "number": len(rows) + 1,
        "title": "",
        "performers": [{"lane": lane, "symbol": "process"}],
        "required_input": "",
        "time_standard": "",
        "output": "",
        "remark": "",
        "rhythm": "manual",
    }
    return numbered([*rows, fresh][:MOST_ROWS])


def numbered(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows numbered in their order, decisions leading to the same rows as before, capsules at both ends."""
    new = {row["number"]: number for number, row in enumerate(rows, start=1)}
    done = []
    for number, row in enumerate(rows, start=1):
        performers = [dict(performer) for performer in row["performers"]]
        for performer in performers:
            back = new.get(performer.pop("no", None))
            performer["symbol"] = "start" if number == 1 else "end" if number == len(rows) else "process"
            if back is not None:
                # Kept while rows still move; the last row and one that leads ahead are no decision.
                performer["no"] = back
                performer["symbol"] = "decision" if back < number < len(rows) else performer["symbol"]
        done.append({**row, "number": number, "performers": performers})
    return done
