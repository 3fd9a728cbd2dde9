"""A report as a file: PDF by Typst, DOCX by python-docx, both from the same contents."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms
from pegasus.kernel import dates
from pegasus.kernel.text import clean_lines
from pegasus.reports import photos, queries, tables, word
from pegasus.reports.domain import chart, galleries, prose
from pegasus.reports.domain.contents import Contents, PictureFact, Seal
from pegasus.reports.models import Report
from pegasus.typeset import qr, render

__all__ = ["Seal", "docx", "pdf", "seal_of", "typeset", "typeset_for_signature"]

TEMPLATE = Path(__file__).with_name("typst") / "report.typ"
CHART = Path(__file__).with_name("typst") / "chart.typ"
DRAFT_NOTE = "KONSEP – belum ditandatangani"
FINAL_NOTE = "Final – belum ditandatangani"
RECORD_KINDS = {Report.Kind.QUARTER: "quarter_report", Report.Kind.SEMESTER: "semester_report"}
SUBJECT = "report:"
ON_SIGNED = "reports.signed"
UNSIGNED = "belum ditandatangani"
COPY_NOTE = "Salinan untuk disunting – yang berlaku adalah PDF dalam arsip"


def pdf(report: Report, at: datetime) -> bytes:
    """Return a draft in PDF/A-2a and UA-1 (same rows, same bytes), or the file that was kept when it became final."""
    kept = report.signed or report.final
    if kept is not None and report.state != Report.State.DRAFT:
        return content_of(kept)
    return typeset(queries.contents(report, at))


def docx(report: Report, at: datetime) -> bytes:
    """Return the report for those who must edit it: the same contents, and at its foot what counts."""
    contents = queries.contents(report, at)
    chart_png = render.png(CHART, {}, files={"chart.svg": svg_chart(contents).encode()}, ppi=144)
    return word.document(contents, seal_of(report), files=photos.files(contents), chart=chart_png)


def seal_of(report: Report) -> Seal:
    """Return what stands on an editable copy: of a final report the code and the day of the file that counts."""
    if report.state == Report.State.DRAFT:
        return Seal(code="", note=DRAFT_NOTE)
    kept, at = report.signed or report.final, report.finalised_at
    day = at.astimezone(ZoneInfo(report.office.timezone)).date() if at else None
    return Seal(code=kept.code if kept else "", note=COPY_NOTE, on=day)


def typeset(contents: Contents, seal: Seal | None = None) -> bytes:
    """Typeset contents; without a seal it is a draft and says so."""
    facts, files = _facts(contents, seal)
    return render.pdf(TEMPLATE, facts, at=contents.changed_at, files=files)


def _facts(contents: Contents, seal: Seal | None) -> tuple[Mapping[str, object], dict[str, bytes | Path]]:
    """Return what the template says, and the files that it needs."""
    files = photos.files(contents)
    files["chart.svg"] = svg_chart(contents).encode()
    if seal:
        files["qr.svg"] = qr.svg(address(seal.code)).encode()
    return payload(contents, seal), files


def typeset_for_signature(record: Record, terms: SigningTerms) -> SigningCopy:
    """Typeset what a final report says once more, with the room for its signer, the footer and the request's QR."""
    number = record.subject.removeprefix(SUBJECT)
    report = (
        queries.reports_of(record.office).filter(pk=int(number), final=record).first() if number.isdigit() else None
    )
    if report is None or report.state != Report.State.FINAL:
        raise CannotTypeset(record.subject)
    seal = Seal(
        code=terms.code,
        note="\n".join(terms.footer),
        on=terms.at.astimezone(ZoneInfo(record.office.timezone)).date(),
        name=terms.signer_name,
        position=terms.signer_position,
        signs=True,
    )
    contents = queries.contents(report, terms.at)
    facts, files = _facts(contents, seal)
    return SigningCopy(*render.signable(TEMPLATE, facts, at=contents.changed_at, files=files), on_signed=ON_SIGNED)


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
    signer, note = contents.signer, seal.note if seal else DRAFT_NOTE
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
        "note": note,
        # Read aloud, the foot of a page is passed over: what the report is stands under its title as well.
        "status": note if UNSIGNED in note else "",
        "text_size": tables.TEXT_SIZE,
        "inset": tables.INSET,
        "code": seal.code if seal else "",
        "address": address(seal.code) if seal else "",
        "signature": {
            "place": contents.letterhead.city,
            "date": seal.on if seal and seal.on else None,
            "position": (seal.position if seal and seal.position else signer.position),
            "name": (seal.name if seal and seal.name else signer.name),
            "note": UNSIGNED if UNSIGNED in note else "",
            "signs": bool(seal and seal.signs),
        },
        "sections": {key: prose.paragraphs(clean_lines(section.text)) for key, section in contents.sections.items()},
        "section_titles": {key: section.title for key, section in contents.sections.items()},
        "chart_alt": tables.chart_description(contents),
        "chart_caption": tables.chart_caption(contents),
        "has_chart": bool(tables.chart_labels(contents)),
        "tables": {name: asdict(table) for name, table in tables.all_of(contents).items()},
        "parts": [{"name": part.name, "has_records": part.has_records} for part in contents.programmes],
        "cards": [_picture(item) for item in contents.cards],
        "cards_per_row": galleries.per_row(len(contents.cards)),
        "screenshots": [_picture(item) for item in contents.screenshots],
        "screenshots_per_row": galleries.per_row(len(contents.screenshots)),
    }


def _picture(item: PictureFact) -> dict[str, str]:
    return {
        "file": photos.name(item.sha256),
        "title": item.title,
        "detail": item.detail,
        "alt": " ".join(item.alt.split())[:400] or item.title,
        "link": item.link,
        "short": tables.short_address(item.link) if item.link else "",
    }
