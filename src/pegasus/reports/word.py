"""A report as DOCX, for those who must edit it: the same contents and the same tables as the PDF."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pegasus.kernel.text import clean_lines
from pegasus.publishing.domain import dates
from pegasus.reports import photos, tables
from pegasus.reports.domain.contents import Contents, PictureFact
from pegasus.reports.tables import Table

LINE = Cm(16)
BRAND = RGBColor(0x16, 0x32, 0x5C)
QUIET = RGBColor(0x59, 0x60, 0x6B)
PER_ROW = 3


def document(contents: Contents, *, note: str, files: dict[str, bytes | Path], chart: bytes) -> bytes:
    """Write the whole report."""
    doc = docx.Document()
    _set_up(doc, contents, note)
    _front(doc, contents)
    _body(doc, contents, chart)
    _attachment(doc, contents, files)
    out = BytesIO()
    doc.save(out)
    return _undated(out)


def _undated(packed: BytesIO) -> bytes:
    """Pack again without the moment of packing, so that the same rows give the same bytes."""
    out = BytesIO()
    with ZipFile(packed) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _set_up(doc: Document, contents: Contents, note: str) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2.5)
    section.left_margin = section.right_margin = Cm(2.5)
    style = doc.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    style.element.rPr.append(language)
    for level, size in ((1, 14), (2, 12)):
        heading = doc.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Arial", Pt(size), BRAND
        heading.element.rPr.rFonts.set(qn("w:asciiTheme"), "Arial")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            heading.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    properties = doc.core_properties
    properties.title, properties.author, properties.language = (
        clean_lines(contents.title),
        contents.letterhead.name,
        "id-ID",
    )
    properties.created = properties.modified = _naive(contents.changed_at)
    properties.last_modified_by = "Pegasus"
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{note}    Halaman ").font.size = Pt(8)
    _field(footer, "PAGE")
    footer.add_run(" dari ").font.size = Pt(8)
    _field(footer, "NUMPAGES")


def _naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None, microsecond=0)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that Word fills: PAGE, NUMPAGES."""
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", "1"), ("end", "")):
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.text = text
        run._r.append(element)  # noqa: SLF001 - python-docx's documented way to raw XML


def _front(doc: Document, contents: Contents) -> None:
    office = contents.letterhead
    for line in (office.agency, office.region):
        _line(doc, line.upper(), bold=True, size=14)
    for line in (office.address, " · ".join(filter(None, (office.phone, office.website, office.email)))):
        _line(doc, line, size=9)
    doc.add_paragraph()
    _line(doc, contents.title, bold=True, size=17, colour=BRAND)
    _line(doc, dates.span(contents.period.starts_on, contents.period.ends_on), colour=QUIET)
    if contents.is_open:
        as_of = dates.long_date(contents.as_of)
        _line(doc, f"Periode masih berjalan. Konsep dengan keadaan data per {as_of}; angka akan berubah.", bold=True)


def _line(doc: Document, text: str, *, bold: bool = False, size: int = 11, colour: RGBColor | None = None) -> None:
    if not text:
        return
    paragraph = doc.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(clean_lines(text))
    run.bold, run.font.size = bold, Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _body(doc: Document, contents: Contents, chart: bytes) -> None:
    found = tables.all_of(contents)
    doc.add_heading("I. Pendahuluan", 1)
    _sections(doc, contents, ("background", "purpose", "scope"))
    doc.add_heading("Dasar", 2)
    if contents.sop_number:
        doc.add_paragraph(clean_lines(f"Standar operasional prosedur: {contents.sop_number}."))
    for line in contents.legal_basis:
        doc.add_paragraph(clean_lines(line), style="List Number")
    doc.add_heading("II. Pelaksanaan", 1)
    _sections(doc, contents, ("results",))
    if tables.chart_labels(contents):
        _picture(doc.add_paragraph().add_run(), BytesIO(chart), LINE, tables.chart_description(contents))
    _table(doc, found["sources"] if contents.kind == "semester" else found["plan"])
    doc.add_heading(f"III. {contents.sections['times'].title}", 1)
    _words(doc, contents.sections["times"].text)
    for number, part in enumerate(contents.programmes):
        if len(contents.programmes) > 1:
            doc.add_heading(clean_lines(part.name), 2)
        if part.has_records:
            _table(doc, found[f"times{number}"])
        else:
            doc.add_paragraph("Kegiatan ini belum mempunyai catatan pelaksanaan pada periode ini.")
    _closing(doc, contents, found)


