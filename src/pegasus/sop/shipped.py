"""The procedures that come with the software: the text of version 1, one file each in `procedures/`."""

import json
from copy import deepcopy
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NotRequired, TypedDict

FOLDER = files("pegasus.sop") / "procedures"
# What the signed original reads, where the mission's wording is another.
SIGNED_TITLES = {"pegasus": "SOP Penyelenggaraan Kegiatan Pegasus (Pesan Penggungah Semangat untuk Sukses)"}


class UnknownProcedure(Exception):
    """No procedure of this code is shipped."""


class ShippedLane(TypedDict):
    """A column of the flow table."""

    key: str
    label: str
    role: str


class ShippedPerformer(TypedDict):
    """A symbol in a lane; a decision names the activity to which `Tidak` leads back."""

    lane: str
    symbol: str
    no: NotRequired[int]


class ShippedActivity(TypedDict):
    """A row of the flow table; `key` stays the same through all versions, and is the number in a shipped text."""

    key: NotRequired[str]
    number: int
    title: str
    performers: list[ShippedPerformer]
    required_input: str
    time_standard: str
    output: str
    remark: str
    rhythm: str


class ShippedProcedure(TypedDict):
    """Both pages of an SOP as data; dates are ISO."""

    code: str
    name: str
    number: str
    version: int
    agency: list[str]
    unit: str
    title: str
    created_on: str
    revised_on: str | None
    effective_on: str
    approved_by_position: str
    approved_by_name: str
    legal_basis: list[str]
    qualifications: list[str]
    related: list[str]
    warnings: list[str]
    equipment: list[str]
    recording: str
    lanes: list[ShippedLane]
    activities: list[ShippedActivity]


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all shipped procedures; the SOP this software is about comes first."""
    names = sorted(file.name.removesuffix(".json") for file in FOLDER.iterdir() if file.name.endswith(".json"))
    return tuple(sorted(names, key=lambda code: code != "pegasus"))


@cache
def procedure(code: str) -> ShippedProcedure:
    """Return a shipped procedure by its code."""
    if code not in codes():
        raise UnknownProcedure(code)
    text: ShippedProcedure = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    return text


def is_of(text: ShippedProcedure, office: str) -> bool:
    """Tell whether a shipped text is an office's own, signed by its own head."""
    return bool(text["approved_by_name"]) and text["approved_by_position"] == f"Kepala {office}"


def first_office() -> str:
    """Return the office that wrote the shipped texts."""
    return procedure("pegasus")["approved_by_position"].removeprefix("Kepala ")


def own_copy(
    text: ShippedProcedure, *, office: str, agency: list[str], head: str, on: date, title: str = ""
) -> ShippedProcedure:
    """Return a shipped text as another office's own: its agency, its head, its name; never the first office's head.

    Its number and dates are the first office's: the copy has none until it is revised, and is made `on` that day.
    """
    copy = deepcopy(text)
    first = text["approved_by_position"].removeprefix("Kepala ")
    if office != first_office():
        copy["number"], copy["revised_on"] = "", None
        copy["created_on"] = copy["effective_on"] = on.isoformat()
    copy["agency"], copy["title"] = agency, title or text["title"]
    copy["approved_by_position"], copy["approved_by_name"] = f"Kepala {office}", head
    if first:
        copy["qualifications"] = [line.replace(first, office) for line in text["qualifications"]]
    return copy


def titles(code: str) -> tuple[str, ...]:
    """Return the names an office may choose for an SOP: the shipped one first, then that of the signed original."""
    shipped_title = procedure(code)["title"]
    return (shipped_title, *(one for one in (SIGNED_TITLES.get(code),) if one))
