"""Asking for a signature: the document is typeset anew for it, and nobody asks twice."""

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, sign_in

from pegasus.archive import signable
from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.archive.queries import with_replacement
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms
from pegasus.signing import actions, queries
from pegasus.signing.tests.builders import LETTER, letter, make_head, make_record
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from pegasus.typeset import render
from pegasus.typeset.render import PageBox

pytestmark = pytest.mark.django_db
KIND = "test_letter"
PLACE = PageBox(page=0, left=60.0, bottom=100.0, right=280.0, top=170.0)


def typeset(record: Record, terms: SigningTerms) -> SigningCopy:
    """Typeset a letter that says what it was told; a record titled "penuh" has no room."""
    if record.title == "hilang":
        raise CannotTypeset
    words = " | ".join((terms.code, terms.address, terms.way, *terms.footer, terms.signer_name, terms.signer_position))
    data = render.pdf(LETTER, {"words": words}, at=terms.at)
    return SigningCopy(data, None if record.title == "penuh" else PLACE)


@pytest.fixture(autouse=True)
def _offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(signable._typesetters, KIND, typeset)  # noqa: SLF001 - taken back after each test


def make_letter(**given: Any) -> Record:  # noqa: ANN401 - any fact of a record
    return make_record(make_head().office, **{"data": letter(), "kind": KIND, "subject": "letter:7"} | given)


def head_of(record: Record) -> Any:  # noqa: ANN401 - an employee
    return record.office.employees.get(name="Win Rizal")


def ask(record: Record, road: str = "own_certificate") -> Any:  # noqa: ANN401 - a request
    return actions.ask(record=record, road=road, signer=head_of(record), by="Sari", at=NOW)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_a_document_is_typeset_for_its_signature_with_code_footer_and_signer() -> None:
    record = make_letter()

    request = ask(record)

    text = text_of(content_of(request.document))
    assert request.code in text
    assert f"http://testserver/v/{request.code}" in text
    assert "menggunakan sertifikat elektronik kantor (bukan sertifikat BSrE)" in text
    assert "Win Rizal | Kepala" in text
    assert (request.origin, request.document.replaces, request.document.is_public) == (record, record, False)
    assert request.document.title == "Laporan Triwulan IV 2026 (untuk ditandatangani)"
    assert request.title == "Laporan Triwulan IV 2026"


def test_the_stamp_goes_into_the_room_that_was_left() -> None:
    request = ask(make_letter())

    signed = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    with pikepdf.open(BytesIO(content_of(signed))) as pdf:
        (widget,) = pdf.pages[0].obj.Annots
        assert [float(edge) for edge in widget.Rect] == [60, 100, 280, 170]


def test_where_no_room_is_left_the_signature_is_invisible_and_never_on_the_text() -> None:
    request = ask(make_letter(title="penuh"))

    signed = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    with pikepdf.open(BytesIO(content_of(signed))) as pdf:
        (widget,) = pdf.pages[-1].obj.Annots
        assert [float(edge) for edge in widget.Rect] == [0, 0, 0, 0]
        assert "/AP" not in widget
    assert not queries.signatures_of(signed).get().visible
    assert queries.read_own(content_of(signed), at=NOW).holds


def test_an_invisible_signature_is_told_on_its_pages(client: Client) -> None:
    request = ask(make_letter(title="penuh"))
    signed = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)
    sign_in(client, request.office, "ca")

    words = "Tanda tangannya ada di dalam berkas tanpa cap di halaman"
    assert words in client.get(reverse("signing:request", args=[request.pk])).content.decode()
    assert words in client.get(reverse("signing:verify", args=[signed.code])).content.decode()


def test_a_full_page_of_the_archive_is_signed_invisibly() -> None:
    full = BytesIO()
    with pikepdf.open(BytesIO(letter())) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q 0.2 g 0 0 595 842 re f Q", prepend=True)
        pdf.save(full)
    request = ask(make_letter(kind="letter", data=full.getvalue()), "any")

    signed = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    assert request.origin is None
    assert not queries.signatures_of(signed).get().visible


def test_what_waits_for_its_signature_replaces_nothing_yet(client: Client) -> None:
    record = make_letter()
    request = ask(record)
    sign_in(client, record.office, "ca")

    def is_replaced() -> bool:
        (row,) = with_replacement(Record.objects.filter(pk=record.pk))
        return bool(row.is_replaced)  # type: ignore[attr-defined] # marked by the query

    before = (
        is_replaced(),
        "Sudah diganti:" in client.get(reverse("archive:record", args=[record.pk])).content.decode(),
    )
    signed = actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    assert before == (False, False)
    assert queries.issued_after(record) == signed


def test_nobody_asks_twice_while_one_is_waited_for() -> None:
    record = make_letter()
    first = ask(record)

    for asked in (record, first.document, make_record(record.office, kind=KIND, subject="letter:7")):
        with pytest.raises(actions.SignatureAlreadyAsked) as refused:
            ask(asked)
        assert refused.value.request == first


def test_the_copy_of_a_withdrawn_request_is_for_no_other() -> None:
    record = make_letter()
    first = ask(record)
    actions.cancel(request=first, by="Sari", at=NOW)

    with pytest.raises(actions.NotRequestable):
        ask(first.document)
    assert ask(record).code != first.code


def test_asking_on_the_page_chooses_the_way_that_the_footer_names(client: Client) -> None:
    record = make_letter()
    sign_in(client, record.office, "ca")
    address = reverse("signing:new", args=[record.pk])

    assert "Cara menandatangani" in client.get(address).content.decode()
    client.post(address, {"signer": head_of(record).pk, "road": "brought_back"})

    request = queries.requests_of(record.office).get()
    assert request.road == "brought_back"
    assert "Balai Sertifikasi Elektronik (BSrE), BSSN" in text_of(content_of(request.document))
    assert client.get(address)["Location"] == reverse("signing:request", args=[request.pk])


def test_a_document_whose_rows_are_gone_gets_a_sentence(client: Client) -> None:
    record = make_letter(title="hilang")
    sign_in(client, record.office, "ca")

    answer = client.post(
        reverse("signing:new", args=[record.pk]), {"signer": head_of(record).pk, "road": "own_certificate"}
    )

    assert answer.status_code == 422
    assert "data asalnya sudah berubah" in answer.content.decode()
    assert not queries.requests_of(record.office).exists()


def test_an_elliptic_key_leaves_the_file_in_pdf_a() -> None:
    request = ask(make_letter())

    data = content_of(actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW))

    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.pdf_version == "1.7"
        assert list(pdf.Root.Extensions.keys()) == ["/ESIC"]
