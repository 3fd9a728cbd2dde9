"""What a report says: plain data, from which screen, PDF and DOCX are made alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pegasus.calendar.domain.periods import Period
from pegasus.reports.domain.figures import ActivityFigures, DutyRow, TaskFact, Totals


@dataclass(frozen=True)
class Letterhead:
    """The office as documents name it."""

    agency: str
    region: str
    name: str
    city: str
    address: str = ""
    phone: str = ""
    website: str = ""
    email: str = ""


@dataclass(frozen=True)
class Person:
    """Who signs, as a document names them: the position with a comma, the name without titles."""

    position: str
    name: str


@dataclass(frozen=True)
class ObstacleFact:
    """A kendala with its solution, the kegiatan in which it was met, and the quarters (`2026Q3`)."""

    pk: int
    text: str
    solution: str
    noted_on: date
    programme: str = ""
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUpFact:
    """A tindak lanjut."""

    pk: int
    text: str
    owner: str
    due_on: date | None
    done_on: date | None
    done_note: str = ""
    programme: str = ""
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class PictureFact:
    """A picture of the attachment: the Record's number, what it shows, how it is described to those who cannot see."""

    record: int
    sha256: str
    title: str
    detail: str
    alt: str
    link: str = ""


@dataclass(frozen=True)
class PostFact:
    """A post that can be opened: whose turn, which day, where."""

    posts_on: date
    name: str
    place: str
    url: str


@dataclass(frozen=True)
class Gap:
    """Something that is missing, and who owes it."""

    task: int
    text: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class Section:
    """Words of a report; `is_own` when somebody wrote them, else they follow from the figures."""

    key: str
    title: str
    text: str
    is_own: bool = False


@dataclass(frozen=True)
class Source:
    """A quarterly report on which a semester report stands."""

    period: Period
    state: str  # empty: there is none
    code: str = ""
    done: int = 0
    planned: int = 0
    on_time: int = 0
    proofs: int = 0


@dataclass(frozen=True)
class ProgrammePart:
    """One programme within a report."""

    name: str
    sop_number: str
    figures: tuple[ActivityFigures, ...]
    sources: tuple[Source, ...] = ()

    @property
    def has_records(self) -> bool:
        """Tell whether anything of the programme was planned or done."""
        return any(figure.planned for figure in self.figures)


@dataclass(frozen=True)
class Seal:
    """What turns a draft into the version that is kept: its code, the sentence at its foot, its day, who signs."""

    code: str
    note: str
    on: date | None = None
    name: str = ""
    position: str = ""
    signs: bool = False  # the file is made for a signature and leaves room for it


@dataclass(frozen=True)
class Contents:
    """The whole report."""

    kind: str  # quarter, semester
    period: Period
    programme: str
    letterhead: Letterhead
    is_open: bool
    as_of: datetime  # in the office's zone
    changed_at: datetime  # the last change of any row it rests on
    legal_basis: tuple[str, ...]
    sop_number: str
    maker: Person
    signer: Person
    sections: Mapping[str, Section] = field(default_factory=dict)
    rows: tuple[DutyRow, ...] = ()
    totals: Totals | None = None
    months: tuple[tuple[int, tuple[int, int, int]], ...] = ()
    occurrences: tuple[TaskFact, ...] = ()
    programmes: tuple[ProgrammePart, ...] = ()
    obstacles: tuple[ObstacleFact, ...] = ()
    follow_ups: tuple[FollowUpFact, ...] = ()
    cards: tuple[PictureFact, ...] = ()
    screenshots: tuple[PictureFact, ...] = ()
    posts: tuple[PostFact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def figures(self) -> tuple[ActivityFigures, ...]:
        """The times of the one programme of a quarterly report."""
        return self.programmes[0].figures if self.programmes else ()

    @property
    def title(self) -> str:
        """`Laporan Kegiatan Pegasus Triwulan IV Tahun 2026`."""
        return title(self.kind, self.period, self.programme)

    @property
    def waiting(self) -> int:
        """How many occurrences are not due yet."""
        return sum(figure.waiting for part in self.programmes for figure in part.figures)

    @property
    def has_records(self) -> bool:
        """Tell whether anything was planned or done in the period."""
        return any(part.has_records for part in self.programmes)


def title(kind: str, period: Period, programme: str) -> str:
    """Return a report's title in the order that offices write it."""
    if kind == "semester":
        return f"Laporan Manajemen Perubahan Semester {period.roman} Tahun {period.year}"
    return f"Laporan Kegiatan {programme} Triwulan {period.roman} Tahun {period.year}"
