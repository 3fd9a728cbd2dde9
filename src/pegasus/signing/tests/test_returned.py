"""Files that were signed elsewhere and come back: right, rewritten, wrong, and by somebody else."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pytest_django.fixtures import Settings
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.kernel.models import AuditEntry
from pegasus.signing import actions, queries, words
from pegasus.signing.domain.verdicts import MOST_SIGNATURES, VerifyAnswer
from pegasus.signing.models import ReturnedFile, Signature, SignatureRequest
from pegasus.signing.queries import Standing
from pegasus.signing.tests.builders import (
    letter,
    make_head,
    make_record,
    make_request,
    signed_by_many,
    signed_elsewhere,
    signed_onto,
)
from pegasus.signing.tests.certificates import authority

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pinned(settings: Settings, tmp_path: Path) -> Path:
    """Pin an invented BSrE root, as the operator of a server does."""
    settings.PEGASUS_BSRE_ROOTS = tmp_path / "bsre"
    settings.PEGASUS_BSRE_ROOTS.mkdir()
    (settings.PEGASUS_BSRE_ROOTS / "bsre.pem").write_bytes(authority("BSrE").pem)
    return tmp_path / "bsre"


def take(request: SignatureRequest, data: bytes, by: str = "Sari") -> Record | ReturnedFile:
    return actions.take_back(request=request, data=data, by=by, at=NOW)


def waits(request: SignatureRequest, data: bytes) -> ReturnedFile:
    found = take(request, data)
    assert isinstance(found, ReturnedFile)
    request.refresh_from_db()
    assert request.state == "waiting"
    assert Record.objects.filter(is_public=True).count() == 0
    return found


def taken(found: Record | ReturnedFile) -> Record:
    assert isinstance(found, Record)
    return found


BAR = b"q 0 g 72 690 200 30 re f Q"


def with_a_bar_drawn_over(
    data: bytes, words_drawn: bytes = b"BT /F0 12 Tf 72 700 Td (x) Tj ET q 0 g 72 690 200 30 re f Q"
) -> bytes:
    """Append an update that draws on page 1: what was sent is still its beginning."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=BAR)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def written_anew(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def with_a_page_more(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.add_blank_page()
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def request_for(**given: Any) -> SignatureRequest:  # noqa: ANN401 - any fact of a request
    facts: dict[str, Any] = {"signer": make_head(), "road": "brought_back"} | given
    return make_request(**facts)


def test_the_very_file_with_a_signature_behind_it_is_taken_at_once() -> None:
    request = request_for()

    record = taken(take(request, signed_onto(content_of(request.document))))

    request.refresh_from_db()
    assert (request.state, request.likeness, record.code) == ("signed", "continued", request.code)
    assert Signature.objects.get(record=record).is_bsre
    assert queries.verify(content_of(record), at=NOW).standing is Standing.ISSUED
    assert AuditEntry.objects.get(action="signing.signed").after["likeness"] == "continued"


def test_a_file_written_anew_waits_until_a_named_person_has_compared_it(
    django_capture_on_commit_callbacks: Any,  # noqa: ANN401 - a fixture of pytest-django
) -> None:
    request = request_for()
    back = signed_elsewhere(content_of(request.document))

    returned = waits(request, back)

    assert (returned.questions, returned.likeness) == (["pages"], "same_pages")
    verdict = queries.verify(back, at=NOW)
    assert (verdict.standing, verdict.answer) == (Standing.RETURNED, VerifyAnswer.OPEN)
    assert words.tell(verdict).headline == "Berkas ini menunggu pemastian"

    with django_capture_on_commit_callbacks(execute=True):
        record = taken(actions.confirm(returned=returned, by="Sari Wulandari", at=NOW))

    verdict = queries.verify(back, at=NOW)
    said = " ".join(words.tell(verdict).lines)
    assert verdict.standing is Standing.ISSUED
    assert "Dicocokkan oleh Sari Wulandari pada 23 November 2026 09.00 WIB" in said
    assert "bukan berkas yang persis sama dengan yang dikirim untuk ditandatangani." in said
    entry = AuditEntry.objects.get(action="signing.matched")
    assert (entry.actor, entry.at, entry.after["sha256"]) == ("Sari Wulandari", NOW, record.sha256)
    assert not returned.file


