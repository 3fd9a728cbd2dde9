import logging
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
from tests.builders import NOW, make_employee

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.kernel.models import AuditEntry
from pegasus.signing import actions, queries, words
from pegasus.signing.domain.verdicts import Conclusion
from pegasus.signing.models import Signature
from pegasus.signing.tests.builders import letter, make_head, make_record, make_request, signed_elsewhere, signed_onto
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from pegasus.signing.widget import Place

pytestmark = pytest.mark.django_db


def xmp_of(data: bytes) -> dict[str, str]:
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as meta:
        return {key: str(meta[key]) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}


def test_a_document_signed_with_an_own_certificate_is_kept_under_the_code_that_stands_in_it() -> None:
    request = make_request(signer=make_head())

    record = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    reading = queries.read_own(content_of(record), at=NOW)
    assert record.code == request.code
    assert record.is_public
    assert record.replaces == request.document
    assert reading.conclusion == Conclusion.INTACT
    assert [one.signer_name for one in reading.signatures] == ["Win Rizal"]
    assert reading.signatures[0].signed_at == NOW
    signature = Signature.objects.get(record=record)
    assert (signature.issuer_name, signature.is_bsre, signature.trusted) == ("CA Kantor Uji", False, False)
    request.refresh_from_db()
    assert (request.state, request.signed, request.closed_at) == ("signed", record, NOW)
    assert AuditEntry.objects.filter(action="signing.signed").count() == 1


def test_pdf_a_and_pdf_ua_survive_the_visible_stamp() -> None:
    request = make_request(signer=make_head())

    data = content_of(actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW))

    assert xmp_of(data) == xmp_of(letter()) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    with pikepdf.open(BytesIO(data)) as pdf:
        (widget,) = [one for one in pdf.pages[-1].obj.Annots if one.Subtype == "/Widget"]
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        form = tree[int(widget.StructParent)]
        assert form.S == "/Form"
        assert form.K.Obj.objgen == widget.objgen
        assert str(widget.TU) == "Tanda tangan elektronik Win Rizal"
        assert int(widget.F) == 132
        assert widget.AP.N.Subtype == "/Form"


def test_a_request_is_signed_once() -> None:
    request = make_request(signer=make_head())
    actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    with pytest.raises(actions.AlreadyDecided):
        actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)


def test_a_wrong_passphrase_keeps_nothing_and_leaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    request = make_request(signer=make_head())
    caplog.set_level(logging.DEBUG)
    secret = "sandi-yang-bisa-bocor"

    with pytest.raises(actions.WrongPassphrase) as raised:
        actions.sign_own(request=request, p12=p12(), passphrase=secret, by="Win Rizal", at=NOW)

    request.refresh_from_db()
    assert request.state == "waiting"
    assert Record.objects.count() == 1
    assert secret not in caplog.text
    assert secret not in str(raised.value)
    assert secret not in str(list(AuditEntry.objects.values()))


def test_the_passphrase_that_opens_stands_in_no_log_no_row_and_not_in_the_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    request = make_request(signer=make_head())
    caplog.set_level(logging.DEBUG)

    record = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    assert PASSPHRASE not in caplog.text
    assert PASSPHRASE.encode() not in content_of(record)
    assert PASSPHRASE not in str([*AuditEntry.objects.values(), *Record.objects.values()])
    request.refresh_from_db()
    assert PASSPHRASE not in str(request.__dict__)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"bukan sertifikat", "not_p12"),
        (b"\x30\x82" + b"\x00" * 600_000, "not_p12"),
        (p12(until=datetime(2025, 1, 1, tzinfo=UTC)), "expired"),
        (p12(since=datetime(2030, 1, 1, tzinfo=UTC)), "not_yet_valid"),
        (p12(signs=False), "wrong_usage"),
        (p12(with_key=False), "no_key"),
        (p12(curve=ec.SECP192R1), "weak_key"),
        (p12("Orang Lain"), "another_person"),
    ],
    ids=["empty", "text", "huge", "expired", "early", "usage", "keyless", "weak", "another"],
)
def test_a_certificate_that_cannot_sign_is_refused_and_nothing_is_kept(data: bytes, reason: str) -> None:
    request = make_request(signer=make_head())

    with pytest.raises(actions.CertificateUnusable) as refused:
        actions.sign_own(request=request, p12=data, passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    request.refresh_from_db()
    assert refused.value.reason == reason
    assert words.refused_certificate(refused.value)
    assert request.state == "waiting"
    assert Record.objects.count() == 1


def test_the_certificate_of_the_office_itself_may_sign_for_its_head() -> None:
    head = make_head()
    request = make_request(signer=head)

    record = actions.sign_own(
        request=request, p12=p12(head.office.name), passphrase=PASSPHRASE, by="Win Rizal", at=NOW
    )

    assert Signature.objects.get(record=record).signer_name == head.office.name


def test_the_stamp_goes_where_the_request_says() -> None:
    place = Place(page=0, box=(60.0, 100.0, 280.0, 170.0))
    request = make_request(signer=make_head(), place=place)

    data = content_of(actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW))

    with pikepdf.open(BytesIO(data)) as pdf:
        (widget,) = pdf.pages[0].obj.Annots
        assert [float(edge) for edge in widget.Rect] == [60, 100, 280, 170]


