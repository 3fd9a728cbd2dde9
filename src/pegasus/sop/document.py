"""The official document of an SOP: identity page and flow table, typeset from the data (Perka BPS 19/2013)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from pegasus.people.models import Office
from pegasus.sop import queries
from pegasus.sop.domain.flow import Flow, Row, flow
from pegasus.sop.models import ProcedureVersion
from pegasus.sop.shipped import ShippedActivity, ShippedProcedure
from pegasus.typeset import qr, render

TEMPLATE = Path(__file__).with_name("typst") / "official.typ"
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MEANING = {"start": "mulai", "process": "kegiatan", "decision": "keputusan", "end": "selesai"}
LOGO_TYPES = (".png", ".jpg", ".jpeg", ".svg", ".webp")


def official_pdf(
    version: ProcedureVersion,
    *,
    at: datetime,
    draft: bool = True,
    footer: Sequence[str] = (),
    code: str = "",
) -> bytes:
    """Typeset a version: a draft says KONSEP; else the footer is the signing road's sentences, with a QR of `code`.

    `code` is the whole verification address. It is for a file that is signed next: an unsigned one carries no QR.
    """
    office = version.procedure.programme.office
    return pdf_of(queries.text_of(version), office=office, at=at, footer=() if draft else footer, code=code)


def draft_pdf(text: ShippedProcedure, *, office: Office, at: datetime) -> bytes:
    """Typeset a text that is still being written, dates and times as they were typed."""
    return pdf_of(text, office=office, at=at)


def pdf_of(
    text: ShippedProcedure, *, at: datetime, office: Office | None = None, footer: Sequence[str] = (), code: str = ""
) -> bytes:
    """Typeset a procedure's text; without an office the agency is the one that wrote it."""
    files: dict[str, bytes | Path] = {}
    data = page_data(text)
    if office is not None:
        if not text["agency"]:
            data["agency"] = [line for line in (office.agency, office.region) if line]
        logo = _logo(office)
        if logo is not None:
            files["logo" + logo[0]] = logo[1]
            data["logo"] = "/files/logo" + logo[0]
    if footer:
        data["footer"] = list(footer)
    if footer and code:
        files["qr.svg"] = qr.svg(code).encode()
        data["qr"] = "/files/qr.svg"
    return render.pdf(TEMPLATE, data, at=at, files=files)


def page_data(text: ShippedProcedure) -> dict[str, object]:
    """Return what the template needs: texts as they stand, the chart laid out."""
    lanes = [lane["label"] for lane in text["lanes"]]
    chart = chart_of([lane["key"] for lane in text["lanes"]], text["activities"])
    return {
        **{key: value for key, value in text.items() if key not in ("activities", "lanes")},
        "created_on": long_date(text["created_on"]),
        "revised_on": long_date(text["revised_on"]),
        "effective_on": long_date(text["effective_on"]),
        "lanes": lanes,
        "rows": [dict(row) for row in text["activities"]],
        "nodes": [asdict(node) | {"meaning": f"{lanes[node.lane]}: {MEANING[node.symbol]}"} for node in chart.nodes],
        "edges": [asdict(edge) for edge in chart.edges],
        "logo": "",
        "footer": [],
        "qr": "",
    }


def chart_of(lanes: Sequence[str], activities: Sequence[ShippedActivity]) -> Flow:
    """Lay out the chart of a flow table."""
    return flow(lanes, [Row(row["number"], row["performers"]) for row in activities])


def long_date(iso: str | None) -> str:
    """Write a date as the SOP does: `02 Januari 2025`; a first issue has no date of revision."""
    if not iso:
        return ""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso  # a draft shows what was typed
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def _logo(office: Office) -> tuple[str, bytes] | None:
    if not office.logo:
        return None
    suffix = Path(office.logo.name or "").suffix.lower()
    if suffix not in LOGO_TYPES:
        return None
    try:
        with office.logo.open("rb") as file:
            return suffix, file.read()
    except OSError:
        return None  # the document goes out without it
