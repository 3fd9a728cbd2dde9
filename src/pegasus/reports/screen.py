"""A report on the screen: its tables with the addresses behind their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from pegasus.reports import document, tables
from pegasus.reports.domain.contents import Contents, ProgrammePart, Section
from pegasus.reports.domain.prose import in_words
from pegasus.reports.models import Report
from pegasus.reports.tables import Table
from pegasus.sop.models import Programme

LINKED = 1  # the column that opens the rows behind a line


@dataclass(frozen=True)
class Cell:
    """One cell with its column's name."""

    label: str
    text: str
    is_number: bool = False
    url: str = ""

    @property
    def lines(self) -> list[str]:
        """The text line by line: the first may be a link."""
        return self.text.split("\n")


@dataclass(frozen=True)
class Shown:
    """A table ready for a template."""

    caption: str
    header: list[Cell]
    rows: list[list[Cell]]
    empty: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class PartShown:
    """A programme's times, ready for a template."""

    part: ProgrammePart
    times: Shown


def shown(table: Table, urls: Sequence[str] = ()) -> Shown:
    """Pair every cell with its column; `urls` open the rows behind each line, a table's own links what they name."""
    column = len(table.header) - 1 if table.links else LINKED
    opened = table.links or urls

    def line(cells: tuple[str, ...], url: str = "") -> list[Cell]:
        return [
            Cell(table.header[at], text, at in table.right, url if at == column else "")
            for at, text in enumerate(cells)
        ]

    rows = [line(cells, opened[at] if opened else "") for at, cells in enumerate(table.rows)]
    return Shown(table.caption or table.title, line(table.header), rows, table.empty, table.source, table.note)


def of(report: Report, contents: Contents, programmes: list[Programme], *, may_open_posts: bool) -> dict[str, Any]:
    """Return what the report's page shows."""
    found = tables.all_of(contents)
    by_name = {programme.name: programme.code for programme in programmes}
    parts = [
        PartShown(part, shown(found[f"times{n}"], _activity_urls(part, by_name, contents) if part.has_records else ()))
        for n, part in enumerate(contents.programmes)
    ]
    return {
        "sections": contents.sections,
        "first": _pick(contents, ("background", "purpose", "scope")),
        "last": _pick(contents, ("evaluation", "conclusion", "suggestions")),
        "chart": chart(contents),
        "plan": _plan(contents, found, may_open_posts=may_open_posts),
        "parts": parts,
        "obstacles": shown(found["obstacles"]),
        "follow_ups": shown(found["follow_ups"]),
        "posts": shown(found["posts"]),
        "chart_caption": tables.chart_caption(contents),
        "totals": contents.totals,
        "gaps": contents.gaps,
        "waiting": in_words(contents.waiting),
        "report": report,
        "contents": contents,
    }


def chart(contents: Contents) -> SafeString | str:
    """Return the chart for the page."""
    if not tables.chart_labels(contents):
        return ""
    # Safe: our own SVG, whose every label is escaped where it is drawn.
    return mark_safe(document.svg_chart(contents))


def _pick(contents: Contents, keys: tuple[str, ...]) -> list[Section]:
    return [contents.sections[key] for key in keys if key in contents.sections]


def _plan(contents: Contents, found: dict[str, Table], *, may_open_posts: bool) -> Shown:
    if contents.kind == "semester":
        return shown(found["sources"])
    urls: list[str] = []
    if may_open_posts and contents.rows:
        marks = [row.marks.get("group") or row.marks.get("instagram") for row in contents.rows]
        urls = [reverse("publishing:posting", args=[mark.task]) if mark and mark.task else "" for mark in marks]
    return shown(found["plan"], urls)


def _activity_urls(part: ProgrammePart, by_name: dict[str, str], contents: Contents) -> list[str]:
    code = by_name.get(part.name)
    if code is None:
        return ["" for _ in part.figures]
    return [
        f"{reverse('sop:activity', args=[code, figure.activity.number])}?periode={contents.period.key}"
        for figure in part.figures
    ]
