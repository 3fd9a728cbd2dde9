"""What a revision changes: two texts of an SOP held against each other, field by field and row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

# In the order of the document; the rest of a text (code, version, agency) does not belong to it.
FIELDS = (
    "number",
    "unit",
    "title",
    "created_on",
    "revised_on",
    "effective_on",
    "approved_by_position",
    "approved_by_name",
    "recording",
)
LISTS = ("legal_basis", "qualifications", "related", "equipment", "warnings", "lanes")
ROW_FIELDS = ("title", "performers", "required_input", "time_standard", "output", "remark", "rhythm")
SAME_ROW = 0.6  # how alike two titles must be for a row to count as changed, not as replaced


@dataclass(frozen=True)
class Change:
    """One difference: where it is, and what stood and stands there; None where there was or is nothing."""

    kind: Literal["changed", "added", "removed"]
    where: str
    before: object = None
    after: object = None
    row: int | None = None  # the activity's number in the new text, or in the old one when it is gone


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List what changed from one text to the other: identity page first, then the rows of the flow table."""
    found = [Change("changed", name, before[name], after[name]) for name in FIELDS if before[name] != after[name]]
    for name in LISTS:
        found += _list_changes(name, before[name], after[name])
    return found + _row_changes(before["activities"], after["activities"])


def _list_changes(name: str, before: Sequence[object], after: Sequence[object]) -> list[Change]:
    gone = [Change("removed", name, before=line) for line in before if line not in after]
    come = [Change("added", name, after=line) for line in after if line not in before]
    if not gone and not come and list(before) != list(after):
        return [Change("changed", name, list(before), list(after))]
    return gone + come


def _row_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    pairs = _pairs(before, after)
    found = [
        Change("removed", "activities", before=dict(row), row=row["number"])
        for place, row in enumerate(before)
        if place not in pairs.values()
    ]
    for place, row in enumerate(after):
        if place not in pairs:
            found.append(Change("added", "activities", after=dict(row), row=row["number"]))
            continue
        old = before[pairs[place]]
        names = ("number", *ROW_FIELDS)
        found += [
            Change("changed", name, old[name], row[name], row["number"]) for name in names if old[name] != row[name]
        ]
    return found


def _pairs(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Pair each new row with the old row whose title is most alike; equal titles first, each old row once."""
    likeness = [
        (-_alike(old["title"], new["title"]), abs(place - was), place, was)
        for place, new in enumerate(after)
        for was, old in enumerate(before)
    ]
    pairs: dict[int, int] = {}
    for minus, _distance, place, was in sorted(likeness):
        if -minus >= SAME_ROW and place not in pairs and was not in pairs.values():
            pairs[place] = was
    return pairs


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
