"""What the interface for programs says and hears of the roster."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from pegasus.people.bearer import Plain

Verdict = Literal["cannot", "worse", "equal", "better", "unknown"]
WeekState = Literal["past", "now", "coming"]
SwapKind = Literal["substitute", "exchange"]
SwapState = Literal["asked", "done", "declined", "exhausted", "lapsed", "withdrawn"]


class PersonOut(Schema):
    """A person as everybody in the office sees one."""

    id: int
    name: str
    full_name: str
    team: str


class RosterOut(Schema):
    """A published version of a period's roster."""

    id: int
    period: str
    version: int
    starts_on: date
    ends_on: date
    people_per_week: int
    published_at: datetime
    published_by: str


class PlaceOut(Schema):
    """One person in one week, with the reasons in words."""

    duty: int
    seat: int
    person: PersonOut
    reasons: list[str]
    asks_for_substitute: bool


class WeekOut(Schema):
    """A week; `posts_on` is empty when it has no working day."""

    starts_on: date
    posts_on: date | None
    state: WeekState
    people: list[PlaceOut]


class HolderOut(Schema):
    """Who held a duty from when until when, and why."""

    person: PersonOut
    held_from: datetime
    held_until: datetime | None
    by: str
    reasons: list[str]


class DutyOut(Schema):
    """A seat in a week; `sequence` grows with every change."""

    id: int
    starts_on: date
    posts_on: date
    seat: int
    sequence: int
    cancelled: bool
    holder: PersonOut | None
    history: list[HolderOut]


class LevelOut(Schema):
    """One goal of the roster: its value as made, and with the other person."""

    name: str
    made: int
    other: int


class WhyNotOut(Schema):
    """Why somebody serves and not the other; `turning` says what would change it, `since` what is otherwise today."""

    holder: PersonOut
    other: PersonOut
    verdict: Verdict
    proven: bool
    basis_at: datetime
    sentences: list[str]
    turning: list[str]
    since: list[str]
    levels: list[LevelOut]


class HandOverIn(Schema):
    """To whom, and why."""

    employee: int = Field(ge=1, le=2**63 - 1)
    reason: Plain = Field("", max_length=200)


class LineOut(Schema):
    """Where one person stands; by name, for nobody is ranked."""

    person: PersonOut
    turns: int
    counted: int = Field(description="Yang dihitung jadwal berikutnya: semua giliran dan nilai awal pegawai baru")
    rest_weeks: int | None
    exempt: str | None = Field(description="Alasan tidak ikut giliran hari ini; kosong bila ikut")
    last_on: date | None
    next_on: date | None


class FairnessOut(Schema):
    """Everybody who works in the office today."""

    people: list[LineOut]
    due_next: list[PersonOut]


class SwapOut(Schema):
    """A wish to hand a duty over."""

    id: int
    duty: int = Field(alias="duty_id")
    posts_on: date = Field(alias="duty.posts_on")
    from_employee: PersonOut
    to_employee: PersonOut | None
    kind: SwapKind
    state: SwapState
    reason: str
    asked_at: datetime
    settled_at: datetime | None


class FeedsOut(Schema):
    """The secret calendar addresses; empty while closed."""

    mine: str | None
    office: str | None
