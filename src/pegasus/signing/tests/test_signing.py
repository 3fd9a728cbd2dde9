import logging
from io import BytesIO

import pikepdf
import pytest
from tests.builders import NOW

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.kernel.models import AuditEntry
from pegasus.signing import actions, queries
from pegasus.signing.domain.verdicts import Conclusion
from pegasus.signing.models import Signature
from pegasus.signing.tests.builders import letter, make_head, make_request, signed_elsewhere
from pegasus.signing.tests.certificates import PASSPHRASE, p12

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


def test_a_file_signed_by_bsre_comes_back_as_the_same_document_with_a_signature() -> None:
    request = make_request(signer=make_head(), road="brought_back")
    back = signed_elsewhere(content_of(request.document))

    record = actions.take_back(request=request, data=back, by="Sari", at=NOW)

    request.refresh_from_db()
    assert content_of(record) == back
    assert record.code == request.code
    assert request.likeness == "same_pages"
    assert Signature.objects.get(record=record).is_bsre
