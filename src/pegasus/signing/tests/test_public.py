import os
import subprocess
import sys
from datetime import timedelta
from io import BytesIO, StringIO
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.builders import NOW

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.signing import actions
from pegasus.signing.domain.verdicts import MOST_SIGNATURES
from pegasus.signing.models import SignatureRequest
from pegasus.signing.tests.builders import (
    letter,
    make_head,
    make_record,
    make_request,
    signed_by_many,
    signed_elsewhere,
)
from pegasus.signing.tests.certificates import PASSPHRASE, authority, p12
from pegasus.signing.uploads import CHECKS_ALLOWED

pytestmark = pytest.mark.django_db


def make_signed(**given: object) -> Record:
    request = make_request(signer=make_head(), **given)  # type: ignore[arg-type] # any fact of a request
    return actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)


def page(client: Client, code: str, data: bytes | None = None, name: str = "berkas.pdf") -> tuple[int, str]:
    address = reverse("signing:verify", args=[code]) if code else reverse("signing:check")
    brought = {"file": SimpleUploadedFile(name, data)} if data is not None else None
    answer = client.post(address, brought) if brought else client.get(address)
    return answer.status_code, answer.content.decode()


def test_anybody_reads_what_a_code_stands_for(client: Client) -> None:
    record = make_signed()

    status, text = page(client, record.code)

    assert status == 200
    assert "Laporan Triwulan IV 2026" in text
    assert "Win Rizal menandatangani pada 23 November 2026 09.00 WIB dengan sertifikat dari CA Kantor Uji." in text
    assert "Bukan sertifikat BSrE" in text
    assert record.sha256 in text
    assert reverse("signing:public-file", args=[record.code]) in text


def test_a_code_may_be_typed_in_small_letters(client: Client) -> None:
    record = make_signed()

    assert page(client, record.code.lower())[0] == 200


def test_a_code_typed_into_the_form_leads_to_its_page(client: Client) -> None:
    answer = client.get(reverse("signing:check"), {"kode": "ab cd 2345"})

    assert answer["Location"] == reverse("signing:verify", args=["ABCD2345"])


@pytest.mark.parametrize("typed", ["//evil.example", "../../akun", "https://x/v/AB", "\r\nX: y"])
def test_no_code_that_is_typed_leads_out_of_the_page(client: Client, typed: str) -> None:
    answer = client.get(reverse("signing:check"), {"kode": typed})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/v/")
    assert "/" not in answer["Location"].removeprefix("/v/")


@pytest.mark.parametrize("code", ["TIDAKADA2345", "x" * 300, "%00", "..", "<script>"])
def test_an_unknown_code_gets_a_clear_page(client: Client, code: str) -> None:
    status, text = page(client, code)

    assert status == 404
    assert "Kode ini tidak dikenal" in text
    assert "<script>" not in text.split("<main")[1].split("</main")[0]


def test_a_draft_says_that_it_waits(client: Client) -> None:
    request = make_request(signer=make_head())

    status, text = page(client, request.code)

    assert status == 200
    assert "Naskah ini masih menunggu tanda tangan: belum berlaku" in text
    assert "Win Rizal" not in text
    assert request.document.sha256 not in text


def test_a_withdrawn_document_says_so(client: Client) -> None:
    request = make_request(signer=make_head())
    actions.cancel(request=request, by="Sari", at=NOW)

    assert "Dokumen ini ditarik sebelum ditandatangani: tidak berlaku" in page(client, request.code)[1]


def test_a_file_made_for_signing_is_never_issued_before_during_or_after(client: Client, tmp_path: Path) -> None:
    request = make_request(signer=make_head())
    draft = content_of(request.document)
    path = tmp_path / "naskah.pdf"
    path.write_bytes(draft)
    before = verify(path)
    actions.sign_own(request=request, p12=p12(), passphrase=PASSPHRASE, by="Win Rizal", at=NOW)

    code, text = verify(path)
    told = page(client, "", draft)[1]

    assert (before[0], code) == (1, 1)
    assert "Berkas ini bukan yang diterbitkan" in text
    assert f"http://testserver/v/{request.code}" in text
    assert reverse("signing:verify", args=[request.code]) in told
    assert "persis sama" not in told