def test_what_was_matched_by_a_person_is_said_on_the_public_page(client: Client) -> None:
    request = request_for()
    returned = waits(request, signed_elsewhere(content_of(request.document)))
    waiting = client.get(reverse("signing:verify", args=[request.code])).content.decode()
    actions.confirm(returned=returned, by="Sari Wulandari", at=NOW)

    text = client.get(reverse("signing:verify", args=[request.code])).content.decode()

    assert "menunggu pemastian: belum berlaku" in waiting
    assert "Dicocokkan oleh Sari Wulandari" in text
    assert "bukan berkas yang persis sama" in text


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _sent: signed_onto(letter("Laporan lain")), "another_page"),
        (lambda sent: signed_onto(with_a_page_more(sent)), "page_count"),
        (lambda _sent: signed_elsewhere(other_letter()), "page_count"),
    ],
    ids=["another-document", "a-page-more", "a-page-less"],
)
def test_another_document_is_refused_with_a_sentence(make: Callable[[bytes], bytes], reason: str) -> None:
    request = request_for()

    with pytest.raises(actions.AnotherDocument) as refused:
        take(request, make(content_of(request.document)))

    request.refresh_from_db()
    assert refused.value.reason == reason
    assert words.refused(refused.value).startswith("Ini bukan dokumen yang dikirim")
    assert (request.state, ReturnedFile.objects.count(), Record.objects.count()) == ("waiting", 0, 1)


def other_letter() -> bytes:
    with pikepdf.open(BytesIO(letter())) as pdf:
        del pdf.pages[1]
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_a_change_between_sending_and_signing_is_never_taken_in_silence() -> None:
    request = request_for()
    back = signed_onto(with_a_bar_drawn_over(content_of(request.document)))
    assert back.startswith(content_of(request.document))

    returned = waits(request, back)

    assert (returned.questions, returned.likeness) == (["pages"], "different")
    (first, *_others) = returned.pages
    assert first["changed"] > 0.005
    left, top, right, bottom = first["where"]
    assert (0.1 < left < right < 0.5, 0.12 < top < bottom < 0.2) == (True, True)


def test_another_number_in_the_text_is_found_and_shown() -> None:
    sent, altered = letter("Anggaran 41.000.000 rupiah"), letter("Anggaran 91.000.000 rupiah")
    head = make_head()
    request = request_for(signer=head, document=make_record(head.office, data=sent))

    returned = waits(request, signed_onto(altered))

    assert returned.likeness == "different"
    assert returned.pages[0]["changed"] > 0


def test_the_qr_of_another_document_is_found() -> None:
    head = make_head()
    sent, other = letter("Laporan", "ABCD2345EFGH"), letter("Laporan", "ZYXW9876VUTS")
    request = request_for(signer=head, document=make_record(head.office, data=sent))

    returned = waits(request, signed_onto(other))

    assert returned.likeness == "different"
    assert returned.pages[-1]["lost"] > 0


@pytest.mark.parametrize("way", ["brought_back", "any"])
@pytest.mark.parametrize("sign", [signed_onto, signed_elsewhere], ids=["appended", "rewritten"])
def test_somebody_else_who_was_not_asked_is_refused(way: str, sign: Callable[..., bytes]) -> None:
    request = request_for(road=way)

    with pytest.raises(actions.NotSigned) as refused:
        take(request, sign(content_of(request.document), name="Orang Lain"))

    assert refused.value.reason == "another_person"
    said = words.not_signed(refused.value.reason, refused.value.facts)
    assert said == "PDF ini ditandatangani Orang Lain, sedangkan yang diminta menandatangani adalah Win Rizal."
    request.refresh_from_db()
    assert request.state == "waiting"


