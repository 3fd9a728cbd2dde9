"""A report as a file: PDF by Typst, DOCX by python-docx, both from the same contents."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from pegasus.archive.files import content_of
from pegasus.kernel.text import clean_lines
from pegasus.publishing.domain import dates
from pegasus.reports import photos, queries, tables, word
from pegasus.reports.domain import chart
from pegasus.reports.domain.contents import Contents
from pegasus.reports.models import Report
from pegasus.typeset import qr, render

TEMPLATE = Path(__file__).with_name("typst") / "report.typ"
CHART = Path(__file__).with_name("typst") / "chart.typ"
DRAFT_NOTE = "KONSEP – belum ditandatangani"
FINAL_NOTE = "Final – belum ditandatangani"
COPY_NOTE = "Salinan untuk disunting – yang berlaku adalah PDF dalam arsip"


@dataclass(frozen=True)
class Seal:
    """What turns a draft into the version that is kept: its code, the sentence at its foot, its day, who signs."""

    code: str
    note: str
    on: date | None = None
    name: str = ""
    position: str = ""


def pdf(report: Report, at: datetime) -> bytes:
    """Return a draft in PDF/A-2a and UA-1 (same rows, same bytes), or the file that was kept when it became final."""
    kept = report.signed or report.final
    if kept is not None and report.state != Report.State.DRAFT:
        return content_of(kept)
    return typeset(queries.contents(report, at))


def docx(report: Report, at: datetime) -> bytes:
    """Return the report for those who must edit it: the same contents, and at its foot what counts."""
    contents = queries.contents(report, at)
    note = DRAFT_NOTE if report.state == Report.State.DRAFT else COPY_NOTE
    chart_png = render.png(CHART, {}, files={"chart.svg": svg_chart(contents).encode()}, ppi=144)
    return word.document(contents, note=note, files=photos.files(contents), chart=chart_png)


def typeset(contents: Contents, seal: Seal | None = None) -> bytes:
    """Typeset contents; without a seal it is a draft and says so."""
    files = photos.files(contents)
    files["chart.svg"] = svg_chart(contents).encode()
    if seal:
        files["qr.svg"] = qr.svg(address(seal.code)).encode()
    return render.pdf(TEMPLATE, payload(contents, seal), at=contents.changed_at, files=files)


def address(code: str) -> str:
    """Return the public address where the document can be checked."""
    return f"{settings.PEGASUS_BASE_URL.rstrip('/')}/v/{code}"


def svg_chart(contents: Contents) -> str:
    """Draw planned against posted, month by month (or done by programme in a semester)."""
    return chart.grouped_bars(
        tables.chart_labels(contents),
        tables.chart_series(contents),
        title=tables.chart_title(contents),
        description=tables.chart_description(contents),
    )


def payload(contents: Contents, seal: Seal | None) -> Mapping[str, object]:
    """Return the data of the template: texts only."""
    signer = contents.signer
    return {
        "office": asdict(contents.letterhead),
        "title": contents.title,
        "kind": contents.kind,
        "span": dates.span(contents.period.starts_on, contents.period.ends_on),
        "is_open": contents.is_open,
        "as_of": dates.long_date(contents.as_of),
        "sop_number": contents.sop_number,
        "basis": list(contents.legal_basis),
        "maker": asdict(contents.maker),
        "note": seal.note if seal else DRAFT_NOTE,
        "code": seal.code if seal else "",
        "address": address(seal.code) if seal else "",
        "signature": {
            "place": contents.letterhead.city,
            "date": seal.on if seal and seal.on else None,
            "position": (seal.position if seal and seal.position else signer.position),
            "name": (seal.name if seal and seal.name else signer.name),
        },
        "sections": {key: _paragraphs(section.text) for key, section in contents.sections.items()},
        "section_titles": {key: section.title for key, section in contents.sections.items()},
        "chart_alt": tables.chart_description(contents),
        "has_chart": bool(tables.chart_labels(contents)),
        "tables": {name: asdict(table) for name, table in tables.all_of(contents).items()},
        "parts": [{"name": part.name, "has_records": part.has_records} for part in contents.programmes],
        "cards": [_picture(item.sha256, item.title, item.detail, item.alt) for item in contents.cards],
        "screenshots": [_picture(item.sha256, item.title, item.detail, item.alt) for item in contents.screenshots],
    }


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in clean_lines(text).split("\n\n") if part.strip()]


def _picture(sha256: str, title: str, detail: str, alt: str) -> dict[str, str]:
    return {"file": photos.name(sha256), "title": title, "detail": detail, "alt": " ".join(alt.split())[:400] or title}
