from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import make_employee, make_office, sign_in

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.people.models import Employee, User
from pegasus.signing import words
from pegasus.signing.certificates import CertificateUnusable
from pegasus.signing.models import SignatureRequest
from pegasus.signing.tests.builders import make_head, make_record, make_request, signed_onto
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from pegasus.typeset import queue
from pegasus.typeset.pages import LOOK

pytestmark = pytest.mark.django_db


def enter(client: Client, employee: Employee) -> None:
    employee.user = User.objects.create_user(username=f"orang{employee.pk}")
    employee.save()
    client.force_login(employee.user)


def certificate(data: bytes | None = None, passphrase: str = PASSPHRASE) -> dict[str, object]:
    return {"p12": SimpleUploadedFile("saya.p12", p12() if data is None else data), "passphrase": passphrase}


def address(name: str, request: SignatureRequest) -> str:
    return reverse(f"signing:{name}", args=[request.pk])


def test_the_head_signs_on_the_page(client: Client) -> None:
    request = make_request(signer=make_head())
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    answer = client.post(address("sign", request), certificate(), follow=True)

    request.refresh_from_db()
    text = answer.content.decode()
    assert request.state == "signed"
    assert "Laporan Triwulan IV 2026 ditandatangani oleh Win Rizal." in text
    assert "bukan sertifikat BSrE" in text
    assert reverse("archive:file", args=[request.signed_id]) in text


def test_a_wrong_passphrase_gets_a_sentence_and_is_not_shown_again(client: Client) -> None:
    request = make_request(signer=make_head())
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    answer = client.post(address("sign", request), certificate(passphrase="sandi-salah-sekali"))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Frasa sandi tidak cocok" in text
    assert "sandi-salah-sekali" not in text
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Berkas sertifikat ini kosong."),
        (b"catatan", "bukan sertifikat .p12"),
        (p12("Orang Lain"), "Sertifikat ini atas nama Orang Lain"),
    ],
)
def test_a_refused_certificate_gets_a_sentence(client: Client, data: bytes, sentence: str) -> None:
    request = make_request(signer=make_head())
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    answer = client.post(address("sign", request), certificate(data))

    assert sentence in answer.content.decode()
    assert Record.objects.count() == 1


def test_the_wrong_road_is_told_on_the_page(client: Client) -> None:
    request = make_request(signer=make_head(), road="brought_back")
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    assert "jadi cara ini tidak dapat dipakai" in client.get(address("request", request)).content.decode()
    assert "disiapkan untuk cara lain" in client.post(address("sign", request), certificate()).content.decode()


def test_the_ca_brings_the_signed_file_back(client: Client) -> None:
    request = make_request(signer=make_head(), road="any")
    enter(client, make_employee(request.office, roles=("ca",)))
    back = SimpleUploadedFile("hasil.pdf", signed_onto(content_of(request.document)))

    answer = client.post(address("bring-back", request), {"file": back}, follow=True)

    request.refresh_from_db()
    assert request.state == "signed"
    assert "Berkas yang sama, ditambah tanda tangan." in answer.content.decode()


def test_a_file_without_a_signature_is_not_taken(client: Client) -> None:
    request = make_request(signer=make_head(), road="brought_back")
    enter(client, make_employee(request.office, roles=("ca",)))
    back = SimpleUploadedFile("hasil.pdf", content_of(request.document))

    answer = client.post(address("bring-back", request), {"file": back})

    assert "belum memuat tanda tangan elektronik" in answer.content.decode()


@pytest.mark.parametrize("name", ["page", "returned-page"])
def test_a_page_that_cannot_be_drawn_yet_is_asked_for_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    request = make_request(signer=make_head(), road="any")
    enter(client, make_employee(request.office, roles=("ca",)))
    back = SimpleUploadedFile("hasil.pdf", signed_onto(content_of(request.document), name="Rizal Win"))
    client.post(address("bring-back", request), {"file": back})
    picture = reverse(f"signing:{name}", args=[request.pk, 1] if name == "returned-page" else [request.pk])
    monkeypatch.setattr("pegasus.typeset.pages.LOOK", replace(LOOK, limits=replace(LOOK.limits, patience=0.0)))

    most = LOOK.limits.at_once
    with ExitStack() as others:
        for _one in range(most):
            others.enter_context(queue.turn(LOOK.name, at_once=most, patience=0))
        busy = client.get(picture)

    assert (busy.status_code, busy["Retry-After"], busy["Cache-Control"]) == (503, "5", "no-store")
    assert client.get(picture).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("reason", ["another_person", "broken"])
