"""The tables and the chart of a report as texts: PDF and DOCX show the same cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from pegasus.kernel import dates
from pegasus.reports.domain import counting
from pegasus.reports.domain.chart import Series
from pegasus.reports.domain.contents import Contents, FollowUpFact, ObstacleFact, ProgrammePart
from pegasus.reports.domain.figures import ActivityFigures, DutyRow, Mark, Standing
from pegasus.reports.domain.notes import quarters_in_words
from pegasus.reports.domain.sentences import OCCURRENCE, number

NONE = "–"
WORDS = {
    Standing.ON_TIME: "tepat waktu",
    Standing.LATE: "terlambat",
    Standing.OVERDUE: "belum, lewat waktu",
    Standing.SKIPPED: "tidak dilakukan",
    Standing.WAITING: "menunggu",
    Standing.NOT_NEEDED: "tidak perlu",
}
STEPS = {"H-5": "H-5", "H-3": "H-3", "card": "Kartu masuk", "group": "Grup WA", "instagram": "Instagram"}
UNITS = {"working_days": "hari", "minutes": "menit", "hours": "jam"}
COLOURS = {"planned": "#b9c3d3", "group": "#0b4f9e", "instagram": "#b83a14"}
SHARE = "Tepat waktu: bagian yang selesai sampai batas waktunya dari semua yang sudah jatuh tempo."
# The line of an A4 page and a cell's padding, in points: the columns are made so that no word is wider than its own.
LINE, INSET, TEXT_SIZE = 453.5, 4.0, 8.5


@dataclass(frozen=True)
class Table:
    """A table of texts. `widths` are shares of the line; `right` names the columns of numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: tuple[int, ...] = ()
    empty: str = ""
    title: str = ""
    caption: str = ""  # the title with its number; empty for a table without rows
    source: str = ""
    note: str = ""
    links: tuple[str, ...] = ()  # per row: the address that the last column opens


def all_of(contents: Contents) -> dict[str, Table]:
    """Return the tables of a report by name, in their order and numbered."""
    found: dict[str, Table] = {}
    if contents.kind == "semester":
        found["sources"] = sources(contents)
        found |= {f"times{n}": _times_of(part, contents) for n, part in enumerate(contents.programmes)}
    else:
        found["plan"] = weeks(contents.rows) if contents.rows else occurrences(contents)
        found["times0"] = times(contents.figures)
    found |= {"obstacles": obstacles(contents), "follow_ups": follow_ups(contents), "posts": posts(contents)}
    return _numbered(found, f"Sumber: catatan pelaksanaan SOP di Pegasus, data per {dates.long_date(contents.as_of)}.")


def _numbered(found: dict[str, Table], source: str) -> dict[str, Table]:
    numbers = {name: at for at, name in enumerate((n for n, table in found.items() if table.rows), start=1)}
    return {
        name: replace(table, caption=f"Tabel {numbers[name]}. {table.title}", source=source) if table.rows else table
        for name, table in found.items()
    }


def _times_of(part: ProgrammePart, contents: Contents) -> Table:
    table = times(part.figures) if part.has_records else Table((), (), (), empty=NO_RECORDS)
    return replace(table, title=f"{table.title}: {part.name}") if len(contents.programmes) > 1 else table


NO_RECORDS = "Kegiatan ini belum mempunyai catatan pelaksanaan pada periode ini."


def weeks(rows: Sequence[DutyRow]) -> Table:
    """Planned against done, week by week."""
    return Table(
        header=("Tayang", "Petugas", *STEPS.values(), "Hasil"),
        rows=tuple(
            (
                dates.short_date(row.duty.posts_on),
                f"{row.duty.name or NONE}\n{row.duty.team}".strip(),
                *(mark_text(row.marks.get(step)) for step in STEPS),
                result_text(row),
            )
            for row in rows
        ),
        widths=(1, 2.5, 1.3, 1.3, 1.3, 1.3, 1.35, 1.4),
        empty="Tidak ada giliran pada periode ini.",
        title="Rencana dan realisasi setiap giliran",
    )


def mark_text(mark: Mark | None) -> str:
    """Return a cell: the day it was done, or how it stands."""
    if mark is None:
        return NONE
    if mark.standing is Standing.ON_TIME and mark.on:
        return dates.short_date(mark.on)
    if mark.standing is Standing.LATE and mark.on:
        return f"{dates.short_date(mark.on)} (terlambat)"
    return WORDS[mark.standing]


