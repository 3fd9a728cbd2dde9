import re
from copy import deepcopy
from io import BytesIO, StringIO
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms
from pegasus.archive.tests.builders import make_record
from pegasus.sop import actions, document, queries, shipped
from pegasus.sop.shipped import ShippedProcedure
from pegasus.sop.tests.builders import make_office_with_sop

BSRE = (
    (
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh "
        "Balai Sertifikasi Elektronik (BSrE), BSSN"
    ),
    "Pindai kode QR di samping untuk menampilkan file asli",
)
DRAFT = "KONSEP – belum ditandatangani"


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in one line."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


def ua_faults(path: Path) -> list[str]:
    """What a checker of the machine-checkable part of PDF/UA-1 is sure of."""
    found = pdfua.validate(str(path)).findings
    return [
        f"{one.rule_id}: {one.message}"
        for one in found
        if one.severity is pdfua.Severity.ERROR and one.confidence is pdfua.Confidence.CERTAIN
    ]


def test_the_shipped_sop_is_two_landscape_pages_that_say_konsep() -> None:
    pdf = document.pdf_of(shipped.procedure("pegasus"), at=NOW)

    sizes = [(round(page.get_width()), round(page.get_height())) for page in pypdfium2.PdfDocument(pdf)]
    assert sizes == [(842, 595), (842, 595)]
    assert all(DRAFT in text for text in pages(pdf))
    assert not any("telah ditandatangani" in text for text in pages(pdf))


@pytest.mark.parametrize("code", shipped.codes())
def test_every_word_of_the_data_stands_in_the_document(code: str) -> None:
    text = shipped.procedure(code)

    identity, table = (page.replace(" ", "") for page in pages(document.pdf_of(text, at=NOW)))

    facts = [text["number"], text["title"], text["unit"], *text["agency"], text["recording"], text["approved_by_name"]]
    lists = [text["legal_basis"], text["qualifications"], text["equipment"], text["related"], text["warnings"]]
    for words in facts + [line for lines in lists for line in lines]:
        assert words.replace(" ", "") in identity
    for row in text["activities"]:
        for words in (row["title"], row["required_input"], row["time_standard"], row["output"], row["remark"]):
            assert words.replace(" ", "") in table
    assert all(word in table for lane in text["lanes"] for word in lane["label"].split())


