"""A report as DOCX, for those who must edit it: the same contents and the same tables as the PDF."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pegasus.kernel import dates
from pegasus.kernel.text import clean_lines
from pegasus.reports import photos, tables
from pegasus.reports.domain import galleries, prose
from pegasus.reports.domain.contents import Contents, PictureFact, Seal
from pegasus.reports.tables import Table

LINE = Cm(16)
HIGHEST = Pt(172)  # a picture of the attachment, as in the PDF: three rows fill a page
BRAND = RGBColor(0x16, 0x32, 0x5C)
QUIET = RGBColor(0x59, 0x60, 0x6B)
RIGHT_HALF = Cm(8.5)


def document(contents: Contents, seal: Seal, *, files: dict[str, bytes | Path], chart: bytes) -> bytes:
    """Write the whole report."""
    doc = docx.Document()
    _set_up(doc, contents, seal.note)
    _front(doc, contents, seal)
    found = tables.all_of(contents)
    place = doc.add_paragraph()
    doc.add_page_break()  # type: ignore[no-untyped-call] # python-docx is typed in part
    _body(doc, contents, found, chart)
    _closing(doc, contents, found)
    _signature(doc, contents, seal)
    _attachment(doc, contents, found, files)
    _table_of_contents(doc, place)
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
    style.paragraph_format.space_after = Pt(6)
    properties.title, properties.author = clean_lines(contents.title), contents.letterhead.name
    properties.language = "id-ID"
    properties.created = properties.modified = _naive(contents.changed_at)
    properties.last_modified_by = "Pegasus"
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{note}    Halaman ").font.size = Pt(8)
    _field(footer, "PAGE")
    footer.add_run(" dari ").font.size = Pt(8)
    _field(footer, "NUMPAGES")


def _naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None, microsecond=0)


def _field(paragraph: Paragraph, instruction: str, *, size: int = 8) -> None:
    """Add a field that Word fills: PAGE, NUMPAGES, PAGEREF."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.text = text
        run._r.append(element)  # noqa: SLF001 - python-docx's documented way to raw XML


def _front(doc: Document, contents: Contents, seal: Seal) -> None:
    office = contents.letterhead
    for line in (office.agency, office.region):
        _line(doc, line.upper(), bold=True, size=14)
    for line in (office.address, " · ".join(filter(None, (office.phone, office.website, office.email)))):
        _line(doc, line, size=9)
    doc.add_paragraph()
    _line(doc, "LAPORAN", bold=True, size=12)
    _line(doc, "TENTANG", bold=True, size=10, colour=QUIET)
    _line(doc, contents.title.removeprefix("Laporan ").upper(), bold=True, size=16, colour=BRAND)
    _line(doc, dates.span(contents.period.starts_on, contents.period.ends_on), colour=QUIET)
    _line(doc, seal.note, size=9, colour=QUIET)
    if contents.is_open:
        as_of = dates.long_date(contents.as_of)
        _line(doc, f"Periode masih berjalan. Laporan ini draf dengan data per {as_of}; angka akan berubah.", bold=True)