def result_text(row: DutyRow) -> str:
    """Return the whole turn in a word."""
    if row.standing is Standing.LATE and row.late_days:
        return f"terlambat {row.late_days} hari kerja"
    if row.standing is Standing.OVERDUE:
        return "belum lengkap, lewat waktu"
    if row.standing is Standing.SKIPPED:
        return "tidak lengkap"
    return WORDS[row.standing]


def occurrences(contents: Contents) -> Table:
    """What was planned and done in a programme without a weekly roster."""
    titles = {figure.activity.number: figure.activity.title for figure in contents.figures}
    return Table(
        header=("No.", "Aktivitas", "Pelaksana", "Batas waktu", "Selesai", "Hasil", "Bukti"),
        rows=tuple(
            (
                str(fact.number),
                "\n".join(filter(None, (titles.get(fact.number, ""), fact.label))),
                fact.owner or NONE,
                dates.short_date(fact.due_at.astimezone(contents.as_of.tzinfo)),
                dates.short_date(fact.closed_at.astimezone(contents.as_of.tzinfo)) if fact.closed_at else NONE,
                WORDS[fact.standing(contents.as_of)],
                str(len(fact.proofs)),
            )
            for fact in contents.occurrences
        ),
        widths=(0.65, 3.4, 2, 1.2, 1.2, 1.5, 0.8),
        right=(0, 6),
        empty="Tidak ada catatan pelaksanaan pada periode ini.",
        title=f"Rencana dan realisasi setiap {OCCURRENCE}",
    )


def times(figures: Sequence[ActivityFigures]) -> Table:
    """The times per activity against the standard."""
    return Table(
        header=("No.", "Aktivitas", "Standar", "Rencana", "Selesai", "Tepat waktu", "Median", "Terlama"),
        rows=tuple(_time_row(figure) for figure in figures),
        widths=(0.65, 3.2, 1.55, 1.45, 1.2, 1.1, 1.15, 1.2),
        right=(0, 3, 4, 5, 6, 7),
        empty="Tidak ada catatan pelaksanaan pada periode ini.",
        title="Ketepatan waktu terhadap standar SOP",
        note=f"{SHARE} {counting.in_words(figures)}".strip(),
    )


def _time_row(figure: ActivityFigures) -> tuple[str, ...]:
    earlier = "".join(f"; versi {number}: {words}" for number, words in figure.activity.earlier_standards)
    first = (str(figure.activity.number), figure.activity.title, figure.activity.time_standard + earlier)
    if figure.instead:
        return (*first, figure.instead, NONE, NONE, NONE, NONE)
    return (
        *first,
        str(figure.planned),
        str(figure.done),
        f"{figure.share}%" if figure.share is not None else NONE,
        took_text(figure.median, figure.activity.unit),
        took_text(figure.worst, figure.activity.unit),
    )


def took_text(value: float | None, unit: str) -> str:
    """Write a time in the unit of its standard."""
    return NONE if value is None else f"{number(value)} {UNITS.get(unit, '')}".strip()


def sources(contents: Contents) -> Table:
    """The quarterly reports on which the semester report stands."""
    states = {"": "belum ada laporan", "draft": "draf", "final": "final", "signed": "ditandatangani"}
    return Table(
        header=("Kegiatan", "Triwulan", "Selesai dari rencana", "Tepat waktu", "Bukti", "Status laporan"),
        rows=tuple(
            (
                part.name,
                f"{source.period.roman}/{source.period.year}",
                f"{source.done} dari {source.planned}" if source.planned else "tidak ada catatan",
                str(source.on_time) if source.planned else NONE,
                str(source.proofs) if source.planned else NONE,
                states[source.state] + (f"\nkode {source.code}" if source.code else ""),
            )
            for part in contents.programmes
            for source in part.sources
        ),
        widths=(2.2, 1.2, 1.4, 1, 0.9, 2.6),
        right=(3, 4),
        empty="Tidak ada kegiatan.",
        title="Laporan triwulan sebagai sumber",
    )