def test_a_title_at_the_end_gives_no_second_full_stop(reason: str) -> None:
    facts = {"name": "Budi Santoso, S.E.", "expected": "Win Rizal, M.Si."}

    said = [words.not_signed(reason, facts), words.refused_certificate(CertificateUnusable("another_person", **facts))]

    assert [line for line in said if ".." in line] == []
    assert said[1].endswith("Win Rizal, M.Si.")


def test_only_who_is_asked_signs(client: Client) -> None:
    request = make_request(signer=make_head())
    enter(client, make_employee(request.office, roles=("ca",)))

    assert client.post(address("sign", request), certificate()).status_code == 403
    assert "Hanya penanda tangan yang diminta" in client.get(address("request", request)).content.decode()


@pytest.mark.parametrize("name", ["request", "document", "page"])
def test_another_office_sees_nothing(client: Client, name: str) -> None:
    request = make_request(signer=make_head())
    sign_in(client, make_office(), "head", "ca")

    assert client.get(address(name, request)).status_code == 404


def test_an_employee_who_is_not_asked_sees_nothing(client: Client) -> None:
    request = make_request(signer=make_head())
    sign_in(client, request.office)

    assert client.get(address("request", request)).status_code == 404
    assert "Belum ada permintaan tanda tangan" in client.get(reverse("signing:index")).content.decode()


def test_the_document_comes_under_a_name_that_srikandi_takes(client: Client) -> None:
    request = make_request(signer=make_head(), title="Laporan Triwulan IV/2026")
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    answer = client.get(address("document", request))

    assert answer["Content-Disposition"] == 'attachment; filename="Laporan Triwulan IV.pdf"'
    assert answer.content == content_of(request.document)


def test_the_first_page_is_drawn(client: Client) -> None:
    request = make_request(signer=make_head())
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    answer = client.get(address("page", request))

    assert answer.content.startswith(b"\x89PNG")
    assert client.get(address("page", request), headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_file_that_cannot_be_drawn_has_no_picture(client: Client) -> None:
    head = make_head()
    request = make_request(signer=head, document=make_record(head.office, data=b"bukan pdf"))
    enter(client, head)

    assert client.get(address("page", request)).status_code == 404


def test_a_request_is_withdrawn(client: Client) -> None:
    request = make_request(signer=make_head())
    enter(client, make_employee(request.office, roles=("ca",)))

    text = client.post(address("cancel", request), follow=True).content.decode()

    request.refresh_from_db()
    assert request.state == "cancelled"
    assert "kodenya" in text or "Kode" in text


def test_a_signature_is_asked_for_from_the_archive(client: Client) -> None:
    head = make_head()
    record = make_record(head.office, data=b"%PDF-1.7", kind="letter", title="Jadwal Triwulan I 2027")
    sign_in(client, head.office, "ca")

    answer = client.post(reverse("signing:new", args=[record.pk]), {"signer": head.pk}, follow=True)

    made = SignatureRequest.objects.get()
    assert (made.document, made.signer, made.road) == (record, head, "any")
    assert "Menunggu tanda tangan Win Rizal" in answer.content.decode()
    assert client.get(reverse("signing:new", args=[record.pk]))["Location"] == address("request", made)


def test_what_waits_for_me_stands_first(client: Client) -> None:
    request = make_request(signer=make_head())
    enter(client, request.signer)  # type: ignore[arg-type] # the head was given

    assert "Menunggu tanda tangan Anda" in client.get(reverse("signing:index")).content.decode()


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_costs_the_same_however_many_requests(
    client: Client,
    rows: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - a fixture of pytest-django
) -> None:
    head = make_head()
    for _ in range(rows):
        make_request(signer=head)
    enter(client, head)

    with django_assert_max_num_queries(8):
        client.get(reverse("signing:index"))


def test_requests_are_found_by_words_and_state(client: Client) -> None:
    head = make_head()
    make_request(signer=head, title="Laporan Semester II")
    make_request(signer=head, title="Jadwal Triwulan I")
    sign_in(client, head.office, "ca")

    text = client.get(reverse("signing:index"), {"q": "semester", "state": "waiting"}).content.decode()

    assert "Laporan Semester II" in text
    assert "Jadwal Triwulan I" not in text
    assert "Tidak ada permintaan yang cocok" in client.get(reverse("signing:index"), {"q": "zzz"}).content.decode()