@pytest.mark.parametrize("place", [Place(page=9), Place(box=(500, 10, 900, 60)), Place(box=(100, 100, 100, 160))])
def test_a_place_outside_the_document_is_refused(place: Place) -> None:
    request = make_request(signer=make_head(), place=place)

    with pytest.raises(actions.DocumentRefused):
        actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    assert Record.objects.count() == 1


def test_a_document_that_is_no_pdf_cannot_be_signed() -> None:
    head = make_head()
    request = make_request(signer=head, document=make_record(head.office, data=b"bukan pdf"))

    with pytest.raises(actions.DocumentRefused):
        actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)


def test_a_footer_that_names_bsre_closes_the_road_of_the_own_certificate() -> None:
    request = make_request(signer=make_head(), road="brought_back")

    with pytest.raises(actions.WrongRoad):
        actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda sent: sent, "unsigned"),
        (lambda sent: signed_elsewhere(sent, ca="CA Kantor Uji"), "not_bsre"),
        (lambda sent: signed_elsewhere(sent) + b"sampah", "altered"),
    ],
    ids=["unsigned", "not-bsre", "altered"],
)
def test_a_file_without_a_signature_that_holds_is_not_taken_back(make: Callable[[bytes], bytes], reason: str) -> None:
    request = make_request(signer=make_head(), road="brought_back")

    with pytest.raises(actions.NotSigned) as refused:
        actions.take_back(request=request, data=make(letter()), by="Sari", at=NOW)

    request.refresh_from_db()
    assert refused.value.reason == reason
    assert words.not_signed(refused.value.reason, refused.value.facts)
    assert (request.state, Record.objects.count()) == ("waiting", 1)


def test_a_document_for_either_way_takes_the_signature_of_who_was_asked() -> None:
    request = make_request(signer=make_head(), road="any")

    record = actions.take_back(request=request, data=signed_onto(letter(), ca="CA Kantor Uji"), by="Sari", at=NOW)

    assert isinstance(record, Record)
    assert not Signature.objects.get(record=record).is_bsre


@pytest.mark.parametrize("data", [b"", b"bukan pdf", b"%PDF-1.7 rusak"])
def test_what_is_no_pdf_is_not_taken_back(data: bytes) -> None:
    request = make_request(signer=make_head(), road="brought_back")

    with pytest.raises(actions.DocumentRefused):
        actions.take_back(request=request, data=data, by="Sari", at=NOW)


def test_a_cancelled_request_cannot_be_signed() -> None:
    request = make_request(signer=make_head())
    actions.cancel(request=request, by="Sari", at=NOW)

    with pytest.raises(actions.AlreadyDecided):
        actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)


def test_who_may_sign() -> None:
    head = make_head()
    cc = make_employee(head.office, roles=("cc",))
    ca = make_employee(head.office, roles=("ca",))
    named, open_to_all = make_request(signer=head), make_request(head.office)

    assert queries.may_sign(named, head, {"head"})
    assert not queries.may_sign(named, cc, {"cc"})
    assert not queries.may_sign(named, ca, {"ca"})
    assert queries.may_sign(open_to_all, cc, {"cc"})
    assert not queries.may_sign(open_to_all, ca, {"ca"})
    assert queries.may_bring_back(named, ca, {"ca"})


def test_the_job_of_the_asker_is_woken_when_the_document_is_signed(
    django_capture_on_commit_callbacks: Any,  # noqa: ANN401 - a fixture of pytest-django
) -> None:
    request = make_request(signer=make_head(), on_signed="reports.signed")

    with django_capture_on_commit_callbacks() as woken:
        actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    assert len(woken) == 1


def test_the_qr_of_the_stamp_leads_to_the_page_of_the_code() -> None:
    request = make_request(signer=make_head())

    data = content_of(actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW))

    pdf = pypdfium2.PdfDocument(data)
    pdf.init_forms()
    picture = pdf[len(pdf) - 1].render(scale=2, may_draw_forms=True).to_pil()
    pdf.close()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [f"http://testserver/v/{request.code}"]
