"""The official list as a sheet: what people typed is always text, and the same data give the same bytes."""

from datetime import date, datetime
from io import BytesIO
from itertools import count
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pegasus.roster.documents import TITLE, Edition, in_words
from pegasus.roster.listing import Seat

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("No.", 5),
    ("Minggu mulai", 17),
    ("Hari tayang", 12),
    ("Tanggal tayang", 17),
    ("Nama petugas", 36),
    ("Tim", 26),
    ("Keterangan", 34),
)
NAME = 4
A4 = 9


def xlsx(edition: Edition) -> bytes:
    """Return the list as a sheet that can be sorted, filtered and printed."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    made = edition.stands_at.astimezone(ZoneInfo(edition.office.timezone)).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": f"{TITLE} {edition.subtitle}", "author": edition.office.name, "created": made})
    sheet = book.add_worksheet("Petugas")
    bold, top = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 14})
    line = _heading(sheet, edition, bold, top)
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E7E5E0", "text_wrap": True, "valign": "vcenter"})
    for column, (label, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(line, column, label, head)
    _print_as_a_page(sheet, edition, line)
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "align": "left"})
    day = book.add_format({"border": 1, "valign": "top", "align": "left", "num_format": "d mmmm yyyy"})
    last = _rows(sheet, edition, line + 1, cell, day)
    sheet.autofilter(line, 0, max(line, last - 1), len(COLUMNS) - 1)
    _foot(sheet, edition, last + 1, bold)
    book.close()
    return buffer.getvalue()


def _heading(sheet: Worksheet, edition: Edition, bold: Format, top: Format) -> int:
    office = edition.office
    lines = (
        (office.agency, bold),
        (office.region, bold),
        (office.postal_address, None),
        ("", None),
        (TITLE, top),
        (f"{office.name} · {edition.subtitle}", None),
        (edition.note, bold if edition.is_draft else None),
    )
    for line, (text, form) in enumerate(lines):
        sheet.write_string(line, 0, text, form)
    return len(lines) + 1


def _print_as_a_page(sheet: Worksheet, edition: Edition, head: int) -> None:
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.8)
    note = edition.note.replace("&", "&&")
    sheet.set_footer(f"&L&8{note}&R&8Halaman &P dari &N")


def _rows(sheet: Worksheet, edition: Edition, line: int, cell: Format, day: Format) -> int:
    for number, row in enumerate(edition.rows, start=1):
        seats: list[Seat | None] = [*row.seats] or [None]
        for seat in seats:
            sheet.write_number(line, 0, number, cell)
            sheet.write_datetime(line, 1, _midnight(row.starts_on), day)
            if row.posts_on is None or seat is None:
                for column in (2, 3, 4, 5):
                    sheet.write_blank(line, column, None, cell)
            else:
                sheet.write_string(line, 2, in_words(row.posts_on, "l"), cell)
                sheet.write_datetime(line, 3, _midnight(row.posts_on), day)
                sheet.write_string(line, NAME, seat.person.full_name, cell)
                sheet.write_string(line, 5, seat.person.team, cell)
            sheet.write_string(line, 6, edition.remark_on(row), cell)
            line += 1
    return line


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _foot(sheet: Worksheet, edition: Edition, line: int, bold: Format) -> None:
    sheet.write_string(line, 0, edition.remark)
    lines = count(line + 1)
    if edition.changes:
        sheet.write_string(next(lines), 0, "Perubahan sejak diterbitkan", bold)
        for change in edition.changes:
            sheet.write_string(next(lines), 0, change)
    first = next(lines) + 1
    for column, (place, on, position, name) in zip((1, 5), edition.signers(), strict=True):
        where = ", ".join(part for part in (place, in_words(on, "j F Y") if on else "") if part)
        for offset, text in ((0, where), (1, f"{position},"), (5, name)):
            sheet.write_string(first + offset, column, text, bold if offset == 5 else None)  # noqa: PLR2004 - room to sign
