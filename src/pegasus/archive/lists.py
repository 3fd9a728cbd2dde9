"""The Daftar Arsip as a sheet and as a document. Documents are Indonesian, whatever language the reader has chosen."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format

from pegasus.archive import kinds, queries
from pegasus.archive.domain.classification import CODES
from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms
from pegasus.people.models import Office
from pegasus.typeset import qr, render

KIND = "archive_list"
TEMPLATE = Path(__file__).with_name("documents") / "list.typ"
HEADER = (
    "No",
    "Kode klasifikasi",
    "Uraian informasi arsip",
    "Kurun waktu",
    "Jumlah",
    "Tingkat perkembangan",
    "Media simpan",
    "Lokasi simpan",
    "Klasifikasi keamanan",
    "Retensi",
    "Keterangan",
)
EXTRA = ("Jenis", "Nama berkas", "Kode pemeriksaan", "SHA-256", "Disimpan oleh", "Disimpan pada")
WIDTHS = (5, 16, 44, 16, 10, 14, 20, 28, 16, 34, 26, 18, 30, 18, 66, 24, 20)


def rows(records: Iterable[Record], *, zone: str) -> Iterator[tuple[str, ...]]:
    """Return the columns of each record, as texts."""
    with translation.override("id"):
        for number, record in enumerate(records, start=1):
            yield tuple(str(cell) for cell in _row(number, record, ZoneInfo(zone)))


def _row(number: int, record: Record, zone: ZoneInfo) -> tuple[object, ...]:
    made = record.created_at.astimezone(zone)
    years = f"aktif {record.retention_active_years} tahun, inaktif {record.retention_inactive_years} tahun"
    return (
        number,
        record.classification,
        record.title,
        time_of(record, made.date()),
        "1 berkas",
        record.get_copy_status_display(),
        "Elektronik dan kertas" if record.paper_location else "Elektronik",
        record.paper_location or "Pegasus (elektronik)",
        record.get_security_class_display(),
        f"{years}, {str(record.get_fate_display()).lower()}",
        _remark(record),
    )


def time_of(record: Record, made_on: date) -> str:
    """Return the Kurun waktu in words: what the record is about, else the month in which it was made."""
    first, last = record.covers_from, record.covers_until
    if first is None or last is None:
        return date_format(made_on, "F Y")
    if first == last:
        return date_format(first, "j F Y")
    if first.day > 1 or (last + timedelta(days=1)).day > 1:
        return f"{date_format(first, 'j F Y')}–{date_format(last, 'j F Y')}"
    # Whole months: a quarter, a semester, a year.
    if first.year != last.year:
        return f"{date_format(first, 'F Y')}–{date_format(last, 'F Y')}"
    if first.month == last.month:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F')}–{date_format(last, 'F Y')}"


def _remark(record: Record) -> str:
    remarks = []
    if getattr(record, "is_replaced", False):
        remarks.append("sudah diganti")
    if record.damage:
        remarks.append(str(record.get_damage_display()).lower())
    if record.is_public:
        remarks.append("diterbitkan")
    return ", ".join(remarks)


def xlsx(records: Iterable[Record], *, zone: str) -> bytes:
    """Return the list as a sheet in which everything is text: no formula, no date to be guessed at."""
    kept = list(records)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e7e5e0", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    sheet = book.add_worksheet("Daftar Arsip")
    for column, (name, width) in enumerate(zip(HEADER + EXTRA, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    for line, (cells, record) in enumerate(zip(rows(kept, zone=zone), kept, strict=True), start=1):
        for column, text in enumerate(cells + _extra(record, ZoneInfo(zone))):
            sheet.write_string(line, column, text, plain)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(kept), 1), len(HEADER + EXTRA) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def kind_in_indonesian(kind: str) -> str:
    """Return the words for a kind as documents have them."""
    with translation.override("id"):
        return kinds.label(kind)


def _extra(record: Record, zone: ZoneInfo) -> tuple[str, ...]:
    kept_at = f"{record.created_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return (kind_in_indonesian(record.kind), record.filename, record.code, record.sha256, record.created_by, kept_at)


def scope_of(kind: str, year: str, words: str = "") -> str:
    """Say in the document what it lists."""
    parts = [kind_in_indonesian(kind)] if kind else []
    if year:
        parts.append(f"tahun {year}")
    if words:
        parts.append(f"memuat “{words}”")
    return ", ".join(parts) or "Semua arsip"


def pdf(records: Iterable[Record], *, office: Office, scope: str, at: datetime) -> bytes:
    """Return the list as a document, PDF/A-2a and UA-1."""
    return render.pdf(TEMPLATE, _facts(records, office=office, scope=scope, at=at), at=at)


def _facts(records: Iterable[Record], *, office: Office, scope: str, at: datetime) -> dict[str, object]:
    kept = list(records)
    used = sorted({record.classification for record in kept} & set(CODES))
    with translation.override("id"):
        printed = date_format(at.astimezone(ZoneInfo(office.timezone)), "l, j F Y H.i")
        zone = str(office.get_timezone_display())
    return {
        "office": {"agency": office.agency, "region": office.region or office.name, "address": office.postal_address},
        "title": "Daftar Arsip",
        "scope": scope,
        "note": f"Dicetak dari Pegasus, {printed} {zone}",
        "as_of": f"Keadaan {printed} {zone}",
        "header": HEADER,
        "rows": list(rows(kept, zone=office.timezone)),
        "codes": [f"{code} {CODES[code]}" for code in used],
        "qr": None,
        "signature": None,
    }


def subject_of(kind: str, year: str) -> str:
    """Return what a kept list is about: a kind of records, a year, both or neither."""
    return f"daftar-arsip:{kind}:{year}"


def listed(office: Office, *, kind: str, year: str) -> QuerySet[Record]:
    """Return the records of a kept list; only who may see every record asks for one."""
    found = queries.matching(queries.records_of(office), q="", kind=kind, year=year)
    return queries.with_replacement(found)


def is_current(record: Record) -> bool:
    """Tell whether a kept list still says what the archive holds, itself left out."""
    _, kind, year = record.subject.split(":")
    if listed(record.office, kind=kind, year=year).filter(pk__gt=record.pk).exists():
        return False
    facts, at = _facts_of(record), record.created_at
    return sha256(render.pdf(TEMPLATE, facts, at=at)).hexdigest() == record.sha256


def typeset_for_signature(record: Record, terms: SigningTerms) -> SigningCopy:
    """Typeset a kept list once more, with the room for its signer, the footer and the QR.

    What is signed says what was kept, to the letter: a list whose records were described anew meanwhile is refused.
    """
    facts, at = _facts_of(record), record.created_at
    if sha256(render.pdf(TEMPLATE, facts, at=at)).hexdigest() != record.sha256:
        raise CannotTypeset(record.subject)
    facts |= {"note": "\n".join(terms.footer), "qr": "/files/qr.svg", "signature": terms.block(record.office)}
    return SigningCopy(*render.signable(TEMPLATE, facts, at=at, files={"qr.svg": qr.svg(terms.address).encode()}))


def _facts_of(record: Record) -> dict[str, object]:
    """Return what a kept list says, from the records that were there before it."""
    try:
        _, kind, year = record.subject.split(":")
    except ValueError:
        raise CannotTypeset(record.subject) from None
    before = listed(record.office, kind=kind, year=year).filter(pk__lt=record.pk)
    return _facts(before, office=record.office, scope=scope_of(kind, year), at=record.created_at)
