from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.people.domain.leave_list import Away, LeavePlan, kind_of, plan
from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.domain.staff_list import Known
from pegasus.people.reasons import sentence

MAPPING = {"name": 0, "kind": 1, "starts_on": 2, "ends_on": 3, "note": 4, "nip": 5, "team": 6}
NIP = "198312312004092005"
SARI = Known(1, "Sari Wulandari", title_after="S.ST.", nip=NIP, email="sari@contoh.id", team="Neraca")
BAYU = Known(2, "Bayu Pratama", team="Umum")
OTHER_BAYU = Known(3, "Bayu Pratama", team="Neraca")
LEFT = Known(4, "Ani Lestari", active_until=date(2026, 6, 30))
STAFF = (SARI, BAYU, LEFT)

rows_of_a_list = st.lists(
    st.tuples(
        st.sampled_from(["Sari Wulandari, S.ST.", "BAYU PRATAMA", "Rina Amalia", "", "Jumlah"]),
        st.sampled_from(["CT", "DL", "sakit", "apa saja", ""]),
        st.dates(date(2026, 9, 1), date(2026, 12, 31)).map(str) | st.sampled_from(["", "besok", "31/02/2026"]),
        st.dates(date(2026, 9, 1), date(2026, 12, 31)).map(str) | st.just(""),
    ),
    max_size=8,
)


def decide(
    *rows: Sequence[str | float],
    people: Sequence[Known] = STAFF,
    away: Sequence[Away] = (),
    mapping: Mapping[str, int] = MAPPING,
) -> LeavePlan:
    return plan([NumberedRow(n, row) for n, row in enumerate(rows, 2)], mapping, people, away)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *(("CT", "leave"), ("cuti tahunan", "leave"), ("Cuti Melahirkan", "leave"), ("CAP", "leave")),
        *(("DL", "trip"), ("SPPD ke Mukomuko", "trip"), ("perjalanan dinas", "trip"), ("Dinas Luar Kota", "trip")),
        *(("sakit", "sick"), ("Cuti sakit", "sick"), ("CS", "sick")),
        *(("Diklat fungsional", "training"), ("Pelatihan", "training"), ("izin", "other"), ("rapat", ""), ("", "")),
    ],
)
def test_the_words_of_offices_name_a_kind(written: str, kind: str) -> None:
    assert kind_of(written) == kind


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "spans"),
    [
        ("28 Desember s.d. 3 Januari 2027", "", [("2026-12-28", "2027-01-03")]),
        ("28 Desember", "3 Januari 2027", [("2026-12-28", "2027-01-03")]),
        ("30", "2 Oktober 2026", [("2026-09-30", "2026-10-02")]),
        ("12, 13 dan 15 Oktober 2026", "", [("2026-10-12", "2026-10-13"), ("2026-10-15", "2026-10-15")]),
        ("12-14/10/2026", "14/10/2026", [("2026-10-12", "2026-10-14")]),
    ],
)
def test_days_over_the_new_year_and_in_pieces_are_taken(
    starts_on: str, ends_on: str, spans: list[tuple[str, str]]
) -> None:
    result = decide(("Sari Wulandari", "CT", starts_on, ends_on))

    assert result.refused == []
    assert [(row.row, row.first.isoformat(), row.last.isoformat()) for row in result.taken] == [
        (2, *one) for one in spans
    ]
    assert (
        decide(
            ("Sari Wulandari", "CT", starts_on, ends_on),
            away=[Away(1, "leave", row.first, row.last) for row in result.taken],
        ).new
        == []
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field", "code"),
    [
        ("14 Oktober 2026 s.d. 12 Oktober 2026", "", "starts_on", "backwards"),
        ("14 Oktober 2026", "12 Oktober 2026", "ends_on", "backwards"),
        ("12, 13 dan 15 Oktober 2026", "20 Oktober 2026", "ends_on", "day_twice"),
        ("12 Oktober", "", "starts_on", "day_unreadable"),
    ],
)
def test_days_that_contradict_themselves_are_refused(starts_on: str, ends_on: str, field: str, code: str) -> None:
    result = decide(("Sari Wulandari", "CT", starts_on, ends_on))

    assert [(one.field, one.code) for one in result.refused] == [(field, code)]
    assert sentence(result.refused[0])
    assert result.taken == []


