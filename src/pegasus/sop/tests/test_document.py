from copy import deepcopy
from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.builders import NOW

from pegasus.sop import document, queries, shipped
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


def test_the_performer_of_each_symbol_can_be_heard() -> None:
    pdf = document.pdf_of(shipped.procedure("pegasus"), at=NOW)

    with pikepdf.open(BytesIO(pdf)) as opened:
        heard = [
            str(thing.Alt) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert sorted(heard) == sorted(
        [
            "CA (PJ Pegasus): mulai",
            *["CA (PJ Pegasus): kegiatan"] * 3,
            *["Pegawai: kegiatan"] * 2,
            "Humas: kegiatan",
            "CC: selesai",
        ]
    )


def test_the_same_text_gives_the_same_bytes() -> None:
    text = shipped.procedure("pegasus")

    assert document.pdf_of(text, at=NOW) == document.pdf_of(text, at=NOW)


def test_a_file_that_is_signed_next_carries_the_sentences_and_no_konsep() -> None:
    pdf = document.pdf_of(shipped.procedure("pegasus"), at=NOW, footer=BSRE, code="https://kantor.example/v/ABCDEFGH")

    for text in pages(pdf):
        assert BSRE[0] in text
        assert BSRE[1] in text
        assert DRAFT not in text


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
def test_a_draft_stays_a_draft_whatever_footer_is_given() -> None:
    office = make_office_with_sop()

    pdf = document.official_pdf(queries.version_in_force(office), at=NOW, footer=BSRE)

    assert DRAFT in pages(pdf)[0]


@pytest.mark.django_db
def test_the_command_writes_the_shipped_sop_and_an_offices_own(tmp_path: Path) -> None:
    make_office_with_sop("bgc", code="1700", region="PROVINSI BENGKULU")
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
