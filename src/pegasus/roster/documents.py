"""The official list "Daftar Petugas Pegasus": PDF and XLSX, both from the same rows. Documents are Indonesian."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils import translation
from django.utils.formats import date_format

from pegasus.calendar.domain.periods import Period
from pegasus.people import queries as people
from pegasus.people.models import Office
from pegasus.roster.listing import Row, Seat
from pegasus.typeset import render

TEMPLATE = Path(__file__).with_name("typst") / "list.typ"
TITLE = "Daftar Petugas Pegasus"
DRAFT_NOTE = "KONSEP – belum ditandatangani"
NO_WORKING_DAY = "Tidak ada hari kerja pada minggu ini"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Edition:
    """What the list is: of which period, which version, a draft or not."""

    office: Office
    period: Period
    rows: Sequence[Row]
    version: int
    is_draft: bool
    published_at: datetime | None = None

    @property
    def subtitle(self) -> str:
        """The period as offices write it."""
        kind = "Triwulan" if self.period.kind == "quarter" else "Semester"
        return f"{kind} {self.period.roman} Tahun {self.period.year}"

    @property
    def filename(self) -> str:
        """The file's name without its suffix."""
        draft = "-konsep" if self.is_draft else ""
        return f"daftar-petugas-pegasus-{self.office.code}-{self.period.key.lower()}{draft}"

    @property
    def note(self) -> str:
        """What stands at the foot: what is known of this version, and never more."""
        if self.is_draft or self.published_at is None:
            return DRAFT_NOTE
        on = in_words(self.published_at.astimezone(ZoneInfo(self.office.timezone)).date(), "j F Y")
        return f"Versi {self.version}, diterbitkan {on} – belum ditandatangani"


def in_words(day: date, form: str = "l, j F Y") -> str:
    """Write a date in Indonesian, whatever language the reader has."""
    with translation.override("id"):
        return str(date_format(day, form))


def pdf(edition: Edition, *, at: datetime) -> bytes:
    """Return the list as PDF/A-2a and UA-1."""
    office = edition.office
    logo = _logo(office)
    return render.pdf(
        TEMPLATE,
        {
            "title": TITLE,
            "subtitle": edition.subtitle,
            "detail": office.name,
            "note": edition.note,
            "remark": _remark(edition),
            "office": {
                "agency": office.agency,
                "region": office.region,
                "address": office.postal_address,
                "phone": office.phone_line,
                "website": office.website,
                "email": office.email,
                "logo": f"/files/{next(iter(logo))}" if logo else None,
            },
            "weeks": [_week(row) for row in edition.rows],
            "signers": _signers(office, at),
        },
        at=at,
        files=logo,
    )


def _logo(office: Office) -> dict[str, bytes | Path]:
    suffix = Path(office.logo.name or "").suffix.lower()
    if suffix not in {".png", ".jpg", ".jpeg", ".svg"}:
        return {}
    try:
        with office.logo.open("rb") as file:
            return {f"logo{suffix}": file.read()}
    except OSError:
        return {}  # the document goes out without it


def _remark(edition: Edition) -> str:
    counts: dict[int, int] = {}
    for row in edition.rows:
        for seat in row.seats:
            counts[seat.person.pk] = counts.get(seat.person.pk, 0) + 1
    weeks = sum(1 for row in edition.rows if row.seats)
    return f"{weeks} minggu, {sum(counts.values())} giliran, {len(counts)} petugas."


def _week(row: Row) -> dict[str, Any]:
    monday = in_words(row.starts_on, "j F Y")
    return {
        "posts_on": row.posts_on,
        "label": f"Minggu {monday}",
        "note": NO_WORKING_DAY,
        "people": [{"name": seat.person.full_name, "team": seat.person.team or "–"} for seat in row.seats],
    }


def _signers(office: Office, at: datetime) -> list[dict[str, object]]:
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    head, agent = (people.holder_of(office, role, on=today) for role in ("head", "ca"))
    return [
        {
            "place": "Mengetahui,",
            "date": None,
            "position": f"Kepala {office.name}",
            "name": head.name if head else "…………………………",
        },
        {
            "place": office.city,
            "date": today,
            "position": f"{people.role_label(office, 'ca')} (PJ Pegasus)",
            "name": agent.name if agent else "…………………………",
        },
    ]


def xlsx(edition: Edition) -> bytes:
    """Return the list as a sheet; what people typed is always text, never a formula."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet("Petugas")
    bold, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
    sheet.write_string(0, 0, TITLE, bold)
    sheet.write_string(1, 0, f"{edition.office.name} · {edition.subtitle}")
    sheet.write_string(2, 0, edition.note)
    for column, (label, width) in enumerate(
        (
            ("No.", 6),
            ("Minggu mulai", 18),
            ("Hari tayang", 12),
            ("Tanggal tayang", 18),
            ("Nama petugas", 36),
            ("Tim", 26),
        )
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(4, column, label, head)
    line = 5
    for number, row in enumerate(edition.rows, start=1):
        seats: list[Seat | None] = [*row.seats] or [None]
        for seat in seats:
            sheet.write_number(line, 0, number)
            sheet.write_datetime(line, 1, datetime.combine(row.starts_on, datetime.min.time()), day)
            if row.posts_on is None or seat is None:
                sheet.write_string(line, 4, NO_WORKING_DAY)
            else:
                sheet.write_string(line, 2, in_words(row.posts_on, "l"))
                sheet.write_datetime(line, 3, datetime.combine(row.posts_on, datetime.min.time()), day)
                sheet.write_string(line, 4, seat.person.full_name)
                sheet.write_string(line, 5, seat.person.team)
            line += 1
    sheet.freeze_panes(5, 0)
    sheet.autofilter(4, 0, max(4, line - 1), 5)
    book.close()
    return buffer.getvalue()
