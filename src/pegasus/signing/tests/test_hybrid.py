"""Files with two tables of references: honest ones are read, those that could show two papers are not judged."""

from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata
from tests.builders import NOW

from pegasus.signing import pades, reading, words
from pegasus.signing.certificates import open_p12
from pegasus.signing.domain.verdicts import Conclusion
from pegasus.signing.tests.certificates import PASSPHRASE, p12

FILES = Path(__file__).with_name("hybrid")
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
)


def hybrid(hidden: dict[int, bytes]) -> bytes:
    """Return a PDF as a word processor writes it; the second table names the `hidden` objects."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}

    def add(number: int, body: bytes) -> None:
        places[number] = len(out)
        out.extend(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def stream(entries: bytes, data: bytes) -> bytes:
        return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data)

    add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    add(2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    add(3, PAGE)
    add(4, stream(b"", b"BT /F1 18 Tf 72 760 Td (Surat uji) Tj ET"))
    add(5, stream(b"", b"BT /F1 18 Tf 72 760 Td (Surat lain) Tj ET"))
    head = b" ".join(b"%d %d" % (number, at) for number, at in _offsets(hidden))
    inner = head + b" " + b" ".join(hidden.values())
    add(6, stream(b"/Type /ObjStm /N %d /First %d" % (len(hidden), len(head) + 1), inner))
    index = b" ".join(b"%d 1" % number for number in hidden)
    entries = b"".join(b"\x02\x00\x06" + bytes([place]) for place in range(len(hidden)))
    add(7, stream(b"/Type /XRef /W [1 2 1] /Index [%b] /Size 9 /Root 1 0 R" % index, entries))
    table = len(out)
    out.extend(b"xref\n0 9\n0000000008 65535 f \n")
    for number in range(1, 8):
        out.extend(b"%010d 00000 n \n" % places[number])
    out.extend(b"0000000000 00001 f \ntrailer\n<< /Size 9 /Root 1 0 R /XRefStm %d >>\n" % places[7])
    out.extend(b"startxref\n%d\n%%%%EOF\n" % table)
    return bytes(out)


def _offsets(hidden: dict[int, bytes]) -> list[tuple[int, int]]:
    found, at = [], 0
    for number, body in hidden.items():
        found.append((number, at))
        at += len(body) + 1
    return found


def signed(document: bytes) -> bytes:
    signer = pades.SignerAt(
        PdfSignatureMetadata(field_name="TTE", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"),
        signer=open_p12(p12(), PASSPHRASE, at=NOW).signer,
    )
    signer.moment = NOW
    return bytes(signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(document), strict=False)).getvalue())


@pytest.mark.parametrize("name", ["signed.pdf", "control-signed.pdf"])
def test_an_honest_hybrid_file_is_intact(name: str) -> None:
    found = reading.read((FILES / name).read_bytes(), at=NOW)

    assert found.conclusion == Conclusion.INTACT
    assert [one.signer_name for one in found.signatures] == ["Rina Uji"]


def test_a_hybrid_file_of_our_making_is_intact_too() -> None:
    assert reading.read(signed(hybrid({8: b"<< /Judul (uji) >>"})), at=NOW).conclusion == Conclusion.INTACT


def test_an_object_that_both_tables_name_differently_is_not_judged() -> None:
    shadow = hybrid({3: PAGE.replace(b"4 0 R", b"5 0 R")})

    found = reading.read(signed(shadow), at=NOW)

    assert found.conclusion == Conclusion.UNCHECKED
    (line,) = words.signature_lines(found.signatures)
    assert "tidak dapat diperiksa di sini: berkasnya tersusun ganda (hibrida)" in line
    assert "berubah" not in line


def test_a_second_table_behind_the_signature_is_never_called_intact_or_changed() -> None:
    data = signed(hybrid({8: b"<< /Judul (uji) >>"}))
    table = len(data) + len(b"3 0 obj\n%b\nendobj\n" % PAGE)
    later = (
        data
        + b"3 0 obj\n%b\nendobj\nxref\n3 1\n%010d 00000 n \ntrailer\n<< /Size 60 /Root 1 0 R /Prev %d >>\n"
        % (
            PAGE.replace(b"595 842", b"200 200"),
            len(data),
            int(data.rsplit(b"startxref", 1)[1].split()[0]),
        )
    )
    later += b"startxref\n%d\n%%%%EOF\n" % table

    found = reading.read(later, at=NOW)

    assert not found.holds
    assert "berubah" not in " ".join(words.signature_lines(found.signatures))


def test_a_digest_that_does_not_match_is_the_only_change() -> None:
    data = (FILES / "signed.pdf").read_bytes()
    broken = data.replace(b"(Surat uji)", b"(Surat ujo)")

    found = reading.read(broken, at=NOW)

    assert found.conclusion == Conclusion.BROKEN
    assert "Isi berkas berubah setelah ditandatangani." in " ".join(words.signature_lines(found.signatures))
