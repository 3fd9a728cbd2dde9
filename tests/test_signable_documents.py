"""Every document that can be signed, before and after: an archive file that is read aloud as it is seen."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest

from pegasus.archive import actions as archive
from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.cards.birthdays import actions as birthdays
from pegasus.people.models import Employee, Office, User
from pegasus.reports import actions as reports
from pegasus.reports.tests.builders import AFTER, Q4, make_report
from pegasus.reports.tests.reading import structure_of
from pegasus.roster import actions as roster
from pegasus.roster.tests.builders import BEFORE_Q4, make_published
from pegasus.signing import actions as signing
from pegasus.signing.models import SignatureRequest
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from pegasus.sop import actions as sop
from pegasus.sop import document, queries
from tests.builders import make_employee, make_office

pytestmark = pytest.mark.django_db
NAME = "Win Rizal"
STAMP = ("Form", f"Tanda tangan elektronik {NAME}")


def sop_version(office: Office, head: Employee) -> Record:
    sop.install(office=office, code="pegasus", at=BEFORE_Q4, head=NAME)
    version = queries.version_in_force(office)
    return sop.keep_document(version=version, pdf=document.official_pdf(version, at=BEFORE_Q4), by=head, at=BEFORE_Q4)


def roster_list(office: Office, _head: Employee) -> Record:
    sop.install(office=office, code="pegasus", at=BEFORE_Q4, head=NAME)
    for _ in range(6):
        make_employee(office)
    made = make_published(office)
    roster.keep_list(roster=made, at=BEFORE_Q4)
    made.refresh_from_db()
    assert made.document is not None
    return made.document


def quarter_report(office: Office, _head: Employee) -> Record:
    return reports.finalise(report=make_report(office), by="Sari", at=AFTER)


def semester_report(office: Office, _head: Employee) -> Record:
    make_report(office)
    period = Q4.of(Q4.starts_on, "semester")
    report = reports.draft(office=office, kind="semester", period=period, programme=None, at=AFTER)
    return reports.finalise(report=report, by="Sari", at=AFTER)


def archive_list(office: Office, head: Employee) -> Record:
    sop_version(office, head)
    return archive.keep_list(office=office, kind="", year="", by="Sari", at=AFTER)


def birthday_list(office: Office, _head: Employee) -> Record:
    make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))
    return birthdays.keep_list(office=office, year=2026, today=BEFORE_Q4.date(), by="Sari", at=BEFORE_Q4)


@pytest.mark.parametrize(
    "make", [sop_version, roster_list, quarter_report, semester_report, archive_list, birthday_list]
)
def test_a_signable_document_is_whole_before_and_after_its_signature(
    make: Callable[[Office, Employee], Record], tmp_path: Path
) -> None:
    office = make_office(name="BPS Kota Uji", region="KOTA UJI", city="Uji")
    account = User.objects.create_user(username="kepala")
    head = make_employee(office, name=NAME, roles=("head",), user=account)
    own = SignatureRequest.Road.OWN_CERTIFICATE

    kept = make(office, head)
    wish = signing.ask(record=kept, road=own, signer=head, by="Sari", at=AFTER)
    signed = signing.sign_own(request=wish, p12=p12(NAME), passphrase=PASSPHRASE, by=NAME, at=AFTER)

    files = {name: content_of(one) for name, one in (("kept", kept), ("sent", wish.document), ("signed", signed))}
    assert {name: faults(data, tmp_path / f"{name}.pdf") for name, data in files.items()} == {
        name: [] for name in files
    }
    order = structure_of(files["signed"])
    assert structure_of(files["sent"]) == [one for one in order if one != STAMP]
    heard = [text for _kind, text in order]
    assert heard[order.index(STAMP) + 1].startswith(NAME)
    assert heard[order.index(STAMP) - 1].rstrip(",").endswith(office.name)


def faults(data: bytes, path: Path) -> list[str]:
    """Return what pdfua is sure of and what pikepdf finds wrong: with the claims, the version and the syntax."""
    path.write_bytes(data)
    found = [
        f"{one.rule_id}: {one.message}"
        for one in pdfua.validate(str(path)).findings
        if one.severity is pdfua.Severity.ERROR and one.confidence is pdfua.Confidence.CERTAIN
    ]
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as meta:
        claims = [str(meta[key]) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
        if claims != ["2", "A", "1"] or pdf.pdf_version != "1.7":
            found.append(f"{pdf.pdf_version} claims {claims}")
        return found + [str(problem) for problem in pdf.check_pdf_syntax()]
