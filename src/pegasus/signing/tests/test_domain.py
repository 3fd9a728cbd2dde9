from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.signing.domain.filenames import plain_pdf_name
from pegasus.signing.domain.names import same_name, words_of
from pegasus.signing.domain.verdicts import Change, Conclusion, Reading, SignatureFacts, from_plain, to_plain

words = st.sampled_from(["", "BSrE", "Win Rizal", "Ñi’ma\u2028"])
signatures = st.builds(
    SignatureFacts,
    field_name=words,
    signer_name=words,
    issuer_names=st.lists(words, max_size=2).map(tuple),
    signed_at=st.sampled_from([None, datetime(2026, 11, 23, 2, 0, 0, 7, tzinfo=UTC)]),
    intact=st.booleans(),
    valid=st.booleans(),
    trusted=st.booleans(),
    covers_whole_file=st.booleans(),
    covers_revision=st.booleans(),
    change=st.sampled_from(Change),
    problem=st.sampled_from(["", "unreadable"]),
)
readings = st.builds(
    Reading,
    readable=st.booleans(),
    signatures=st.lists(signatures, max_size=3).map(tuple),
    pages=st.lists(words, max_size=2).map(tuple),
    ends_clean=st.booleans(),
)
GOOD = SignatureFacts(
    field_name="a",
    signer_name="Win Rizal",
    issuer_names=("BSrE",),
    signed_at=datetime(2026, 11, 23, tzinfo=UTC),
    intact=True,
    valid=True,
    trusted=False,
    covers_whole_file=True,
    covers_revision=True,
    change=Change.NOTHING,
)


@given(readings)
def test_a_reading_survives_the_way_through_the_child(reading: Reading) -> None:
    assert from_plain(to_plain(reading)) == reading


@given(readings)
def test_a_file_holds_only_if_it_is_signed_and_every_signature_holds(reading: Reading) -> None:
    if reading.holds:
        assert reading.signatures
        assert all(one.holds for one in reading.signatures)
        assert reading.ends_clean


@given(readings)
def test_one_broken_signature_spoils_the_file(reading: Reading) -> None:
    broken = SignatureFacts(**{**GOOD.__dict__, "intact": False})
    spoiled = Reading(readable=True, signatures=(*reading.signatures, broken))

    assert spoiled.conclusion == Conclusion.BROKEN


def test_a_second_signature_does_not_spoil_the_first() -> None:
    first = SignatureFacts(**{**GOOD.__dict__, "covers_whole_file": False, "change": Change.HARMLESS})

    assert Reading(readable=True, signatures=(first, GOOD)).conclusion == Conclusion.INTACT


def test_data_behind_the_last_signature_spoil_the_file() -> None:
    first = SignatureFacts(**{**GOOD.__dict__, "covers_whole_file": False, "change": Change.HARMLESS})
    last = SignatureFacts(**{**GOOD.__dict__, "covers_whole_file": False})

    assert Reading(readable=True, signatures=(first, last)).conclusion == Conclusion.ALTERED


@pytest.mark.parametrize(
    "issuer", ["BSrE", "Balai Sertifikasi Elektronik", "CN=Balai Besar Sertifikasi Elektronik, BSSN"]
)
def test_bsre_is_known_by_its_names(issuer: str) -> None:
    assert SignatureFacts(**{**GOOD.__dict__, "issuer_names": (issuer,)}).is_bsre


@pytest.mark.parametrize("issuer", ["", "CA Kantor Uji", "ABSrEndo", "Sertifikasi Elektronik Kantor"])
def test_others_are_not_bsre(issuer: str) -> None:
    assert not SignatureFacts(**{**GOOD.__dict__, "issuer_names": (issuer,)}).is_bsre


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("WIN RIZAL", "Win Rizal"),
        ("Win Rizal, S.ST., M.E.", "Win Rizal"),
        ("Dr. Ir. Siti Aminah", "Siti Aminah"),
        ("Muhammad Ali Akbar", "Muhammad Akbar"),
        ("Suharto", "SUHARTO"),
        ("Ni\u2019matul Jannah", "Nimatul Jannah"),
    ],
)
def test_one_person_may_be_written_in_several_ways(certificate: str, expected: str) -> None:
    assert same_name(certificate, expected)


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [("Siti", "Siti Aminah"), ("Aminah Siti", "Siti Aminah"), ("Bayu", "Sari"), ("", "Sari"), ("Sari", "")],
)
def test_other_names_are_other_people(certificate: str, expected: str) -> None:
    assert not same_name(certificate, expected)


@given(st.text(max_size=30))
def test_a_name_is_always_the_same_as_itself(name: str) -> None:
    assert same_name(name, name) == bool(words_of(name))


@given(st.text(max_size=200))
def test_a_file_name_for_srikandi_has_letters_and_spaces_alone(title: str) -> None:
    name = plain_pdf_name(title)

    stem = name.removesuffix(".pdf")
    assert name.endswith(".pdf")
    assert stem == stem.strip()
    assert stem.replace(" ", "").isalpha()
    assert stem.isascii()


def test_a_report_keeps_its_words() -> None:
    assert plain_pdf_name("Laporan Triwulan IV/2026: Pegasus (final)") == "Laporan Triwulan IV Pegasus final.pdf"