def test_the_document_is_archival_and_accessible() -> None:
    pdf = document.pdf_of(shipped.procedure("pegasus"), at=NOW)

    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as xmp:
        claims = (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"])
        language = str(opened.Root.Lang)
    assert claims == ("2", "A", "1")
    assert language == "id"


def heard(pdf: bytes) -> list[str]:
    """What a reader is told in place of each picture, in the order of the file."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [
            str(thing.Alt) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]


def test_the_performer_of_each_symbol_can_be_heard_and_where_its_arrow_leads() -> None:
    assert sorted(heard(document.pdf_of(shipped.procedure("pegasus"), at=NOW))) == sorted(
        [
            "CA (PJ Pegasus): mulai, lalu ke CA (PJ Pegasus), aktivitas 2",
            "CA (PJ Pegasus): kegiatan, lalu ke CA (PJ Pegasus), aktivitas 3",
            "CA (PJ Pegasus): kegiatan, lalu ke Pegawai, aktivitas 4",
            "Pegawai: kegiatan, lalu ke Pegawai, aktivitas 5",
            "Pegawai: kegiatan, lalu ke Humas, aktivitas 5",
            "Humas: kegiatan, lalu ke CA (PJ Pegasus), aktivitas 6",
            "CA (PJ Pegasus): kegiatan, lalu ke CC, aktivitas 7",
            "CC: selesai",
        ]
    )


def test_yes_and_no_of_a_decision_can_be_heard() -> None:
    text = deepcopy(shipped.procedure("pegasus"))
    text["activities"][3]["performers"] = [{"lane": "pegawai", "symbol": "decision", "no": 2}]

    words = "Pegawai: keputusan. Ya: ke Pegawai, aktivitas 5. Tidak: ke CA (PJ Pegasus), aktivitas 2"
    assert words in heard(document.pdf_of(text, at=NOW))


def long_text() -> ShippedProcedure:
    """Eighteen rows with decisions, over three pages of the chart."""
    text = deepcopy(shipped.procedure("pegasus"))
    rows = [deepcopy(text["activities"][number % 7]) | {"number": number + 1} for number in range(18)]
    for row in rows:
        row["performers"] = [{**performer, "symbol": "process"} for performer in row["performers"]]
    rows[3]["performers"] = [{"lane": "cc", "symbol": "decision", "no": 2}]
    rows[9]["performers"] = [{"lane": "pegawai", "symbol": "decision", "no": 4}]
    return {**text, "activities": rows}


@pytest.mark.parametrize("code", ["pegasus", "bgc", "long"])
def test_a_checker_of_accessibility_finds_nothing(code: str, tmp_path: Path) -> None:
    text = long_text() if code == "long" else shipped.procedure(code)
    path = tmp_path / "sop.pdf"
    path.write_bytes(document.pdf_of(text, at=NOW))

    assert ua_faults(path) == []


def test_what_the_document_is_can_be_heard_and_its_lines_are_paragraphs() -> None:
    """A footer is left out when a page is read aloud; the words KONSEP must not be."""
    with pikepdf.open(BytesIO(document.pdf_of(shipped.procedure("pegasus"), at=NOW))) as opened:
        content = opened.pages[0].Contents.read_bytes().decode("latin-1")
        kinds = [
            str(thing.S)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing
        ]
    outside = re.sub(r"/Artifact.*?EMC", "", content, flags=re.DOTALL)

    assert outside.count("BDC") > 20
    assert kinds.count("/P") >= 16  # agency, unit, six facts with their names, position, name, status
    assert "/Table" in kinds


def test_the_same_text_gives_the_same_bytes() -> None:
    text = shipped.procedure("pegasus")

    assert document.pdf_of(text, at=NOW) == document.pdf_of(text, at=NOW)


def a_copy(signer: str = "Maria Renyaan", url: str = "https://kantor.example/v/ABCDEFGH") -> SigningCopy:
    """The SOP of an office, typeset for a signature."""
    office = make_office(name="BPS Kota Tual", region="KOTA TUAL")
    actions.install(office=office, code="pegasus", at=NOW, head="Maria Renyaan, S.Si.")
    version = queries.version_in_force(office)
    by = make_employee(office, name="Sari")
    record = actions.keep_document(version=version, pdf=document.official_pdf(version, at=NOW), by=by, at=NOW)
    terms = SigningTerms("ABCDEFGH", url, "brought_back", BSRE, signer, "Plt. Kepala BPS Kota Tual", NOW)
    return document.typeset_for_signature(record, terms)


@pytest.mark.django_db
def test_a_file_that_is_signed_next_carries_the_sentences_and_no_konsep() -> None:
    copy = a_copy()

    for text in pages(copy.data):
        assert BSRE[0] in text
        assert BSRE[1] in text
        assert DRAFT not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signer", "name"), [("Maria Renyaan", "Maria Renyaan, S.Si."), ("Yohanis Rahakbauw", "Yohanis Rahakbauw")]
)
def test_the_stamp_has_its_room_above_the_name_of_who_signs(signer: str, name: str) -> None:
    copy = a_copy(signer)

    page = pypdfium2.PdfDocument(copy.data)[0].get_textpage()
    assert copy.place is not None
    inside = page.get_text_bounded(copy.place.left, copy.place.bottom, copy.place.right, copy.place.top)
    below = page.get_text_bounded(copy.place.left, copy.place.bottom - 13, copy.place.right, copy.place.bottom)
    assert copy.place.page == 0
    assert inside.strip() == ""
    assert " ".join(below.split()) == name
    assert "Win Rizal" not in page.get_text_range()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "https://kantor.example/v/ABCDEFGHJKLM",
        "https://pegasus.manajemen-perubahan.provinsi-bengkulu.bps.go.id/v/ABCDEFGHJKLM",
    ],
)
def test_the_qr_is_read_from_a_screen_at_72_dots_to_an_inch(url: str) -> None:
    for page in pypdfium2.PdfDocument(a_copy(url=url).data):
        found = zxingcpp.read_barcodes(page.render(scale=1).to_pil())

        assert [one.text for one in found] == [url]


@pytest.mark.django_db
def test_the_file_for_a_signature_is_accessible_too(tmp_path: Path) -> None:
    path = tmp_path / "sop.pdf"
    path.write_bytes(a_copy().data)

    assert ua_faults(path) == []


@pytest.mark.django_db
def test_a_record_of_a_text_that_is_gone_cannot_be_typeset() -> None:
    record = make_record(subject="procedure-version:999999")

    with pytest.raises(CannotTypeset):
        document.typeset_for_signature(record, SigningTerms("A", "https://x.example/v/A", "any", BSRE, "", "", NOW))


def test_a_long_procedure_with_a_decision_goes_on_with_connectors_under_a_repeated_header() -> None:
    text = deepcopy(shipped.procedure("pegasus"))
    for row in text["activities"]:
        row["title"] += " serta hal lain yang dianggap perlu menurut ketentuan yang berlaku di kantor" * 3
    text["activities"][3]["performers"] = [{"lane": "pegawai", "symbol": "decision", "no": 1}]

    found = pages(document.pdf_of(text, at=NOW))

    tables = found[1:]
    assert len(tables) > 1
    assert all("Aktivitas" in page and "Mutu Baku" in page for page in tables)
    assert any("Ya" in page.split() and "Tidak" in page.split() for page in tables)
    assert "A" in tables[0].split()
    assert "A" in tables[1].split()


@pytest.mark.django_db
def test_an_office_elsewhere_prints_its_own_agency() -> None:
    office = make_office_with_sop(agency="BADAN PUSAT STATISTIK", region="PROVINSI MALUKU")

    pdf = document.official_pdf(queries.version_in_force(office), at=NOW)

    assert "PROVINSI MALUKU" in pages(pdf)[0]
    assert "PROVINSI BENGKULU" not in pages(pdf)[0]


@pytest.mark.django_db
def test_the_command_writes_the_shipped_sop_and_an_offices_own(tmp_path: Path) -> None:
    make_office_with_sop("bgc", code="1700", name="BPS Provinsi Bengkulu", region="PROVINSI BENGKULU")
    call_command("sop", out=tmp_path / "a.pdf", stdout=StringIO())
    call_command("sop", out=tmp_path / "b.pdf", office="1700", programme="bgc", stdout=StringIO())

    assert "SOP-330/17000/2025" in pages((tmp_path / "a.pdf").read_bytes())[0]
    assert "SOP-322/17000/2025" in pages((tmp_path / "b.pdf").read_bytes())[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"programme": "joss"}, "ada: pegasus, bgc"),
        ({"office": "0000"}, "tidak ada satker"),
        ({"out": Path("/nowhere/a.pdf")}, "tidak dapat ditulis"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("sop", **{"out": tmp_path / "a.pdf"} | asked)
