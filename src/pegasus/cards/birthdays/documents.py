"""The list of a year's birthdays on paper and as a sheet: day and month, name and team, never a year of birth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter

from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms
from pegasus.cards.birthdays import queries
from pegasus.people.models import Employee, Office
from pegasus.roster.documents import in_words, letterhead
from pegasus.typeset import qr, render

TEMPLATE = Path(__file__).parents[1] / "typst" / "birthdays.typ"
TITLE = "Daftar Ulang Tahun Pegawai"
KIND = "birthday_list"
SUBJECT = "ulang-tahun:"
PRIVACY = "Data pribadi: untuk keperluan ucapan di kantor, tanpa tahun lahir"
COLUMNS = (("No.", 5), ("Tanggal", 20), ("Hari", 12), ("Nama", 40), ("Tim", 28))
Day = tuple[date, Employee]


@dataclass(frozen=True)
class Listing:
    """The birthdays of a year."""

    office: Office
    year: int
    days: Sequence[Day]

    @property
    def filename(self) -> str:
        """The file's name without its suffix."""
        return f"daftar-ulang-tahun-{self.office.code}-{self.year}"


def pdf(listing: Listing, *, at: datetime) -> bytes:
    """Return the list month by month, as PDF/A-2a and UA-1."""
    facts, files = _facts(listing)
    return render.pdf(TEMPLATE, facts, at=at, files=files)


def listing_of(office: Office, year: int, today: date) -> Listing:
    """Return the list of a year as it stands on a day."""
    return Listing(office, year, queries.listed(office, year, today))


def restated(record: Record) -> Listing | None:
    """Return what a kept list says, from the staff list as it is now; None when that gives another file."""
    year = record.subject.removeprefix(SUBJECT)
    if not year.isdigit():
        return None
    day = record.created_at.astimezone(ZoneInfo(record.office.timezone)).date()
    listing = listing_of(record.office, int(year), day)
    return listing if sha256(pdf(listing, at=record.created_at)).hexdigest() == record.sha256 else None


def typeset_for_signature(record: Record, terms: SigningTerms) -> SigningCopy:
    """Typeset a kept list once more, with the room for its signer, the footer and the QR; it says what was kept."""
    listing = restated(record)
    if listing is None:
        raise CannotTypeset(record.subject)
    facts, files = _facts(listing)
    facts |= {"note": "\n".join(terms.footer), "qr": "/files/qr.svg", "signature": terms.block(record.office)}
    files["qr.svg"] = qr.svg(terms.address).encode()
    return SigningCopy(*render.signable(TEMPLATE, facts, at=record.created_at, files=files))


def _facts(listing: Listing) -> tuple[dict[str, object], dict[str, bytes | Path]]:
    """Return what the template says, and the files that it needs."""
    office, files = letterhead(listing.office)
    months = [
        {"name": in_words(group[0][0], "F"), "rows": [_row(one) for one in group]}
        for _, found in groupby(listing.days, key=lambda one: one[0].month)
        for group in [list(found)]
    ]
    facts: dict[str, object] = {
        "title": TITLE,
        "subtitle": f"Tahun {listing.year}",
        "detail": listing.office.name,
        "note": PRIVACY,
        "privacy": f"{PRIVACY}.",
        "office": office,
        "months": months,
        "remark": f"{len(listing.days)} pegawai.",
        "qr": None,
        "signature": None,
    }
    return facts, files


def _row(one: Day) -> dict[str, str]:
    day, person = one
    return {"day": in_words(day, "j F"), "weekday": in_words(day, "l"), "name": person.full_name, "team": person.team}


def xlsx(listing: Listing, *, at: datetime) -> bytes:
    """Return the list as a sheet; what people typed is always text."""
    buffer = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, safe)
    book.set_properties({"title": f"{TITLE} {listing.year}", "author": listing.office.name, "created": _plain(at)})
    sheet = book.add_worksheet("Ulang tahun")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E7E5E0"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "align": "left"})
    sheet.write_string(0, 0, f"{TITLE} {listing.year}", book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, listing.office.name)
    for column, (label, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, label, head)
    for number, one in enumerate(listing.days, start=1):
        row = _row(one)
        sheet.write_number(3 + number, 0, number, cell)
        for column, key in enumerate(("day", "weekday", "name", "team"), start=1):
            sheet.write_string(3 + number, column, row[key], cell)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _plain(at: datetime) -> datetime:
    return at.replace(tzinfo=None, microsecond=0)
