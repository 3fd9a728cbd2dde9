"""The official list "Daftar Petugas Pegasus": what stands in it, and its PDF. Documents are Indonesian.

Everything follows from the rows, never from the day of downloading: the same data give the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms
from pegasus.calendar.domain.periods import Period
from pegasus.calendar.queries import holidays_of
from pegasus.kernel import audit
from pegasus.people import queries as people
from pegasus.people.models import Office
from pegasus.roster import listing, queries
from pegasus.roster.listing import Row
from pegasus.roster.models import Duty, Roster
from pegasus.typeset import qr, render, stored

TEMPLATE = Path(__file__).with_name("typst") / "list.typ"
TITLE = "Daftar Petugas Pegasus"
KIND = "roster"
DRAFT_NOTE = "KONSEP – belum ditandatangani"
NO_WORKING_DAY = "Tidak ada hari kerja pada minggu ini"
BLANK = "…………………………"
UNDATED = "……………………"


@dataclass(frozen=True)
class Edition:
    """What the list is: of which period, which version, a draft or not, and what has changed since."""

    office: Office
    period: Period
    rows: Sequence[Row]
    version: int
    is_draft: bool
    made_at: datetime  # published, or for a draft: made
    changed_at: datetime | None = None  # the last change since it was published
    changes: Sequence[str] = ()
    days_off: Mapping[date, str] = field(default_factory=dict)

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
    def made_on(self) -> date:
        """The day of publishing in the office: the one on the signature line."""
        return self.made_at.astimezone(ZoneInfo(self.office.timezone)).date()

    @property
    def stands_at(self) -> datetime:
        """The moment that the list shows."""
        return max(self.made_at, self.changed_at or self.made_at)

    @property
    def note(self) -> str:
        """What stands at the foot: what is known of this version, and never more."""
        if self.is_draft:
            return DRAFT_NOTE
        on = in_words(self.made_on, "j F Y")
        return f"Versi {self.version}, diterbitkan {on} – belum ditandatangani"

    @property
    def remark(self) -> str:
        """What the list adds up to."""
        people = [seat.person.pk for row in self.rows for seat in row.seats]
        weeks = sum(1 for row in self.rows if row.seats)
        return f"{weeks} minggu, {len(people)} giliran, {len(set(people))} petugas."

    def remark_on(self, row: Row) -> str:
        """Name the days of a week on which nobody works, for they explain its posting day."""
        names = [
            f"{in_words(day, 'j M')} {self.days_off[day]}"
            for day in (row.starts_on + timedelta(days=n) for n in range(5))
            if day in self.days_off
        ]
        if row.posts_on is None:
            return f"{NO_WORKING_DAY} ({'; '.join(names)})" if names else NO_WORKING_DAY
        return f"Libur {'; '.join(names)}" if names else ""

    def signers(self) -> list[tuple[str, date | None, str, str]]:
        """Return who signs: place, date (none on a draft), position, name; by the roles of the day of publishing."""
        head = people.holder_of(self.office, "head", on=self.made_on)
        agent = people.holder_of(self.office, "ca", on=self.made_on, programme=people.PEGASUS)
        city = self.office.city
        place = f"{city}, {UNDATED}".removeprefix(", ") if self.is_draft else city
        position = f"{people.role_label(self.office, 'ca')} (PJ Pegasus)"
        return [
            ("Mengetahui,", None, f"Kepala {self.office.name}", head.name if head else BLANK),
            (place, None if self.is_draft else self.made_on, position, agent.name if agent else BLANK),
        ]


def edition_of_draft(roster: Roster, today: date) -> Edition:
    """Return the list of a version as it was made: of a draft, or of the version just published."""
    rows = listing.draft_rows(roster, today)
    return Edition(
        office=roster.office,
        period=roster.span,
        rows=rows,
        version=roster.version,
        is_draft=roster.published_at is None,
        made_at=roster.published_at or roster.created_at,
        days_off=_days_off(roster.office, rows),
    )


def edition_of_period(office: Office, period: Period, today: date) -> Edition | None:
    """Return the list of a period as it stands, with what has changed since it was published."""
    rows = listing.published_rows(office, period.starts_on, period.ends_on, today)
    if not rows:
        return None
    versions = queries.published_rosters(office).filter(starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
    version = versions.filter(period=period.key).first() or versions.first()
    duties = [seat.duty for row in rows for seat in row.seats if seat.duty is not None]
    made_at = version.published_at if version else queries.first_given(duties)
    changes = _changes(version, period, duties) if version else []
    deeds = audit.last_deeds([duty.subject for duty in duties], office_id=office.pk)
    return Edition(
        office=office,
        period=period,
        rows=rows,
        version=version.version if version else 1,
        is_draft=False,
        made_at=made_at or _midnight(office, rows[0].starts_on),
        changed_at=max(deeds.values(), default=None) if changes else None,
        changes=changes,
        days_off=_days_off(office, rows),
    )


def _days_off(office: Office, rows: Sequence[Row]) -> dict[date, str]:
    if not rows:
        return {}
    days = holidays_of(office).filter(withdrawn_at=None, on__gte=rows[0].starts_on, on__lte=rows[-1].ends_on)
    return dict(days.values_list("on", "name"))


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(office.timezone))


def _changes(version: Roster, period: Period, duties: Sequence[Duty]) -> list[str]:
    """Say what is not any more as it was published, by week."""
    standing = {(duty.starts_on, duty.seat): duty for duty in duties}
    found = []
    for place in queries.places_of(version).filter(posts_on__gte=period.starts_on, posts_on__lte=period.ends_on):
        duty, week = standing.get((place.starts_on, place.seat)), in_words(place.starts_on, "j F Y")
        if duty is None or duty.holder is None:
            found.append(f"Minggu {week}: giliran {place.employee.full_name} dibatalkan.")
            continue
        if duty.holder_id != place.employee_id:
            to = duty.holder.full_name.removesuffix(".")  # a title ends like the sentence does
            found.append(f"Minggu {week}: {place.employee.full_name} digantikan {to}.")
        if duty.posts_on != place.posts_on:
            moved = f"{in_words(place.posts_on)} ke {in_words(duty.posts_on)}"
            found.append(f"Minggu {week}: hari tayang bergeser dari {moved}.")
    return list(dict.fromkeys(found))  # the places of a week move together: said once


def in_words(day: date, form: str = "l, j F Y") -> str:
    """Write a date in Indonesian, whatever language the reader has."""
    with translation.override("id"):
        return str(date_format(day, form))


def pdf(edition: Edition) -> bytes:
    """Return the list as PDF/A-2a and UA-1."""
    facts, files = _facts(edition)
    return render.pdf(TEMPLATE, facts, at=edition.stands_at, files=files)


def typeset_for_signature(record: Record, terms: SigningTerms) -> SigningCopy:
    """Typeset the kept list of a version once more, with the room for its signer, the footer and the QR."""
    number = record.subject.removeprefix("roster:")
    roster = queries.published_rosters(record.office).filter(pk=int(number)).first() if number.isdigit() else None
    if roster is None:
        raise CannotTypeset(record.subject)
    edition = edition_of_draft(roster, roster.starts_on)
    facts, files = _facts(edition, terms)
    files["qr.svg"] = qr.svg(terms.address).encode()
    return SigningCopy(*render.signable(TEMPLATE, facts, at=edition.stands_at, files=files))


def _facts(edition: Edition, terms: SigningTerms | None = None) -> tuple[dict[str, object], dict[str, bytes | Path]]:
    """Return what the template says, and the files that it needs; with terms, for the signature that is asked for."""
    office, files = letterhead(edition.office)
    facts = {
        "title": TITLE,
        "subtitle": edition.subtitle,
        "detail": edition.office.name,
        "draft": edition.is_draft,
        "note": "\n".join(terms.footer) if terms else edition.note,
        "qr": "/files/qr.svg" if terms else None,
        "remark": edition.remark,
        "changes": list(edition.changes),
        "changed_on": in_words(edition.stands_at.astimezone(ZoneInfo(edition.office.timezone)).date(), "j F Y"),
        "office": office,
        "weeks": [_week(edition, row) for row in edition.rows],
        "signers": _signature_blocks(edition, terms),
    }
    return facts, files


def _signature_blocks(edition: Edition, terms: SigningTerms | None) -> list[dict[str, object]]:
    """Return both blocks; the one who was asked signs in their own, else in the place "Mengetahui"."""
    keys = ("place", "date", "position", "name")
    blocks: list[dict[str, object]] = [
        dict(zip(keys, signer, strict=True)) | {"signs": False} for signer in edition.signers()
    ]
    if terms is not None:
        known, made = blocks
        own = made if terms.signer_name == made["name"] and terms.signer_name != known["name"] else known
        own["signs"] = True
        if terms.signer_name and terms.signer_name != own["name"]:
            own["name"], own["position"] = terms.signer_name, terms.signer_position
    return blocks


def letterhead(office: Office) -> tuple[dict[str, str | None], dict[str, bytes | Path]]:
    """Return what the letterhead says, and the files that it needs."""
    logo = _logo(office)
    facts = {
        "agency": office.agency,
        "region": office.region,
        "address": office.postal_address,
        "phone": office.phone_line,
        "website": office.website,
        "email": office.email,
        "logo": f"/files/{next(iter(logo))}" if logo else None,
    }
    return facts, logo


def _logo(office: Office) -> dict[str, bytes | Path]:
    suffix = Path(office.logo.name or "").suffix.lower()
    if suffix not in {".png", ".jpg", ".jpeg", ".svg"}:
        return {}
    data = stored.picture(office.logo)
    return {f"logo{suffix}": data} if data else {}  # gone or broken: the document goes out without it


def _week(edition: Edition, row: Row) -> dict[str, Any]:
    return {
        "posts_on": row.posts_on,
        "label": f"Minggu {in_words(row.starts_on, 'j F Y')}",
        "note": edition.remark_on(row),
        "people": [{"name": seat.person.full_name, "team": seat.person.team or "–"} for seat in row.seats],
    }