def test_with_nobody_named_only_who_leads_may_have_signed() -> None:
    head = make_head()
    request = request_for(signer=None, office=head.office)

    with pytest.raises(actions.NotSigned):
        take(request, signed_onto(letter(), name="Orang Lain"))
    assert taken(take(request, signed_onto(letter(), name="Win Rizal"))).is_public


@pytest.mark.parametrize("name", ["W. Rizal", "1771012345670001", "Rizal Win", "Win Rizall"])
def test_another_spelling_or_a_bare_number_needs_a_person_who_says_whose_it_is(name: str) -> None:
    request = request_for()

    returned = waits(request, signed_onto(content_of(request.document), name=name))
    assert returned.questions == ["name"]
    record = taken(actions.confirm(returned=returned, by="Sari", at=NOW))

    said = " ".join(words.tell(queries.verify(content_of(record), at=NOW)).lines)
    assert f"Sertifikatnya tertulis atas nama {name}." in said
    assert "Sari memastikan pada 23 November 2026 09.00 WIB bahwa itu tanda tangan Win Rizal." in said


def test_an_authority_that_only_calls_itself_bsre_does_not_pass() -> None:
    request = request_for()

    with pytest.raises(actions.NotSigned) as refused:
        take(request, signed_onto(content_of(request.document), ca="Balai Sertifikasi Elektronik (BSrE)"))

    assert refused.value.reason == "not_pinned"
    assert "tidak sampai ke sertifikat induk BSrE" in words.not_signed(refused.value.reason, refused.value.facts)


def test_without_a_pinned_root_the_answer_is_that_it_waits(client: Client, pinned: Path) -> None:
    (pinned / "bsre.pem").unlink()
    request = request_for()
    back = signed_onto(content_of(request.document))

    returned = waits(request, back)

    assert returned.questions == ["bsre"]
    verdict = queries.verify(back, at=NOW)
    assert (verdict.answer, "Menunggu pemastian" in " ".join(words.tell(verdict).lines)) == (VerifyAnswer.OPEN, True)
    page = client.get(reverse("signing:verify", args=[request.code])).content.decode()
    assert "menunggu pemastian: belum berlaku" in page
    assert reverse("signing:public-file", args=[request.code]) not in page
    assert isinstance(actions.settle(returned=returned, by="Sari", at=NOW), ReturnedFile)

    (pinned / "bsre.pem").write_bytes(authority("BSrE").pem)
    record = taken(actions.settle(returned=returned, by="Sari", at=NOW))

    assert Signature.objects.get(record=record).is_bsre
    assert "Sertifikat BSrE, dan rantainya dipercaya di sini." in " ".join(
        words.tell(queries.verify(back, at=NOW)).lines
    )


def test_a_root_that_came_too_late_for_a_false_authority_does_not_help_it(pinned: Path) -> None:
    (pinned / "bsre.pem").unlink()
    request = request_for()
    returned = waits(request, signed_onto(content_of(request.document), ca="Balai Sertifikasi Elektronik"))
    (pinned / "bsre.pem").write_bytes(authority("BSrE").pem)

    with pytest.raises(actions.NotSigned) as refused:
        actions.settle(returned=returned, by="Sari", at=NOW)

    assert refused.value.reason == "not_pinned"


def test_a_certificate_that_does_not_speak_of_bsre_is_refused_where_the_footer_does() -> None:
    request = request_for()

    with pytest.raises(actions.NotSigned) as refused:
        take(request, signed_onto(content_of(request.document), ca="CA Kantor Uji"))

    assert refused.value.reason == "not_bsre"