def test_the_file_of_a_withdrawn_request_says_so(tmp_path: Path) -> None:
    request = make_request(signer=make_head())
    actions.cancel(request=request, by="Sari", at=NOW)
    path = tmp_path / "naskah.pdf"
    path.write_bytes(content_of(request.document))

    code, text = verify(path)

    assert (code, "Berkas ini tidak berlaku" in text, "ditarik" in text) == (1, True, True)


def test_a_superseded_file_says_what_is_in_force(client: Client, tmp_path: Path) -> None:
    final = make_record(data=letter("Final"), is_public=True)
    copy = make_record(final.office, data=letter("Naskah"), replaces=final)
    signed = make_record(
        final.office, data=letter("Ditandatangani"), replaces=copy, is_public=True, title="Laporan sah"
    )
    make_record(final.office, data=letter("Naskah kedua"), replaces=final, at=NOW + timedelta(days=2))
    path = tmp_path / "final.pdf"
    path.write_bytes(letter("Final"))

    code, text = verify(path)
    told = page(client, final.code, letter("Final"))[1]

    assert code == 0
    assert "Berkas ini asli, tetapi sudah diganti" in text
    assert f"Yang berlaku sekarang: Laporan sah, http://testserver/v/{signed.code}" in text
    assert reverse("signing:verify", args=[signed.code]) in told


def test_a_draft_in_the_archive_is_not_issued(tmp_path: Path) -> None:
    make_record(data=letter("KONSEP"), kind="sop")
    path = tmp_path / "konsep.pdf"
    path.write_bytes(letter("KONSEP"))

    code, text = verify(path)

    assert (code, "tersimpan di arsip kantor, tetapi tidak diterbitkan" in text) == (1, True)


def test_nothing_green_stands_under_a_red_verdict(client: Client) -> None:
    record = make_signed()

    red = page(client, record.code, content_of(record) + b"sampah")[1]
    green = page(client, record.code, content_of(record))[1]

    assert "verdict is-late" in red
    assert "is-done" not in red
    assert "Yang terdaftar dengan kode ini" in red
    assert "Dokumen ini diterbitkan dan ditandatangani" not in red
    assert "Dokumen ini diterbitkan dan ditandatangani" in green


def test_a_replaced_document_leads_to_the_one_in_force(client: Client) -> None:
    old = make_signed()
    newer = make_record(old.office, data=b"baru", is_public=True, replaces=old, at=NOW + timedelta(days=1))

    text = page(client, old.code)[1]

    assert "Dokumen ini sudah diganti dengan yang lebih baru" in text
    assert reverse("signing:verify", args=[newer.code]) in text


def test_an_internal_record_is_nobodys_business(client: Client) -> None:
    record = make_record(title="Tangkapan layar Sari", kind="screenshot")

    status, text = page(client, record.code)

    assert status == 404
    assert "Sari" not in text
    assert client.get(reverse("signing:public-file", args=[record.code])).status_code == 404


def test_the_page_names_nobody_but_the_signer(client: Client) -> None:
    record = make_signed()
    Record.objects.filter(pk=record.pk).update(created_by="Sari Wulandari", paper_location="Lemari Bayu")

    text = page(client, record.code)[1]

    assert "Sari" not in text
    assert "Bayu" not in text


@pytest.mark.parametrize("security", ["limited", "confidential"])
def test_a_closed_document_is_not_handed_out(client: Client, security: str) -> None:
    record = make_signed()
    Record.objects.filter(pk=record.pk).update(security_class=security)

    text = page(client, record.code)[1]

    assert client.get(reverse("signing:public-file", args=[record.code])).status_code == 404
    assert reverse("signing:public-file", args=[record.code]) not in text
    assert (record.title in text) == (security == "limited")


def test_the_open_file_is_handed_out_as_it_was_issued(client: Client) -> None:
    record = make_signed()

    answer = client.get(reverse("signing:public-file", args=[record.code]))

    assert answer.content == content_of(record)
    assert answer["ETag"] == f'"{record.sha256}"'


