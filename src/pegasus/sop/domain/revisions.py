"""What a revision changes: two texts of an SOP held against each other, field by field and row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

# In the order of the document; the rest of a text (code, version) does not belong to it.
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
LISTS = ("agency", "legal_basis", "qualifications", "related", "equipment", "warnings")
ROW_FIELDS = ("title", "performers", "required_input", "time_standard", "output", "remark", "rhythm")
SAME_ROW = 0.6  # how alike two titles must be for a row to count as changed, not as replaced
# Days that every revision has anew: they alone are no revision.
OF_THE_REVISION = ("revised_on", "effective_on")
# Rhythms of rows that other parts of Pegasus run: they open and close the tasks by rhythm, role and part.
RUN_BY_PEGASUS = frozenset({"roster", "birthdays", "templates", "reminder", "card", "posting"})


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
    found += _lane_changes(before["lanes"], after["lanes"])
    return found + _row_changes(before["activities"], after["activities"])


def says_something_new(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a revision changes more than its own dates."""
    return any(change.where not in OF_THE_REVISION for change in diff(before, after))


def has_fixed_rows(text: Mapping[str, Any]) -> bool:
    """Tell whether Pegasus itself runs a text: its rows then keep their number, their rhythm and their performers."""
    return any(row["rhythm"] in RUN_BY_PEGASUS for row in text["activities"])


def keeps_its_rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a revision leaves Pegasus what it runs: the same rows in their order, for the same roles."""
    return [_duty_of(row, before) for row in before["activities"]] == [
        _duty_of(row, after) for row in after["activities"]
    ]


def key_of(row: Mapping[str, Any]) -> str:
    """Return what stays the same of a row through all versions; in a shipped text that is its number."""
    return str(row.get("key") or row["number"])


def _duty_of(row: Mapping[str, Any], text: Mapping[str, Any]) -> tuple[object, ...]:
    roles = {lane["key"]: lane["role"] for lane in text["lanes"]}
    performers = tuple((one["lane"], roles.get(one["lane"])) for one in row["performers"])
    return key_of(row), row["rhythm"], performers


def _list_changes(name: str, before: Sequence[object], after: Sequence[object]) -> list[Change]:
    gone = [Change("removed", name, before=line) for line in before if line not in after]
    come = [Change("added", name, after=line) for line in after if line not in before]
    if not gone and not come and list(before) != list(after):
        return [Change("changed", name, list(before), list(after))]
    return gone + come


def _lane_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    old, new = ({lane["key"]: lane["label"] for lane in lanes} for lanes in (before, after))
    found = [Change("removed", "lanes", before=label) for key, label in old.items() if key not in new]
    found += [
        Change("changed", "lanes", old[key], label) for key, label in new.items() if key in old and old[key] != label
    ]
    return found + [Change("added", "lanes", after=label) for key, label in new.items() if key not in old]


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
    """Pair each new row with the old one of its key; without keys with the most alike title, each old row once."""
    if all(row.get("key") for row in (*before, *after)):
        places = {row["key"]: was for was, row in enumerate(before)}
        return {place: places[row["key"]] for place, row in enumerate(after) if row["key"] in places}
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