def _table_of_contents(doc: Document, place: Paragraph) -> None:
    """List the headings with their pages: fields that Word and LibreOffice fill when they open the file."""
    headings = [p for p in doc.paragraphs if p.style is not None and p.style.name in LEVELS]
    place.add_run("Daftar isi").bold = True
    last = place
    for number, heading in enumerate(headings, start=1):
        mark = f"_Toc{number:06d}"
        _bookmark(heading, mark, number)
        last = _after(last)
        last.paragraph_format.left_indent = Cm(0.6) * LEVELS.index(heading.style.name if heading.style else "")
        last.paragraph_format.space_after = Pt(2)
        last.paragraph_format.tab_stops.add_tab_stop(LINE, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        last.add_run(f"{heading.text}\t")
        _field(last, f"PAGEREF {mark} \\h", size=11)
    updating = OxmlElement("w:updateFields")
    updating.set(qn("w:val"), "true")
    doc.settings.element.append(updating)


LEVELS = ("Heading 1", "Heading 2")


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Name a paragraph, so that a field can say on which page it stands."""
    for kind in ("Start", "End"):
        mark = OxmlElement(f"w:bookmark{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "Start":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)  # noqa: SLF001 - python-docx's documented way to raw XML


def _after(paragraph: Paragraph) -> Paragraph:
    """Add an empty paragraph behind one."""
    fresh = OxmlElement("w:p")
    paragraph._p.addnext(fresh)  # noqa: SLF001 - as above
    return Paragraph(fresh, paragraph._parent)  # noqa: SLF001 - as above


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


def _body(doc: Document, contents: Contents, found: dict[str, Table], chart: bytes) -> None:
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
        paragraph = doc.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _picture(paragraph.add_run(), BytesIO(chart), LINE, tables.chart_description(contents))
        _caption(doc, tables.chart_caption(contents)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _table(doc, found["sources"] if contents.kind == "semester" else found["plan"])
    doc.add_heading(f"III. {contents.sections['times'].title}", 1)
    _words(doc, contents.sections["times"].text)
    for number, part in enumerate(contents.programmes):
        if len(contents.programmes) > 1:
            doc.add_heading(clean_lines(part.name), 2)
        if part.has_records:
            _table(doc, found[f"times{number}"])
        else:
            doc.add_paragraph(tables.NO_RECORDS)


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


def _signature(doc: Document, contents: Contents, seal: Seal) -> None:
    """Write the place, the day, who signs with room above the name, and who made the report."""
    doc.add_heading("Pengesahan", 2)
    where = ", ".join(filter(None, (contents.letterhead.city, dates.long_date(seal.on) if seal.on else "")))
    for text in (where, f"{contents.signer.position},", "", "", "", contents.signer.name):
        paragraph = doc.add_paragraph()
        paragraph.add_run(clean_lines(text)).bold = text == contents.signer.name
        paragraph.paragraph_format.left_indent = RIGHT_HALF
        paragraph.paragraph_format.keep_with_next = text != contents.signer.name
    maker = ", ".join(filter(None, (contents.maker.position, contents.maker.name)))
    code = f" Kode dokumen {seal.code}." if seal.code else ""
    run = doc.add_paragraph().add_run(clean_lines(f"Disusun oleh {maker}.{code}"))
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def _sections(doc: Document, contents: Contents, keys: Iterable[str]) -> None:
    for key in keys:
        doc.add_heading(contents.sections[key].title, 2)
        _words(doc, contents.sections[key].text)


def _words(doc: Document, text: str) -> None:
    """Write the paragraphs of a text; a line of its own stays one, so that a list stays a list."""
    for lines in prose.paragraphs(clean_lines(text)):
        for line in lines:
            paragraph = doc.add_paragraph(line)
            if len(lines) == 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            elif line is not lines[-1]:
                paragraph.paragraph_format.space_after = Pt(1)


def _caption(doc: Document, text: str) -> Paragraph:
    paragraph = doc.add_paragraph()
    run = paragraph.add_run(clean_lines(text))
    run.bold, run.font.size = True, Pt(9.5)
    return paragraph


def _table(doc: Document, table: Table) -> None:
    if not table.rows:
        doc.add_paragraph(table.empty)
        return
    _caption(doc, table.caption).paragraph_format.keep_with_next = True
    grid = _grid(doc, table.widths)
    _row(grid, table.header, table, is_header=True)
    for number, cells in enumerate(table.rows):
        _row(grid, cells, table, link=table.links[number] if table.links else "")
    below = doc.add_paragraph()
    below.paragraph_format.space_before = Pt(3)
    run = below.add_run(clean_lines(" ".join(filter(None, (table.source, table.note)))))
    run.font.size, run.font.color.rgb = Pt(8.5), QUIET


def _grid(doc: Document, widths: Sequence[float], style: str | None = "Table Grid") -> Grid:
    """Return a table whose columns have these shares of the line, in its grid as in its cells."""
    grid: Grid = doc.add_table(rows=0, cols=len(widths), style=style)
    grid.autofit = False
    whole = sum(widths)
    for column, share in zip(grid.columns, widths, strict=True):
        # LibreOffice goes by the grid and Word by the cells: both say the same.
        column.width = Length(int(LINE * share / whole))
    _pad(grid)
    return grid


def _pad(grid: Grid) -> None:
    """Give the cells the padding of the PDF's, for which the columns are made."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 1.5), ("left", tables.INSET), ("bottom", 1.5), ("right", tables.INSET)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(width * 20)))  # twentieths of a point
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    grid._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx's documented way to raw XML


def _row(grid: Grid, cells: Sequence[str], table: Table, *, is_header: bool = False, link: str = "") -> None:
    row: _Row = grid.add_row()  # type: ignore[no-untyped-call] # python-docx is typed in part
    _mark(row, "w:cantSplit")
    if is_header:
        _mark(row, "w:tblHeader")
    for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = grid.columns[at].width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if link and at == len(cells) - 1:
            _link(paragraph, text, link, size=tables.TEXT_SIZE)
        else:
            run = paragraph.add_run(clean_lines(text))
            run.font.size, run.bold = Pt(tables.TEXT_SIZE), is_header
        if at in table.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _link(paragraph: Paragraph, text: str, url: str, *, size: float) -> None:
    """Add words that open an address."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(clean_lines(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(clean_lines(text))
    run.font.size, run.font.color.rgb, run.underline = Pt(size), BRAND, True
    link.append(run._r)  # noqa: SLF001 - python-docx's documented way to raw XML
    paragraph._p.append(link)  # noqa: SLF001 - as above


def _mark(row: _Row, name: str) -> None:
    """Say that a row stays whole, or is repeated on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - raw XML


def _picture(run: Run, file: BytesIO | str, width: Length, alt: str, height: Length | None = None) -> None:
    """Add a picture with its alternative text, no larger than the room in both directions."""
    shape = run.add_picture(file, width=width)
    if height is not None and shape.height > height:
        shape.width, shape.height = Length(int(shape.width * height / shape.height)), height
    shape._inline.docPr.set("descr", clean_lines(alt)[:400])  # noqa: SLF001 - the only way to an alternative text


def _attachment(doc: Document, contents: Contents, found: dict[str, Table], files: dict[str, bytes | Path]) -> None:
    if not contents.cards and not contents.screenshots and not found["posts"].rows:
        return
    doc.add_page_break()  # type: ignore[no-untyped-call] # python-docx is typed in part
    doc.add_heading("Lampiran", 1)
    for heading, items in (("Kartu", contents.cards), ("Tangkapan layar", contents.screenshots)):
        if items:
            doc.add_heading(heading, 2).paragraph_format.page_break_before = items is contents.screenshots and bool(
                contents.cards
            )
            _gallery(doc, items, files)
    if found["posts"].rows:
        doc.add_heading("Tautan unggahan", 2)
        _table(doc, found["posts"])


def _gallery(doc: Document, items: Sequence[PictureFact], files: dict[str, bytes | Path]) -> None:
    a_row = galleries.per_row(len(items))
    grid = _grid(doc, [1] * a_row, style=None)
    room = Length(int(LINE / a_row) - Cm(0.5))
    for start in range(0, len(items), a_row):
        row = grid.add_row()  # type: ignore[no-untyped-call] # python-docx is typed in part
        _mark(row, "w:cantSplit")
        for at, (cell, item) in enumerate(zip(row.cells, items[start : start + a_row], strict=False)):
            cell.width = grid.columns[at].width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            _picture(paragraph.add_run(), str(files[photos.name(item.sha256)]), room, item.alt, HIGHEST)
            caption = cell.add_paragraph()
            caption.paragraph_format.space_after = Pt(2)
            caption.add_run(clean_lines(item.title)).bold = True
            caption.add_run(f"\n{clean_lines(item.detail)}")
            for run in caption.runs:
                run.font.size = Pt(8)
            if item.link:
                caption.add_run("\n").font.size = Pt(8)
                _link(caption, tables.short_address(item.link), item.link, size=7.5)