def test_the_issued_file_is_recognised(client: Client) -> None:
    record = make_signed()

    text = page(client, record.code, content_of(record))[1]

    assert "Berkas ini persis sama dengan yang diterbitkan" in text


def test_an_issued_file_of_another_code_is_told_apart(client: Client) -> None:
    record, other = make_signed(), make_signed()

    text = page(client, other.code, content_of(record))[1]

    assert "Berkas ini asli, tetapi bukan dokumen dengan kode ini" in text


def test_a_changed_file_is_told(client: Client) -> None:
    record = make_signed()

    text = page(client, record.code, content_of(record) + b"sampah")[1]

    assert "Bukan berkas yang diterbitkan, dan ada tambahan setelah ditandatangani" in text
    assert "Ada tambahan di akhir berkas yang tidak ikut ditandatangani." in text


def test_the_unsigned_document_is_not_issued(client: Client) -> None:
    request = make_request(signer=make_head())

    text = page(client, request.code, content_of(request.document))[1]

    assert "Berkas ini belum diterbitkan" in text


def test_a_picture_that_was_issued_is_recognised_by_its_hash(client: Client) -> None:
    record = make_record(data=b"\xff\xd8\xff kartu", is_public=True, filename="kartu.jpg", content_type="image/jpeg")

    assert "Berkas ini persis sama" in page(client, "", b"\xff\xd8\xff kartu", "kartu.jpg")[1]
    assert record.title in page(client, record.code)[1]


@pytest.mark.parametrize(
    "data",
    [
        b"bukan pdf",
        b"%PDF-1.7",
        b"%PDF-1.7\nxref\n0 1\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        b"\x00" * 99,
    ],
)
def test_no_file_makes_the_page_fail(client: Client, data: bytes) -> None:
    status, text = page(client, "", data)

    assert status == 200
    assert "Bukan berkas yang diterbitkan, dan tidak dapat dibaca" in text


def test_an_empty_file_and_no_file_get_a_sentence(client: Client) -> None:
    assert "Berkas ini kosong." in page(client, "", b"")[1]
    assert client.post(reverse("signing:check")).status_code == 200


def test_a_body_that_is_too_large_is_not_read(client: Client) -> None:
    answer = client.post(
        reverse("signing:check"), BytesIO(b"x"), content_type="multipart/form-data", CONTENT_LENGTH=str(31 * 1024**2)
    )

    assert answer.status_code == 413
    assert "Berkas lebih besar dari 30 MB." in answer.content.decode()


def test_checks_are_limited_per_visitor(client: Client) -> None:
    for _ in range(CHECKS_ALLOWED):
        client.post(reverse("signing:check"), {"file": SimpleUploadedFile("a.pdf", b"")})

    answer = client.post(reverse("signing:check"), {"file": SimpleUploadedFile("a.pdf", b"")})

    assert answer.status_code == 429
    assert "Terlalu banyak pemeriksaan" in answer.content.decode()


def test_checks_behind_the_proxy_are_limited_per_visitor_too(client: Client, settings: Settings) -> None:
    settings.PEGASUS_TRUSTED_PROXIES = (ip_network("127.0.0.1"),)
    for _ in range(CHECKS_ALLOWED + 1):
        client.post(reverse("signing:check"), HTTP_X_FORWARDED_FOR="203.0.113.9")

    answer = client.post(reverse("signing:check"), HTTP_X_FORWARDED_FOR="198.51.100.7")

    assert answer.status_code != 429


def test_the_form_needs_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(reverse("signing:check"), {"file": SimpleUploadedFile("a.pdf", b"a")}).status_code == 403


def verify(path: Path) -> tuple[int, str]:
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify", str(path), stdout=out, stderr=out)
    return int(left.value.code or 0), out.getvalue()