def test_a_refused_file_is_gone_and_the_request_goes_on_waiting() -> None:
    request = request_for()
    back = signed_elsewhere(content_of(request.document))
    returned = waits(request, back)

    actions.refuse(returned=returned, by="Sari", at=NOW)

    verdict = queries.verify(back, at=NOW)
    assert (verdict.standing, verdict.answer) == (Standing.REFUSED, VerifyAnswer.NOT_ISSUED)
    with pytest.raises(actions.AlreadyDecided):
        actions.confirm(returned=ReturnedFile.objects.get(), by="Sari", at=NOW)
    assert taken(take(request, signed_onto(content_of(request.document)))).is_public


def test_a_second_file_takes_the_place_of_the_first_that_waits() -> None:
    request = request_for()
    first = waits(request, signed_elsewhere(content_of(request.document)))

    second = waits(request, signed_onto(content_of(request.document), name="W. Rizal"))

    first.refresh_from_db()
    assert (first.state, queries.returned_for(request)) == ("refused", second)


def test_a_withdrawn_request_takes_its_waiting_file_along() -> None:
    request = request_for()
    returned = waits(request, signed_elsewhere(content_of(request.document)))

    actions.cancel(request=request, by="Sari", at=NOW)

    returned.refresh_from_db()
    assert returned.state == "refused"


def test_an_office_that_took_a_file_before_anybody_compared_says_so(client: Client) -> None:
    request = request_for()
    record = taken(take(request, signed_onto(content_of(request.document))))
    SignatureRequest.objects.filter(pk=request.pk).update(likeness="different")

    verdict = queries.verify(content_of(record), at=NOW)

    assert (verdict.standing, verdict.answer) == (Standing.UNMATCHED, VerifyAnswer.OPEN)
    page = client.get(reverse("signing:verify", args=[record.code])).content.decode()
    assert "belum dicocokkan dengan naskahnya" in page


def test_the_page_shows_both_files_and_takes_a_name(client: Client) -> None:
    request = request_for()
    sign_in(client, request.office, "ca", name="Sari Wulandari")
    back = signed_onto(with_a_bar_drawn_over(content_of(request.document)))

    answer = client.post(
        reverse("signing:bring-back", args=[request.pk]),
        {"file": SimpleUploadedFile("kembali.pdf", back)},
        follow=True,
    )

    text = answer.content.decode()
    assert "Yang dikirim" in text
    assert "Yang kembali" in text
    assert "bidang halaman" in text
    assert client.get(reverse("signing:returned-page", args=[request.pk, 1])).content.startswith(b"\x89PNG")
    assert client.get(reverse("signing:page", args=[request.pk]) + "?naskah&halaman=2").content.startswith(b"\x89PNG")
    assert client.get(reverse("signing:returned-page", args=[request.pk, 9])).status_code == 404

    unsure = client.post(reverse("signing:confirm-returned", args=[request.pk]))
    seen = {"sure": "1", "seen": ReturnedFile.objects.get(request=request).sha256}
    sure = client.post(reverse("signing:confirm-returned", args=[request.pk]), seen, follow=True)

    assert (unsure.status_code, "Centang pernyataannya" in unsure.content.decode()) == (422, True)
    assert "Dicocokkan oleh Sari Wulandari" in sure.content.decode()
    assert "Sebagai gambar, 2 halaman tidak persis sama." in sure.content.decode()  # the bar, and the stamp


def test_the_page_is_for_this_office_and_for_who_may_bring_files_back(client: Client) -> None:
    request = request_for()
    waits(request, signed_elsewhere(content_of(request.document)))
    address = reverse("signing:returned", args=[request.pk])

    sign_in(client, make_office(), "ca")
    stranger = client.get(address).status_code
    sign_in(client, request.office, "assessor")
    assessor = client.post(reverse("signing:confirm-returned", args=[request.pk]), {"sure": "1"}).status_code

    assert (stranger, assessor) == (404, 403)
    assert ReturnedFile.objects.get().state == "waiting"