def test_a_row_is_taken_with_its_days() -> None:
    result = decide(("Dr. Sari Wulandari", "CT", 46307.0, "14 Okt 2026", "ke Padang"))

    row = result.taken[0]
    assert (row.person, row.kind, row.first, row.last, row.note) == (
        SARI,
        "leave",
        date(2026, 10, 12),
        date(2026, 10, 14),
        "ke Padang",
    )
    assert (result.refused, result.doubts) == ([], [])


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (("Rina Amalia", "CT", "2026-10-12"), "name", "nobody"),
        (("", "CT", "2026-10-12"), "name", "name_missing"),
        (("Sari Wulandari", "CT", ""), "starts_on", "day_missing"),
        (("Sari Wulandari", "CT", "besok"), "starts_on", "day_unreadable"),
        (("Sari Wulandari", "CT", "31/02/2026"), "starts_on", "day_impossible"),
        (("Sari Wulandari", "CT", "1/2/1965"), "starts_on", "day_far"),
        (("Sari Wulandari", "CT", "2026-10-12", "2026-10-11"), "ends_on", "backwards"),
        (("Sari Wulandari", "CT", "2026-10-12", "", "", "123"), "nip", "nip_digits"),
        (("Sari Wulandari", "CT", "2026-10-12", "", "", 1.98312312004092e17), "nip", "nip_number"),
        (("Sari Wulandari", "CT", "2026-10-12", "", "", "199204142015022001"), "nip", "nobody"),
        (("Bayu Pratama", "CT", "2026-10-12", "", "", NIP), "name", "other_name"),
        (("Ani Lestari", "CT", "2026-07-01"), "starts_on", "left"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row: Sequence[str | float], field: str, code: str) -> None:
    result = decide(row)

    assert [(remark.row, remark.field, remark.code) for remark in result.refused] == [(2, field, code)]
    assert result.taken == []


def test_namesakes_are_told_apart_by_team_or_not_at_all() -> None:
    people = (BAYU, OTHER_BAYU)

    alone = decide(("Bayu Pratama", "CT", "2026-10-12"), people=people)
    with_team = decide(("Bayu Pratama", "CT", "2026-10-12", "", "", "", "neraca"), people=people)

    assert [remark.code for remark in alone.refused] == ["several"]
    assert [row.person for row in with_team.taken] == [OTHER_BAYU]


def test_a_title_of_an_event_names_the_person_and_the_kind() -> None:
    mapping = {"summary": 0, "starts_on": 1}

    result = decide(("DL: Sari Wulandari (Mukomuko)", "2026-10-12"), ("Rapat", "2026-10-12"), mapping=mapping)

    assert [(row.person, row.kind) for row in result.taken] == [(SARI, "trip")]
    assert [(remark.field, remark.code) for remark in result.refused] == [("summary", "nobody")]


def test_what_is_odd_is_taken_and_told() -> None:
    result = decide(
        ("Sari Wulandari", "WFA", "2026-10-12", "2026-10-13"),
        ("Sari Wulandari", "CT", "2027-01-04", ""),
        ("Sari Wulandari", "CT", "2028-01-04", "2029-01-04"),
        ("Sari Wulandari", "DL", "2028-02-01", "2028-02-02"),
    )

    assert [(doubt.row, doubt.code) for doubt in result.doubts] == [
        (2, "kind_unknown"),
        (3, "one_day"),
        (4, "long"),
        (5, "overlaps"),
    ]
    assert (result.taken[0].kind, result.taken[0].note) == ("other", "WFA")


def test_days_that_are_written_down_are_known_also_in_pieces() -> None:
    away = (
        Away(1, "leave", date(2026, 10, 12), date(2026, 10, 13)),
        Away(1, "leave", date(2026, 10, 14), date(2026, 10, 20)),
    )

    result = decide(
        ("Sari Wulandari", "CT", "2026-10-12", "2026-10-16"), ("Sari Wulandari", "DL", "2026-10-12"), away=away
    )

    assert [row.is_known for row in result.taken] == [True, False]


def test_sums_and_notes_are_no_rows() -> None:
    result = decide(("Jumlah", "", "5"), ("", "", ""), ("(1)", "(2)", "(3)", "(4)"))

    assert (result.taken, result.refused) == ([], [])


@given(rows_of_a_list)
def test_a_list_decided_twice_adds_nothing_the_second_time(rows: list[tuple[str, ...]]) -> None:
    first = decide(*rows)
    away = [Away(row.person.pk, row.kind, row.first, row.last) for row in first.new]

    second = decide(*rows, away=away)

    assert second.new == []
    assert second.refused == first.refused
    assert len(second.taken) == len(first.taken)


@given(rows_of_a_list)
def test_every_row_is_taken_or_refused_once(rows: list[tuple[str, ...]]) -> None:
    result = decide(*rows)

    numbers = [row.row for row in result.taken] + [remark.row for remark in result.refused]
    assert len(numbers) == len(set(numbers))
    assert all(row.first <= row.last for row in result.taken)


def test_a_span_of_days_says_nothing_of_months_before_days() -> None:
    result = decide(("Sari Wulandari", "CT", "12-14/10/2026"), ("Sari Wulandari", "CT", "05/11/2026"))

    assert [(each.first, each.last) for each in result.taken] == [
        (date(2026, 10, 12), date(2026, 10, 14)),
        (date(2026, 11, 5), date(2026, 11, 5)),
    ]


def test_a_span_that_would_last_weeks_by_a_guessed_month_is_backwards() -> None:
    result = decide(("Sari Wulandari", "CT", "14-12/10/2026"), ("Sari Wulandari", "CT", "30 s.d. 2 Oktober 2026"))

    assert [(each.first, each.last) for each in result.taken] == [(date(2026, 9, 30), date(2026, 10, 2))]
    assert [(remark.row, remark.code) for remark in result.refused] == [(2, "backwards")]