def obstacles(contents: Contents) -> Table:
    """What went wrong and how it was solved; a semester says where and when."""
    is_many = contents.kind == "semester"
    return Table(
        header=("No.", *(("Kegiatan",) if is_many else ()), "Kendala", "Solusi", "Dicatat"),
        rows=tuple(
            (
                str(n),
                *((_where(item),) if is_many else ()),
                item.text,
                item.solution or "belum ada",
                dates.short_date(item.noted_on),
            )
            for n, item in enumerate(contents.obstacles, start=1)
        ),
        widths=(0.65, 1.7, 2.4, 2.4, 1) if is_many else (0.65, 3, 3, 1),
        right=(0,),
        empty="Tidak ada kendala yang dicatat.",
        title="Kendala dan solusi",
    )


def _where(item: ObstacleFact | FollowUpFact) -> str:
    return "\n".join(filter(None, (item.programme, quarters_in_words(item.periods))))


def follow_ups(contents: Contents) -> Table:
    """What somebody owes, and what came of it; a semester says of which kegiatan."""
    is_many = contents.kind == "semester"
    return Table(
        header=(
            "No.",
            *(("Kegiatan",) if is_many else ()),
            "Tindak lanjut",
            "Penanggung jawab",
            "Batas waktu",
            "Status",
        ),
        rows=tuple(
            (
                str(n),
                *((_where(item),) if is_many else ()),
                item.text,
                item.owner or NONE,
                dates.long_date(item.due_on) if item.due_on else NONE,
                _done(item.done_on, item.done_note),
            )
            for n, item in enumerate(contents.follow_ups, start=1)
        ),
        widths=(0.65, 1.7, 2.2, 1.8, 1.4, 1.4) if is_many else (0.65, 3, 1.8, 1.5, 1.6),
        right=(0,),
        empty="Tidak ada tindak lanjut yang dicatat.",
        title="Tindak lanjut",
    )


def _done(on: date | None, note: str) -> str:
    if on is None:
        return "belum selesai"
    return f"selesai {dates.short_date(on)}" + (f": {note}" if note else "")


def posts(contents: Contents) -> Table:
    """Where the posts can be opened."""
    return Table(
        header=("No.", "Tayang", "Petugas", "Tempat", "Tautan"),
        rows=tuple(
            (str(n), dates.short_date(post.posts_on), post.name or NONE, post.place, short_address(post.url))
            for n, post in enumerate(contents.posts, start=1)
        ),
        widths=(0.65, 1, 2.6, 1.6, 3.6),
        right=(0,),
        title="Tautan unggahan",
        links=tuple(post.url for post in contents.posts),
    )


def short_address(url: str) -> str:
    """Return an address as people read it aloud: without scheme, `www.`, question and last stroke."""
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/") or url


def chart_title(contents: Contents) -> str:
    """Return the chart's heading."""
    if contents.kind == "semester":
        return f"{OCCURRENCE.capitalize()} yang direncanakan, selesai, dan tepat waktu"
    return "Giliran yang direncanakan dan diunggah per bulan"


def chart_caption(contents: Contents) -> str:
    """Return the chart's title with its number."""
    return f"Gambar 1. {chart_title(contents)}"


def chart_labels(contents: Contents) -> list[str]:
    """Return a label per group of bars."""
    if contents.kind == "semester":
        return [part.name for part in _recorded(contents)]
    return [dates.month_name(month) for month, _ in contents.months]


def chart_series(contents: Contents) -> list[Series]:
    """Return the bars."""
    if contents.kind == "semester":
        parts = _recorded(contents)
        names = ("Direncanakan", "Selesai", "Tepat waktu")
        values = (
            tuple(sum(figure.planned for figure in part.figures) for part in parts),
            tuple(sum(figure.done for figure in part.figures) for part in parts),
            tuple(sum(figure.on_time for figure in part.figures) for part in parts),
        )
    else:
        names = ("Direncanakan", "Grup WhatsApp", "Instagram")
        columns = [value for _, value in contents.months]
        values = (
            tuple(value[0] for value in columns),
            tuple(value[1] for value in columns),
            tuple(value[2] for value in columns),
        )
    return [Series(name, colour, column) for name, colour, column in zip(names, COLOURS.values(), values, strict=True)]


def chart_description(contents: Contents) -> str:
    """Return the chart in words, for those who cannot see it."""
    series = chart_series(contents)
    groups = [
        f"{label}: " + ", ".join(f"{one.name.lower()} {one.values[at]}" for one in series)
        for at, label in enumerate(chart_labels(contents))
    ]
    return f"{chart_title(contents)}. {'; '.join(groups)}."


def _recorded(contents: Contents) -> list[ProgrammePart]:
    return [part for part in contents.programmes if part.has_records]