def test_the_command_says_the_same_and_leaves_with_a_code(tmp_path: Path) -> None:
    record = make_signed()
    issued, changed, foreign = tmp_path / "asli.pdf", tmp_path / "ubah.pdf", tmp_path / "luar.pdf"
    issued.write_bytes(content_of(record))
    changed.write_bytes(content_of(record) + b"sampah")
    foreign.write_bytes(signed_elsewhere(letter("Surat lain")))
    unsigned, text, missing = tmp_path / "naskah.pdf", tmp_path / "teks.pdf", tmp_path / "tidak-ada.pdf"
    unsigned.write_bytes(letter("Naskah lain"))
    text.write_bytes(b"bukan pdf")

    assert verify(issued)[0] == 0
    assert "persis sama dengan yang diterbitkan" in verify(issued)[1]
    assert verify(changed)[0] == 1
    assert verify(foreign)[0] == 3
    assert "isinya utuh sejak ditandatangani" in verify(foreign)[1]
    assert verify(unsigned)[0] == 1
    assert verify(text)[0] == 2
    assert verify(missing)[0] == 2


def test_where_roots_are_known_a_foreign_file_is_judged_and_is_not_ours(tmp_path: Path, settings: Settings) -> None:
    settings.PEGASUS_DATA, settings.PEGASUS_BSRE_ROOTS = tmp_path, tmp_path / "trust" / "bsre"
    path = tmp_path / "luar.pdf"
    path.write_bytes(signed_elsewhere(letter("Surat lain"), ca="BSrE"))
    assert verify(path)[0] == 3
    settings.PEGASUS_BSRE_ROOTS.mkdir(parents=True)

    (tmp_path / "trust" / "lain.pem").write_bytes(authority("CA lain").pem)
    assert verify(path)[0] == 1
    assert "Menunggu pemastian" in verify(path)[1]
    (settings.PEGASUS_BSRE_ROOTS / "bsre.pem").write_bytes(authority("BSrE").pem)
    assert verify(path)[0] == 1
    assert "Sertifikat BSrE, dan rantainya dipercaya di sini." in verify(path)[1]


def test_more_signatures_than_are_read_cannot_be_judged(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.PEGASUS_BSRE_ROOTS = tmp_path / "bsre"
    settings.PEGASUS_BSRE_ROOTS.mkdir()
    (settings.PEGASUS_BSRE_ROOTS / "bsre.pem").write_bytes(authority("BSrE").pem)
    path = tmp_path / "banyak.pdf"
    path.write_bytes(signed_by_many(letter(), *["Win Rizal"] * MOST_SIGNATURES, "Orang Lain"))

    code, told = verify(path)
    _, text = page(client, "", path.read_bytes())

    assert code == 3
    assert "lebih dari 20 tanda tangan" in told
    assert "Win Rizal menandatangani" not in told
    assert "Berkas ini tidak dapat dinilai di sini" in text


PRINTING = """
import sys, django
django.setup()
from pegasus.signing.domain.verdicts import Reading
from pegasus.signing.management.commands.verify import Command
from pegasus.signing.queries import Standing, Verdict
Command()._print(Verdict("0" * 64, Standing.FOREIGN, Reading(readable=False, problem="not_pdf")))
sys.exit(2)
"""


def test_a_reader_that_stops_after_one_line_sees_no_traceback(tmp_path: Path) -> None:
    """`verify FILE | head -1`: the other end is closed before anything is written."""
    environment = os.environ | {"PEGASUS_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "pegasus.config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", PRINTING], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        if child.stdout is None or child.stderr is None:
            raise AssertionError("both were asked for")
        child.stdout.close()
        said = child.stderr.read().decode()

    assert (child.returncode, said) == (2, "")


def test_a_root_that_is_no_certificate_troubles_nobody(tmp_path: Path, settings: Settings) -> None:
    settings.PEGASUS_DATA = tmp_path
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "rusak.pem").write_bytes(b"bukan sertifikat")
    path = tmp_path / "luar.pdf"
    path.write_bytes(signed_elsewhere(letter("Surat lain")))

    assert "isinya utuh" in verify(path)[1]


def test_the_document_that_waits_is_not_good(tmp_path: Path) -> None:
    request = make_request(signer=make_head())
    path = tmp_path / "naskah.pdf"
    path.write_bytes(content_of(request.document))

    code, text = verify(path)

    assert code == 1
    assert "belum diterbitkan" in text
    assert request.state == SignatureRequest.State.WAITING
