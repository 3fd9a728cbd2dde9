from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.signing.domain.filenames import plain_pdf_name
from pegasus.signing.domain.names import may_be_same, same_name, words_of
from pegasus.signing.domain.verdicts import (
    Change,
    Conclusion,
    Likeness,
    PageLikeness,
    Reading,
    SignatureFacts,
    VerifyAnswer,
    answer_on,
    compare,
    from_plain,
    to_plain,
)

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
    broken = replace(GOOD, intact=False)
    spoiled = Reading(readable=True, signatures=(*reading.signatures, broken))

    assert spoiled.conclusion == Conclusion.BROKEN


def test_a_second_signature_does_not_spoil_the_first() -> None:
    first = replace(GOOD, covers_whole_file=False, change=Change.HARMLESS)

    assert Reading(readable=True, signatures=(first, GOOD)).conclusion == Conclusion.INTACT


def test_data_behind_the_last_signature_spoil_the_file() -> None:
    first = replace(GOOD, covers_whole_file=False, change=Change.HARMLESS)
    last = replace(GOOD, covers_whole_file=False)

    assert Reading(readable=True, signatures=(first, last)).conclusion == Conclusion.ALTERED


@pytest.mark.parametrize(
    "issuer", ["BSrE", "Balai Sertifikasi Elektronik", "CN=Balai Besar Sertifikasi Elektronik, BSSN"]
)
def test_a_certificate_may_claim_bsre_by_its_names_which_proves_nothing(issuer: str) -> None:
    one = replace(GOOD, issuer_names=(issuer,), trusted=True)

    assert (one.claims_bsre, one.is_bsre) == (True, False)


@pytest.mark.parametrize("issuer", ["", "CA Kantor Uji", "ABSrEndo", "Sertifikasi Elektronik Kantor"])
def test_others_do_not_claim_it(issuer: str) -> None:
    assert not replace(GOOD, issuer_names=(issuer,)).claims_bsre


@pytest.mark.parametrize(
    ("spoilt", "conclusion"),
    [
        ({"intact": False}, Conclusion.BROKEN),
        ({"valid": False}, Conclusion.BROKEN),
        ({"problem": "hybrid"}, Conclusion.UNCHECKED),
        ({"covers_revision": False}, Conclusion.ALTERED),
        ({"change": Change.SUSPICIOUS}, Conclusion.ALTERED),
        ({"change": Change.UNKNOWN}, Conclusion.ALTERED),
    ],
)
def test_each_fact_alone_spoils_a_signature(spoilt: dict[str, Any], conclusion: Conclusion) -> None:
    one = replace(GOOD, **spoilt)

    assert GOOD.holds
    assert not one.holds
    assert Reading(readable=True, signatures=(one,)).conclusion == conclusion


@pytest.mark.parametrize(
    ("reading", "holds"),
    [
        (Reading(readable=True, signatures=(GOOD,)), True),
        (Reading(readable=True, signatures=()), False),
        (Reading(readable=False, signatures=(GOOD,)), False),
        (Reading(readable=True, signatures=(GOOD,), ends_clean=False), False),
        (Reading(readable=True, signatures=(replace(GOOD, covers_whole_file=False),)), False),
        (Reading(readable=True, signatures=(replace(GOOD, covers_whole_file=False, change=Change.HARMLESS),)), True),
    ],
    ids=["good", "none", "unreadable", "garbage", "appended", "harmless"],
)
def test_a_file_holds_by_all_of_its_facts(reading: Reading, *, holds: bool) -> None:
    assert reading.holds == holds


SAME = PageLikeness(number=1, changed=0.0, lost=0.0, missing=0.0)
OTHER = PageLikeness(number=2, changed=0.001, lost=0.0, missing=0.0)


@pytest.mark.parametrize(
    ("continues", "pages", "likeness"),
    [
        (True, [], Likeness.CONTINUED),
        (True, [OTHER], Likeness.CONTINUED),
        (False, [SAME, SAME], Likeness.SAME_PAGES),
        (False, [SAME, OTHER], Likeness.DIFFERENT),
        (False, [], Likeness.DIFFERENT),
    ],
)
def test_how_a_returned_file_compares(continues: bool, pages: list[PageLikeness], likeness: Likeness) -> None:  # noqa: FBT001 - pytest hands it in
    assert compare(continues=continues, pages=pages) == likeness


@pytest.mark.parametrize(
    ("conclusion", "problem", "knows_roots", "answer"),
    [
        (Conclusion.UNREADABLE, "damaged", False, VerifyAnswer.UNREADABLE),
        (Conclusion.UNREADABLE, "encrypted", True, VerifyAnswer.UNREADABLE),
        (Conclusion.UNREADABLE, "too_slow", True, VerifyAnswer.OPEN),
        (Conclusion.UNREADABLE, "many_signatures", True, VerifyAnswer.OPEN),
        (Conclusion.UNREADABLE, "busy", False, VerifyAnswer.OPEN),
        (Conclusion.UNSIGNED, "", False, VerifyAnswer.NOT_ISSUED),
        (Conclusion.BROKEN, "", False, VerifyAnswer.NOT_ISSUED),
        (Conclusion.ALTERED, "", False, VerifyAnswer.NOT_ISSUED),
        (Conclusion.UNCHECKED, "", True, VerifyAnswer.OPEN),
        (Conclusion.INTACT, "", False, VerifyAnswer.OPEN),
        (Conclusion.INTACT, "", True, VerifyAnswer.NOT_ISSUED),
        (Conclusion.TRUSTED, "", True, VerifyAnswer.NOT_ISSUED),
    ],
)
def test_what_is_answered_on_a_file_that_no_row_knows(
    conclusion: Conclusion,
    problem: str,
    knows_roots: bool,  # noqa: FBT001 - pytest hands it in
    answer: VerifyAnswer,
) -> None:
    assert answer_on(conclusion, problem=problem, knows_roots=knows_roots) == answer


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("1771012345670001", "Win Rizal"),
        ("W. Rizal", "Win Rizal"),
        ("Rizal Win", "Win Rizal"),
        ("Win Rizall", "Win Rizal"),
        ("Siti", "Siti Aminah"),
        ("Mohammad Akbar", "Muhammad Akbar"),
    ],
)
def test_another_spelling_may_be_the_same_person(certificate: str, expected: str) -> None:
    assert may_be_same(certificate, expected)


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("Orang Lain", "Win Rizal"),
        ("Muhammad Yusuf", "Muhammad Akbar"),
        ("Rizal Fahmi", "Win Rizal"),
        ("Bayu", "Sari"),
        ("1771012345670001", ""),
    ],
)
def test_another_person_is_never_taken_for_a_spelling(certificate: str, expected: str) -> None:
    assert not may_be_same(certificate, expected)


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
