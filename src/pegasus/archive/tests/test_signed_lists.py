"""The Daftar Arsip is kept when its signature is asked for, and typeset anew for it."""

from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_office, sign_in

from pegasus.archive import actions, lists
from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms, typesetter_of
from pegasus.archive.tests.builders import make_record
from pegasus.people.models import Office

pytestmark = pytest.mark.django_db
TERMS = SigningTerms(
    code="ABCD2345EFGH",
    address="http://testserver/v/ABCD2345EFGH",
    way="any",
    footer=("Dokumen ini ditandatangani secara elektronik", "Pindai kode QR di samping"),
    signer_name="Win Rizal",
    signer_position="Kepala BPS Kota Uji",
    at=NOW,
)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def ask(client: Client, **query: str) -> Record:
    answer = client.post(reverse("archive:ask", query=query))
    record = Record.objects.get(kind=lists.KIND, requests_on_copies=None)
    assert answer.headers["Location"] == reverse("signing:new", args=[record.pk])
    return record


def keep_list(office: Office, *, kind: str = "", year: str = "") -> Record:
    return actions.keep_list(office=office, kind=kind, year=year, by="Sari", at=NOW)


def signing_copy(record: Record) -> SigningCopy:
    typesetter = typesetter_of(record.kind)
    assert typesetter is not None
    return typesetter(record, TERMS)


def test_asking_keeps_the_list_of_a_kind_and_a_year_and_leads_to_the_request(client: Client) -> None:
    office = make_office()
    make_record(office)
    make_record(office, kind="card", title="Kartu ucapan")
    sign_in(client, office, "ca", name="Sari Wulandari")

    record = ask(client, kind="quarter_report", year="2026")

    assert record.title == "Daftar Arsip, Laporan triwulan, tahun 2026"
    assert (record.classification, record.created_by, record.is_public) == ("KA.310", "Sari Wulandari", False)
    assert (record.covers_from, record.covers_until) == (date(2026, 1, 1), date(2026, 12, 31))
    with record.file.open() as kept:
        text = text_of(kept.read())
    assert "Laporan Triwulan IV 2026" in text
    assert "Kartu ucapan" not in text


def test_the_signing_copy_has_footer_qr_signer_and_empty_room_and_says_of_when_it_is() -> None:
    office = make_office(city="Uji")
    make_record(office)

    copy = signing_copy(keep_list(office))

    text = text_of(copy.data)
    assert "Dokumen ini ditandatangani secara elektronik Pindai kode QR di samping" in text
    assert "Kepala BPS Kota Uji, Win Rizal" in text
    assert "Keadaan " in text
    assert "Dicetak dari Pegasus" not in text
    assert copy.place is not None
    document = pypdfium2.PdfDocument(copy.data)
    page = document[copy.place.page]
    picture = page.render(scale=2).to_pil()
    height = page.get_height()
    document.close()
    box = (copy.place.left, height - copy.place.top, copy.place.right, height - copy.place.bottom)
    assert picture.convert("L").crop(tuple(round(edge * 2) for edge in box)).getextrema() == (255, 255)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [TERMS.address]


def test_a_list_whose_records_were_described_anew_is_not_signed_as_it_was() -> None:
    office = make_office()
    listed = make_record(office)
    kept = keep_list(office)
    actions.describe(record=listed, changes={"classification": "TS.260"}, by="Sari", at=NOW)

    with pytest.raises(CannotTypeset):
        signing_copy(kept)


def test_what_came_in_later_does_not_change_what_the_kept_list_says() -> None:
    office = make_office()
    make_record(office)
    kept = keep_list(office)
    make_record(office, title="Datang kemudian", at=NOW + timedelta(hours=1))

    assert "Datang kemudian" not in text_of(signing_copy(kept).data)


def test_the_same_list_is_kept_once_and_a_changed_one_anew() -> None:
    office = make_office()
    make_record(office)
    first = keep_list(office)

    assert keep_list(office) == first
    make_record(office, title="Datang kemudian")
    assert keep_list(office) != first


def test_a_list_is_as_secret_as_the_most_secret_title_in_it() -> None:
    office = make_office()
    make_record(office)
    make_record(office, kind="evidence", security_class="confidential")

    assert keep_list(office).security_class == "confidential"
    assert keep_list(office, kind="quarter_report").security_class == "open"


def test_what_replaces_a_record_is_as_secret_as_it_is() -> None:
    first = make_record(security_class="confidential")

    assert make_record(first.office, replaces=first).security_class == "confidential"


@pytest.mark.parametrize(("role", "status"), [("ca", 302), ("head", 302), ("cl", 403), ("assessor", 403)])
def test_who_may_ask_for_the_signature_of_the_list(client: Client, role: str, status: int) -> None:
    office = make_office()
    make_record(office)
    sign_in(client, office, role)

    offered = reverse("archive:ask") in client.get(reverse("archive:index")).content.decode()

    assert client.post(reverse("archive:ask")).status_code == status
    assert offered == (status == 302)


@pytest.mark.parametrize("query", [{"q": "Laporan"}, {"kind": "quarter_report", "q": "tidak ada"}])
def test_a_search_is_no_list_to_sign(client: Client, query: dict[str, str]) -> None:
    office = make_office()
    make_record(office)
    sign_in(client, office, "ca")

    answer = client.post(reverse("archive:ask", query=query), follow=True)

    assert "Kosongkan kata pencariannya dahulu" in answer.content.decode()
    assert not Record.objects.filter(kind=lists.KIND).exists()


def test_another_offices_records_are_in_no_list() -> None:
    office = make_office()
    make_record(office)
    make_record(title="Milik kantor lain")

    assert "Milik kantor lain" not in text_of(signing_copy(keep_list(office)).data)