def _closing(doc: Document, contents: Contents, found: dict[str, Table]) -> None:
    doc.add_heading("IV. Kendala, solusi, dan tindak lanjut", 1)
    doc.add_heading("Kendala dan solusi", 2)
    _table(doc, found["obstacles"])
    doc.add_heading("Tindak lanjut", 2)
    _table(doc, found["follow_ups"])
    if contents.kind == "semester":
        doc.add_heading("V. Evaluasi, simpulan, dan saran", 1)
        _sections(doc, contents, ("evaluation", "conclusion", "suggestions"))
    else:
        doc.add_heading("V. Simpulan dan saran", 1)
        _sections(doc, contents, ("conclusion", "suggestions"))
    doc.add_heading("VI. Penutup", 1)
    _words(doc, contents.sections["closing"].text)
    for text in (f"{contents.letterhead.city}, ", f"{contents.signer.position},", "", "", "", contents.signer.name):
        paragraph = doc.add_paragraph(clean_lines(text))
        paragraph.paragraph_format.left_indent = Cm(8.5)
        paragraph.paragraph_format.keep_with_next = text != contents.signer.name


def _sections(doc: Document, contents: Contents, keys: Iterable[str]) -> None:
    for key in keys:
        doc.add_heading(contents.sections[key].title, 2)
        _words(doc, contents.sections[key].text)


def _words(doc: Document, text: str) -> None:
    for part in clean_lines(text).split("\n\n"):
        if part.strip():
            doc.add_paragraph(" ".join(part.split())).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _table(doc: Document, table: Table) -> None:
    if not table.rows:
        doc.add_paragraph(table.empty)
        return
    grid = doc.add_table(rows=0, cols=len(table.header), style="Table Grid")
    grid.autofit = False
    _row(grid, table.header, table, is_header=True)
    for cells in table.rows:
        _row(grid, cells, table)
    doc.add_paragraph()


def _row(grid: Grid, cells: Sequence[str], table: Table, *, is_header: bool = False) -> None:
    row: _Row = grid.add_row()  # type: ignore[no-untyped-call] # python-docx is typed in part
    _mark(row, "w:cantSplit")
    if is_header:
        _mark(row, "w:tblHeader")
    whole = sum(table.widths)
    for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Length(int(LINE * table.widths[at] / whole))
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(clean_lines(text))
        run.font.size, run.bold = Pt(8.5), is_header
        if at in table.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(row: _Row, name: str) -> None:
    """Say that a row stays whole, or is repeated on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - raw XML


def _picture(run: Run, file: BytesIO | str, width: Length, alt: str) -> None:
    shape = run.add_picture(file, width=width)
    shape._inline.docPr.set("descr", clean_lines(alt)[:400])  # noqa: SLF001 - the only way to an alternative text


def _attachment(doc: Document, contents: Contents, files: dict[str, bytes | Path]) -> None:
    if not contents.cards and not contents.screenshots:
        return
    doc.add_page_break()  # type: ignore[no-untyped-call] # python-docx is typed in part
    doc.add_heading("Lampiran", 1)
    for heading, items in (("Kartu", contents.cards), ("Tangkapan layar", contents.screenshots)):
        if items:
            doc.add_heading(heading, 2)
            _gallery(doc, items, files)


def _gallery(doc: Document, items: Sequence[PictureFact], files: dict[str, bytes | Path]) -> None:
    grid = doc.add_table(rows=0, cols=PER_ROW)
    for start in range(0, len(items), PER_ROW):
        row = grid.add_row()
        _mark(row, "w:cantSplit")
        for cell, item in zip(row.cells, items[start : start + PER_ROW], strict=False):
            paragraph = cell.paragraphs[0]
            _picture(paragraph.add_run(), str(files[photos.name(item.sha256)]), Cm(4.6), item.alt)
            caption = cell.add_paragraph()
            caption.add_run(clean_lines(item.title)).bold = True
            caption.add_run(f"\n{clean_lines(item.detail)}")
            for run in caption.runs:
                run.font.size = Pt(8)
