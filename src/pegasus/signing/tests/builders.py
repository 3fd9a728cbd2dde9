from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.actions import keep
from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.people.models import Employee, Office
from pegasus.signing import pades
from pegasus.signing.actions import request_signature
from pegasus.signing.certificates import open_p12
from pegasus.signing.models import SignatureRequest
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from pegasus.signing.widget import Place
from pegasus.typeset import qr, render

LETTER = Path(__file__).with_name("letter.typ")


@cache
def letter(words: str = "Laporan Triwulan IV 2026", code: str = "") -> bytes:
    """Return a two-page document as Typst makes it: PDF/A-2a and UA-1; with a code, its QR stands on the last page."""
    files = {"qr.svg": qr.svg(f"http://testserver/v/{code}").encode()} if code else {}
    return render.pdf(LETTER, {"words": words, "qr": bool(code)}, at=NOW, files=files)


@cache
def blank_stamp(width: float, height: float) -> bytes:
    """Return an empty page of the stamp's size, for tests that look at other things."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(width, height))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def signed_elsewhere(document: bytes, *, name: str = "Win Rizal", ca: str = "BSrE", at: datetime = NOW) -> bytes:
    """Return the document as another system would sign it."""
    wish = pades.Wish(label=f"Tanda tangan {name}", reason="Naskah dinas", location="Bengkulu", place=Place())
    certificate = open_p12(p12(name, ca=ca), PASSPHRASE, at=at)
    return pades.sign(document, certificate=certificate, wish=wish, stamp=blank_stamp, tsa="", at=at)


STAMP = (300, 90, 520, 160)


def signed_onto(
    document: bytes,
    *,
    name: str = "Win Rizal",
    ca: str = "BSrE",
    at: datetime = NOW,
    box: tuple[int, int, int, int] = STAMP,
    field: str = "TTE",
) -> bytes:
    """Return the very document with a signature appended, as a signing service does that leaves the file alone."""
    certificate = open_p12(p12(name, ca=ca), PASSPHRASE, at=at)
    signer = pades.SignerAt(
        PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"),
        signer=certificate.signer,
        new_field_spec=SigFieldSpec(field, on_page=-1, box=box),
    )
    signer.moment = at
    out = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(document)))
    return bytes(out.getvalue())


@cache
def signed_by_many(document: bytes, *names: str) -> bytes:
    """Return the document with one signature behind the other, without stamps."""
    for number, name in enumerate(names):
        document = signed_onto(document, name=name, box=(0, 0, 0, 0), field=f"TTE{number}")
    return document


def make_record(office: Office | None = None, *, data: bytes = b"isi berkas", **given: Any) -> Record:  # noqa: ANN401
    defaults: dict[str, Any] = {
        "kind": "quarter_report",
        "title": "Laporan Triwulan IV 2026",
        "filename": "laporan.pdf",
        "content_type": "application/pdf",
        "by": "Sari",
        "at": NOW,
    }
    return keep(office=office or make_office(), data=data, **defaults | given)


def make_request(
    office: Office | None = None,
    *,
    signer: Employee | None = None,
    road: str = SignatureRequest.Road.OWN_CERTIFICATE,
    document: Record | None = None,
    **given: Any,  # noqa: ANN401
) -> SignatureRequest:
    office = office or (signer.office if signer else make_office(city="Bengkulu"))
    defaults: dict[str, Any] = {
        "subject": "period:2026Q4",
        "title": "Laporan Triwulan IV 2026",
        "code": new_code(),
        "on_signed": "",
        "by": "Sari",
        "at": NOW,
    }
    return request_signature(
        office=office,
        road=road,
        document=document or make_record(office, data=letter()),
        signer=signer,
        **defaults | given,
    )


def make_head(office: Office | None = None) -> Employee:
    """Return the head of an office, whose name stands in the tests' certificates."""
    return make_employee(
        office or make_office(city="Bengkulu"),
        name="Win Rizal",
        roles=("head",),
        position="Kepala BPS Provinsi Bengkulu",
    )
