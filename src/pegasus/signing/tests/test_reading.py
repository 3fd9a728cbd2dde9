from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from tests.builders import NOW

from pegasus.signing import guarded, reading
from pegasus.signing.domain.verdicts import Change, Conclusion
from pegasus.signing.tests.builders import letter, signed_elsewhere, signed_onto
from pegasus.signing.tests.certificates import authority


@cache
def signed() -> bytes:
    return signed_elsewhere(letter(), name="Win Rizal", ca="BSrE")


def conclusion(data: bytes, **given: object) -> Conclusion:
    return reading.read(data, at=NOW, **given).conclusion  # type: ignore[arg-type] # roots alone


def updating(data: bytes) -> Any:  # noqa: ANN401 - the library's writer is untyped
    return IncrementalPdfFileWriter(BytesIO(data))


def with_a_red_box(data: bytes) -> bytes:
    """Draw over the last page by an incremental update: the attack that some viewers call valid."""
    writer = updating(data)
    box = generic.StreamObject(stream_data=b"q 1 0 0 rg 100 400 300 100 re f Q")
    writer.add_stream_to_page(1, writer.add_object(box))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_another_language(data: bytes) -> bytes:
    writer = updating(data)
    writer.root["/Lang"] = generic.TextStringObject("en")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_a_byte_flipped(data: bytes) -> bytes:
    at = data.index(b"stream\n", data.index(b"/Contents")) + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def with_the_signature_damaged(data: bytes) -> bytes:
    """Change one digit of the signature's own value, which ends the CMS before its padding of zeros."""
    start = data.index(b"/Contents <3") + len(b"/Contents <")
    at = start + len(data[start : data.index(b">", start)].rstrip(b"0")) - 12
    return data[:at] + (b"1" if data[at : at + 1] == b"0" else b"0") + data[at + 1 :]


def saved_again(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def cut_back(data: bytes) -> bytes:
    """Return the revision before the signature."""
    return data[: data.index(b"%%EOF") + 6]


def test_a_signed_file_is_intact_and_trusted_only_with_a_known_root() -> None:
    assert conclusion(signed()) == Conclusion.INTACT
    assert conclusion(signed(), roots=[authority("BSrE").pem]) == Conclusion.TRUSTED
    assert conclusion(signed(), roots=[authority("CA lain").pem]) == Conclusion.INTACT


def test_the_facts_of_a_signature() -> None:
    (one,) = reading.read(signed(), at=NOW).signatures

    assert (one.signer_name, one.issuer_name, one.signed_at) == ("Win Rizal", "BSrE", NOW)
    assert one.claims_bsre
    assert not one.is_bsre
    assert one.covers_whole_file
    assert one.change == Change.NOTHING


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (with_a_byte_flipped, Conclusion.BROKEN),
        (with_a_red_box, Conclusion.ALTERED),
        (with_another_language, Conclusion.ALTERED),
        (saved_again, Conclusion.BROKEN),
        (cut_back, Conclusion.UNSIGNED),
        (lambda data: data + b"\nsampah di akhir berkas", Conclusion.ALTERED),
        (lambda data: data + b"\x00" * 2000, Conclusion.ALTERED),
        (with_the_signature_damaged, Conclusion.BROKEN),
    ],
    ids=["byte", "red-box", "language", "saved-again", "cut-back", "garbage", "zeros", "signature"],
)
def test_every_way_of_tampering_is_told(tamper: object, expected: Conclusion) -> None:
    tampered = tamper(signed())  # type: ignore[operator] # one of the functions above

    assert tampered != signed()
    found = reading.read(tampered, at=NOW)
    assert not found.holds
    # A file damaged so far that it cannot be parsed at all is as good an answer.
    assert found.conclusion in {expected, Conclusion.UNREADABLE}


def test_the_red_box_is_seen_although_the_signature_itself_still_matches() -> None:
    (one,) = reading.read(with_a_red_box(signed()), at=NOW).signatures

    assert one.intact
    assert not one.covers_whole_file
    assert one.change == Change.SUSPICIOUS
    assert not one.holds


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not_pdf"),
        (b"PK\x03\x04 bukan pdf", "not_pdf"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + b"\xff" * 5000 + b"\nstartxref\n99999999\n%%EOF", "damaged"),
    ],
)
def test_what_is_no_readable_pdf_is_said_to_be_so(data: bytes, problem: str) -> None:
    found = reading.read(data)

    assert (found.readable, found.problem) == (False, problem)


def test_half_a_file_is_unreadable() -> None:
    assert reading.read(letter()[: len(letter()) // 2]).conclusion == Conclusion.UNREADABLE


def test_a_locked_pdf_is_said_to_be_locked() -> None:
    with pikepdf.open(BytesIO(letter())) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))

    assert reading.read(out.getvalue()).problem == "encrypted"


def test_the_guarded_reading_says_the_same() -> None:
    roots = [authority("BSrE").pem]

    expected = reading.read(signed(), bsre=roots, at=NOW)
    assert guarded.read(signed(), bsre=roots, at=NOW) == expected
    assert expected.signatures[0].is_bsre


def test_bsre_is_known_by_a_pinned_root_and_never_by_its_name() -> None:
    def found(**given: object) -> bool:
        return reading.read(signed(), at=NOW, **given).signatures[0].is_bsre  # type: ignore[arg-type] # roots alone

    assert found(bsre=[authority("BSrE").pem])
    assert found(bsre=[authority("CA lain").pem + authority("BSrE").pem])
    assert not found(roots=[authority("BSrE").pem])
    assert not found(bsre=[authority("CA lain").pem])


def test_a_file_that_unfolds_without_end_harms_nobody() -> None:
    bomb = pikepdf.new()
    bomb.add_blank_page()
    bomb.pages[0].Contents = bomb.make_stream(b"0 0 m " * 20_000_000)
    out = BytesIO()
    bomb.save(out, compress_streams=True)

    found = guarded.read(out.getvalue(), at=NOW)

    assert not found.holds
    assert not found.signatures


def test_a_file_goes_on_from_what_was_sent_when_signatures_alone_are_appended() -> None:
    twice = signed_onto(letter())

    assert reading.read(twice, at=NOW, base=len(letter())).continues
    assert not reading.read(twice, at=NOW).continues


@pytest.mark.parametrize("tamper", [with_a_red_box, with_another_language], ids=["red-box", "language"])
def test_a_change_between_what_was_sent_and_the_signature_ends_it(tamper: object) -> None:
    signed_after = signed_onto(tamper(letter()))  # type: ignore[operator] # one of the functions above

    found = reading.read(signed_after, at=NOW, base=len(letter()))

    assert signed_after.startswith(letter())
    assert found.holds
    assert not found.continues


def test_a_stamp_as_large_as_a_page_is_another_paper() -> None:
    covering = signed_onto(letter(), box=(0, 0, 595, 842))

    assert not reading.read(covering, at=NOW, base=len(letter())).continues


def test_a_signature_of_tomorrow_does_not_trouble_the_reader() -> None:
    late = signed_elsewhere(letter(), at=NOW + timedelta(days=400))

    assert conclusion(late) == Conclusion.INTACT
