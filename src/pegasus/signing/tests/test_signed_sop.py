"""The SOP through its signature: what the signed file says of itself, and where the stamp lies."""

import pypdfium2
import pytest
import zxingcpp
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.files import content_of
from pegasus.people.models import User
from pegasus.signing import actions
from pegasus.signing.models import SignatureRequest
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from pegasus.sop import actions as sop
from pegasus.sop import document, queries

pytestmark = pytest.mark.django_db


def test_a_signed_sop_shows_its_signature_where_it_is_approved_and_no_other_name() -> None:
    office = make_office(name="BPS Kota Tual", region="KOTA TUAL")
    sop.install(office=office, code="pegasus", at=NOW, head="Maria Renyaan, S.Si.")
    version = queries.version_in_force(office)
    head = make_employee(office, name="Maria Renyaan", roles=("head",))
    head.user = User.objects.create_user(username="kepala")
    head.save()
    kept = sop.keep_document(version=version, pdf=document.official_pdf(version, at=NOW), by=head, at=NOW)

    own = SignatureRequest.Road.OWN_CERTIFICATE
    wish = actions.ask(record=kept, road=own, signer=head, by="Sari", at=NOW)
    signed = actions.sign_own(request=wish, p12=p12("Maria Renyaan"), passphrase=PASSPHRASE, by=head.name, at=NOW)

    data = content_of(signed)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)).split())
    shown = [
        {one.text for one in zxingcpp.read_barcodes(page.render(scale=1, may_draw_forms=True).to_pil())}
        for page in pypdfium2.PdfDocument(data)
    ]
    assert wish.place["page"] == 0
    assert not wish.place.get("invisible")
    assert "KONSEP" not in text
    assert "Win Rizal" not in text
    assert "(bukan sertifikat BSrE)" in text
    assert all(any(found.endswith(f"/v/{signed.code}") for found in page) for page in shown)