def test_the_page_refuses_and_reads_again(client: Client, pinned: Path) -> None:
    (pinned / "bsre.pem").unlink()
    request = request_for()
    sign_in(client, request.office, "ca")
    waits(request, signed_onto(content_of(request.document)))

    still = client.post(reverse("signing:settle-returned", args=[request.pk]), follow=True)
    refused = client.post(reverse("signing:refuse-returned", args=[request.pk]), follow=True)

    assert "Berkas ini masih menunggu pemastian." in still.content.decode()
    assert "Berkas ditolak. Permintaan tanda tangannya tetap menunggu." in refused.content.decode()


def test_nobody_of_another_office_is_meant_by_a_name(client: Client) -> None:
    head = make_head()
    make_employee(make_office(), name="Orang Lain", roles=("head",))
    request = request_for(signer=None, office=head.office)

    with pytest.raises(actions.NotSigned):
        take(request, signed_onto(letter(), name="Orang Lain"))


def with_a_form(data: bytes, *, stamps: int = 0, **facts: generic.PdfObject) -> bytes:
    """Append empty signature fields that paint page 1 white, and whatever else a form may say."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    fields = generic.ArrayObject(_white_field(writer, number, stamps) for number in range(stamps))
    page[name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), *fields])
    writer.update_container(page)
    form = {name("/Fields"): fields, name("/SigFlags"): generic.NumberObject(3)}
    form |= {name(f"/{key}"): value for key, value in facts.items()}
    writer.root[name("/AcroForm")] = writer.add_object(generic.DictionaryObject(form))
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _white_field(writer: IncrementalPdfFileWriter, number: int, of: int) -> generic.IndirectObject:
    height = 842 / of
    white = generic.StreamObject(stream_data=b"1 g 0 0 595 842 re f")
    white[name("/Subtype")] = name("/Form")
    white[name("/BBox")] = _numbers(0, 0, 595, height)
    return writer.add_object(
        generic.DictionaryObject(
            {
                name("/Subtype"): name("/Widget"),
                name("/FT"): name("/Sig"),
                name("/T"): generic.pdf_string(f"S{number}"),
                name("/F"): generic.NumberObject(132),
                name("/Rect"): _numbers(0, number * height, 595, (number + 1) * height),
                name("/AP"): generic.DictionaryObject({name("/N"): writer.add_object(white)}),
            }
        )
    )


def _numbers(*edges: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(edge) for edge in edges)


def name(text: str) -> generic.NameObject:
    return generic.pdf_name(text)


def test_fields_that_paint_over_a_page_piece_by_piece_make_it_another_document() -> None:
    request = request_for()

    with pytest.raises(actions.AnotherDocument):
        take(request, signed_onto(with_a_form(content_of(request.document), stamps=4)))
    with pytest.raises(actions.AnotherDocument):  # written anew: the pictures show what a viewer shows
        take(request, signed_elsewhere(written_anew(with_a_form(content_of(request.document), stamps=4))))


def test_a_form_that_draws_its_own_pages_is_no_continuation() -> None:
    request = request_for()
    template = generic.pdf_string("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")

    with pytest.raises(actions.DocumentRefused) as refused:
        take(request, signed_onto(with_a_form(content_of(request.document), XFA=template)))

    assert refused.value.reason == "not_comparable"


def test_only_the_file_that_was_looked_at_is_confirmed(client: Client) -> None:
    request = request_for()
    sign_in(client, request.office, "ca")
    seen = waits(request, signed_elsewhere(content_of(request.document)))
    now = waits(request, signed_onto(content_of(request.document), name="W. Rizal"))
    address = reverse("signing:confirm-returned", args=[request.pk])

    answer = client.post(address, {"sure": "1", "seen": seen.sha256})

    assert (answer.status_code, "diganti sejak halaman ini dibuka" in answer.content.decode()) == (422, True)
    assert f'name="seen" value="{now.sha256}"' in answer.content.decode()
    now.refresh_from_db()
    assert (now.state, now.matched_at) == ("waiting", None)


def stored_as(returned: ReturnedFile, data: bytes | None) -> None:
    """Put another file in the place of the one that came in, or none."""
    if data is None:
        Path(returned.file.path).unlink()
    else:
        Path(returned.file.path).write_bytes(data)


@pytest.mark.parametrize(
    "stored", [lambda: signed_onto(letter("Laporan lain")), lambda: None], ids=["another", "none"]
)
@pytest.mark.parametrize("act", [actions.confirm, actions.settle])
def test_a_stored_file_that_is_not_the_one_that_came_in_is_never_taken(
    act: Callable[..., Record | ReturnedFile], stored: Callable[[], bytes | None], pinned: Path
) -> None:
    (pinned / "bsre.pem").unlink()
    request = request_for()
    returned = waits(request, signed_onto(content_of(request.document)))
    (pinned / "bsre.pem").write_bytes(authority("BSrE").pem)
    stored_as(returned, stored())

    with pytest.raises(actions.DocumentRefused) as refused:
        act(returned=returned, by="Sari", at=NOW)

    returned.refresh_from_db()
    request.refresh_from_db()
    assert words.refused(refused.value).startswith("Berkas yang kembali bukan lagi berkas yang diunggah")
    assert (returned.state, returned.matched_at, request.state) == ("waiting", None, "waiting")
    assert Record.objects.count() == 1


def test_the_page_says_that_the_stored_file_changed_and_draws_nothing_of_it(client: Client) -> None:
    request = request_for()
    sign_in(client, request.office, "ca")
    returned = waits(request, signed_elsewhere(content_of(request.document)))
    stored_as(returned, signed_elsewhere(letter("Laporan lain")))

    picture = client.get(reverse("signing:returned-page", args=[request.pk, 1]))
    answer = client.post(
        reverse("signing:confirm-returned", args=[request.pk]), {"sure": "1", "seen": returned.sha256}
    )

    text = answer.content.decode()
    assert picture.status_code == 404
    assert (answer.status_code, "bukan lagi berkas yang diunggah" in text) == (422, True)
    assert "Tolak berkas ini" in text


def test_more_signatures_than_are_read_are_refused_and_not_judged_by_the_first(client: Client) -> None:
    request = request_for()
    sign_in(client, request.office, "ca")
    back = signed_by_many(content_of(request.document), *["Win Rizal"] * MOST_SIGNATURES, "Orang Lain")

    with pytest.raises(actions.DocumentRefused) as refused:
        take(request, back)
    answer = client.post(
        reverse("signing:bring-back", args=[request.pk]), {"file": SimpleUploadedFile("kembali.pdf", back)}
    )

    assert words.refused(refused.value).startswith("PDF ini memuat lebih dari 20 tanda tangan")
    assert (answer.status_code, "lebih dari 20 tanda tangan" in answer.content.decode()) == (422, True)
    request.refresh_from_db()
    assert (request.state, ReturnedFile.objects.count(), Record.objects.count()) == ("waiting", 0, 1)


def test_pages_that_differ_stand_open_and_can_be_read_and_the_others_are_folded_away(client: Client) -> None:
    request = request_for()
    sign_in(client, request.office, "ca")
    waits(request, signed_elsewhere(with_a_bar_drawn_over(content_of(request.document))))
    address = reverse("signing:returned-page", args=[request.pk, 1])

    before, folded = (
        client.get(reverse("signing:returned", args=[request.pk]))
        .content.decode()
        .split("1 halaman lain sama persis sebagai gambar")
    )
    small, large = client.get(address).content, client.get(address + "?besar").content

    assert ("Halaman 1 dari berkas yang kembali" in before, "Halaman 2 dari berkas yang kembali" in folded) == (
        True,
        True,
    )
    assert (width_of(small), width_of(large)) == (496, 1240)


def width_of(png: bytes) -> int:
    return int.from_bytes(png[16:20])
