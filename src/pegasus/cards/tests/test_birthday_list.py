"""The list of birthdays is kept when its signature is asked for, and typeset anew for it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from tests.builders import make_employee, make_office, sign_in

from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms, typesetter_of
from pegasus.cards.birthdays import actions, documents
from pegasus.people.models import Employee, Office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TERMS = SigningTerms(
    code="ABCD2345EFGH",
    address="http://testserver/v/ABCD2345EFGH",
    way="any",
    footer=("Dokumen ini ditandatangani secara elektronik", "Pindai kode QR di samping"),
    signer_name="Win Rizal",
    signer_position="Kepala BPS Kota Uji",
    at=NOW,
)


@pytest.fixture(autouse=True)
def today(settings: Any, tmp_path: Path) -> None:  # noqa: ANN401 - pytest-django's settings
    moment = tmp_path / "clock"
    moment.write_text(NOW.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(moment)


def make_sari(office: Office | None = None) -> Employee:
    return make_employee(office, name="Sari Wulandari", birth_date=date(1988, 12, 9))


def keep_list(office: Office) -> Record:
    return actions.keep_list(office=office, year=2026, today=NOW.date(), by="Ayu", at=NOW)


def signing_copy(record: Record) -> SigningCopy:
    typesetter = typesetter_of(record.kind)
    assert typesetter is not None
    return typesetter(record, TERMS)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_asking_keeps_the_list_for_those_who_may_and_leads_to_the_request(client: Client) -> None:
    office = make_sari().office
    sign_in(client, office, "ca", name="Ayu Lestari")

    answer = client.post(reverse("cards:birthdays-ask"))

    record = Record.objects.get(kind=documents.KIND)
    assert answer.headers["Location"] == reverse("signing:new", args=[record.pk])
    assert (record.title, record.created_by) == ("Daftar Ulang Tahun Pegawai 2026", "Ayu Lestari")
    assert (record.security_class, record.is_public) == ("limited", False)
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_signing_copy_has_footer_qr_signer_and_still_says_whose_data_it_holds() -> None:
    copy = signing_copy(keep_list(make_sari().office))

    text = text_of(copy.data)
    assert "Dokumen ini ditandatangani secara elektronik Pindai kode QR di samping" in text
    assert "Data pribadi: untuk keperluan ucapan di kantor, tanpa tahun lahir." in text
    assert "Kepala BPS Kota Uji, Win Rizal" in text
    assert "1988" not in text
    assert copy.place is not None
    document = pypdfium2.PdfDocument(copy.data)
    page = document[copy.place.page]
    picture, height = page.render(scale=2).to_pil(), page.get_height()
    document.close()
    box = (copy.place.left, height - copy.place.top, copy.place.right, height - copy.place.bottom)
    assert picture.convert("L").crop(tuple(round(edge * 2) for edge in box)).getextrema() == (255, 255)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [TERMS.address]


def test_the_same_list_is_kept_once_and_a_changed_one_anew_and_never_signed_as_it_was() -> None:
    sari = make_sari()
    first = keep_list(sari.office)

    assert keep_list(sari.office) == first
    make_employee(sari.office, name="Budi", birth_date=date(1990, 1, 2))
    assert keep_list(sari.office) != first
    with pytest.raises(CannotTypeset):
        signing_copy(first)


def test_an_empty_list_is_not_kept(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    answer = client.post(reverse("cards:birthdays-ask"), follow=True)

    assert "Belum ada tanggal lahir yang tercatat" in answer.content.decode()
    assert not Record.objects.exists()


@pytest.mark.parametrize(("role", "status", "offered"), [("ca", 302, True), ("humas", 403, False)])
def test_who_may_ask_for_its_signature(client: Client, role: str, status: int, *, offered: bool) -> None:
    office = make_sari().office
    sign_in(client, office, role)

    page = client.get(reverse("cards:birthdays")).content.decode()

    assert (reverse("cards:birthdays-ask") in page) == offered
    assert client.post(reverse("cards:birthdays-ask")).status_code == status
