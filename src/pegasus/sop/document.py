"""The official document of an SOP: identity page and flow table, typeset from the data (Perka BPS 19/2013)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, PossibleSigners, SigningCopy, SigningTerms
from pegasus.kernel import dates
from pegasus.people.models import Office, Role
from pegasus.people.queries import active_employees, holders_of, role_label
from pegasus.sop import queries
from pegasus.sop.domain.flow import Flow, Row, flow
from pegasus.sop.models import ProcedureVersion
from pegasus.sop.shipped import ShippedActivity, ShippedProcedure
from pegasus.typeset import qr, render, stored

KIND = "sop"
SUBJECT = "procedure-version:"
TEMPLATE = Path(__file__).with_name("typst") / "official.typ"
MEANING = {"start": "mulai", "process": "kegiatan", "decision": "keputusan", "end": "selesai"}
LOGO_TYPES = (".png", ".jpg", ".jpeg", ".svg", ".webp")


def official_pdf(version: ProcedureVersion, *, at: datetime) -> bytes:
    """Typeset a version as a draft, which says KONSEP: what is signed is typeset for its signature."""
    return pdf_of(queries.text_of(version), office=version.procedure.programme.office, at=at)


def typeset_for_signature(record: Record, terms: SigningTerms) -> SigningCopy:
    """Typeset the version that a record holds for its signature: footer, QR, and the room of whoever approves it."""
    version = _version_in(record)
    if version is None:
        raise CannotTypeset(record.subject)
    text = queries.text_of(version)
    data, files = _page(text, record.office)
    data |= {"footer": list(terms.footer), "qr": "/files/qr.svg", "code": terms.code, "signs": True}
    # The name below a signature is that of who signs, never another's.
    if terms.signer_name and not same_person(terms.signer_name, text["approved_by_name"]):
        data |= {"approved_by_name": terms.signer_name, "approved_by_position": terms.signer_position}
    files["qr.svg"] = qr.svg(terms.address).encode()
    made = version.put_in_force_at or terms.at
    return SigningCopy(*render.signable(TEMPLATE, data, at=made, files=files))


def _version_in(record: Record) -> ProcedureVersion | None:
    number = record.subject.removeprefix(SUBJECT)
    return queries.kept_version(record.office, int(number)) if number.isdigit() else None


def signers_of_record(record: Record, on: date) -> PossibleSigners:
    """Return who may be asked to sign the SOP that a record holds: see `signers_of`."""
    return signers_of(_version_in(record), office=record.office, on=on)


def signers_of(version: ProcedureVersion | None, *, office: Office, on: date) -> PossibleSigners:
    """Return who may be asked to sign a version: its office's head on that day, and nobody once it was replaced."""
    if version is not None and version.in_force_until is not None:
        return PossibleSigners(
            (), _("Versi ini sudah diganti, jadi tidak ditandatangani lagi. Minta tanda tangan di versi yang berlaku.")
        )
    heads = holders_of(office, Role.HEAD, on=on).filter(pk__in=active_employees(office, on=on))
    people = tuple(heads.filter(user__is_active=True))
    if people:
        return PossibleSigners(people)
    facts = {"role": role_label(office, Role.HEAD)}
    head = heads.first()
    if head is None:
        missing = _("Belum ada pegawai yang berperan sebagai %(role)s.") % facts
        return PossibleSigners(
            (), missing + " " + _("Beri peran itu dan akun di halaman pegawainya, lalu minta tanda tangan lagi.")
        )
    missing = _("%(name)s berperan sebagai %(role)s, tetapi belum punya akun.") % (facts | {"name": head.full_name})
    return PossibleSigners((), missing + " " + _("Beri akun di halaman pegawainya, lalu minta tanda tangan lagi."))


def same_person(asked: str, written: str) -> bool:
    """Tell whether a name is the one that a text has with its titles."""
    return f" {asked.casefold()} " in f" {written.casefold().replace(',', ' ')} "


def draft_pdf(text: ShippedProcedure, *, office: Office, at: datetime) -> bytes:
    """Typeset a text that is still being written, dates and times as they were typed."""
    return pdf_of(text, office=office, at=at)


def pdf_of(text: ShippedProcedure, *, at: datetime, office: Office | None = None) -> bytes:
    """Typeset a procedure's text as a draft; an office lends its logo."""
    data, files = _page(text, office)
    return render.pdf(TEMPLATE, data, at=at, files=files)


def _page(text: ShippedProcedure, office: Office | None) -> tuple[dict[str, object], dict[str, bytes | Path]]:
    """Return what the template says, and the files that it needs."""
    data, files = page_data(text), dict[str, bytes | Path]()
    if office is not None:
        if not text["agency"]:
            data["agency"] = [line for line in (office.agency, office.region) if line]
        logo = _logo(office)
        if logo is not None:
            files["logo" + logo[0]] = logo[1]
            data["logo"] = "/files/logo" + logo[0]
    return data, files


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
        "nodes": [
            asdict(node) | {"meaning": meaning} for node, meaning in zip(chart.nodes, heard(chart, text), strict=True)
        ],
        "edges": [asdict(edge) for edge in chart.edges],
        "logo": "",
        "footer": [],
        "qr": "",
        "code": "",
        "signs": False,
    }


def heard(chart: Flow, text: ShippedProcedure) -> list[str]:
    """Say each symbol in words, with where its arrows lead: those who hear the chart do not see them."""
    lanes = [lane["label"] for lane in text["lanes"]]
    found = []
    for place, node in enumerate(chart.nodes):
        words = f"{lanes[node.lane]}: {MEANING[node.symbol]}"
        for edge in (edge for edge in chart.edges if edge.source == place):
            target = chart.nodes[edge.target]
            to = f"{lanes[target.lane]}, aktivitas {text['activities'][target.row]['number']}"
            words += f". {edge.label}: ke {to}" if edge.label else f", lalu ke {to}"
        found.append(words)
    return found


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
    return dates.padded_date(day)


def _logo(office: Office) -> tuple[str, bytes] | None:
    if not office.logo:
        return None
    suffix = Path(office.logo.name or "").suffix.lower()
    if suffix not in LOGO_TYPES:
        return None
    data = stored.picture(office.logo)
    return (suffix, data) if data else None  # gone or broken: the document goes out without it
