from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pegasus.people.domain.columns import STAFF, by_heading, find_header, guess
from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.domain.staff_list import Known, Plan, plan

TODAY = date(2026, 11, 23)
MAPPING = {"name": 0, "nip": 1, "team": 2, "email": 3, "phone": 4}
SARI = ("Sari Wulandari, S.ST.", "198312312004092005", "Neraca", "sari@contoh.id", "081234567890")
# Sari again, but her NIP is a civil servant's now.
SARI_PROMOTED = ("Sari Wulandari, S.ST.", "198312312024092005", "Neraca", "sari@contoh.id", "081234567890")

cells = st.tuples(
    st.sampled_from(["Sari", "Bayu Pratama, S.Si", "BAYU PRATAMA", "", "=1+1", "Jumlah", "Dr. Ani"]),
    st.sampled_from(["", "198312312004092005", "199204142015022001", "123", 1.98312312004092e17]),
    st.sampled_from(["", "Neraca", "Umum"]),
    st.sampled_from(["", "a@contoh.id", "b@contoh.id", "bukan surel"]),
    st.sampled_from(["", "081234567890", "081311112222", "(0736) 21521", "081 / 082"]),
)


def decide(
    *rows: Sequence[str | float], known: Sequence[Known] = (), answers: Mapping[int, str] | None = None
) -> Plan:
    numbered = [NumberedRow(n, row) for n, row in enumerate(rows, 2)]
    return plan(numbered, MAPPING, known, today=TODAY, answers=answers)


def after(result: Plan, known: Sequence[Known] = ()) -> list[Known]:
    """The office's people once a plan is carried out."""
    people = {one.pk: one for one in known}
    for number, decision in enumerate(result.decisions, 1000):
        entry = {name: value for name, value in vars(decision.entry).items() if name != "row"}
        if decision.pk is None:
            people[number] = Known(pk=number, **entry)
        else:
            people[decision.pk] = replace(people[decision.pk], **decision.changes)  # type: ignore[arg-type] # facts are texts
    return list(people.values())


@given(st.lists(cells, max_size=8))
def test_a_list_taken_twice_changes_nothing_the_second_time(rows: list[tuple[str | float, ...]]) -> None:
    first = decide(*rows)

    second = decide(*rows, known=after(first))

    assert second.count("created") == second.count("updated") == 0
    assert second.count("unchanged") == len(first.decisions)
    assert second.missing == []


@given(st.lists(cells, max_size=8))
def test_every_person_s_row_is_taken_joined_refused_or_asked_about_once(
    rows: list[tuple[str | float, ...]],
) -> None:
    result = decide(*rows)

    numbers = [decision.entry.row for decision in result.decisions] + [remark.row for remark in result.refused]
    numbers += [question.entry.row for question in result.open_questions]
    numbers += [remark.row for remark in result.doubts if remark.code == "completes"]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(range(2, len(rows) + 2))


@given(st.lists(cells, max_size=8))
def test_no_remark_carries_a_phone(rows: list[tuple[str | float, ...]]) -> None:
    result = decide(*rows)

    assert "812345" not in str(result.refused + result.doubts)


def test_a_changed_row_changes_its_person_and_an_empty_cell_changes_nothing() -> None:
    known = Known(1, "Sari", nip="198312312004092005", team="Umum", position="Statistisi", phone="+6281234567890")

    result = decide(("Sari", "198312312004092005", "Neraca", "", ""), known=[known])

    assert result.decisions[0].changes == {"team": "Neraca"}


def test_a_person_without_nip_is_recognised_by_mail_then_phone_then_name() -> None:
    known = Known(1, "Sari Wulandari", team="Neraca", email="sari@contoh.id", phone="+6281234567890")
    by_mail = ("Sari W.", "", "Umum", "SARI@contoh.id", "")
    by_phone = ("Sari W.", "", "Umum", "", "0812 3456 7890")
    by_name = ("Sari Wulandari", "", "Neraca", "", "")
    nobody = ("Sari Wulandari", "", "Umum", "", "")

    found = [decide(row, known=[known]) for row in (by_mail, by_phone, by_name, nobody)]

    assert [[decision.pk for decision in result.decisions] for result in found] == [[1], [1], [1], []]
    assert [[remark.code for remark in result.doubts] for result in found] == [[], [], ["by_name"], []]
    assert [question.known for question in found[3].questions] == [(known,)]


def test_somebody_whose_nip_changed_is_the_same_person() -> None:
    known = after(decide(SARI))

    result = decide(SARI_PROMOTED, known=known)

    assert [decision.outcome for decision in result.decisions] == ["updated"]
    assert [remark.code for remark in result.doubts] == ["nip_changed"]


def test_a_shared_mailbox_does_not_make_two_people_one() -> None:
    bayu = ("Bayu Pratama", "199204142015022001", "Neraca", "sari@contoh.id", "081311112222")

    result = decide(SARI, bayu)

    assert result.count("created") == 2
    assert [(remark.row, remark.field, remark.code) for remark in result.doubts] == [(3, "email", "shared")]


def test_the_second_row_of_a_person_is_refused_and_names_the_first() -> None:
    result = decide(SARI, ("Sari W", "198312312004092005", "", "", ""))

    assert [(remark.row, remark.field, remark.code, remark.other) for remark in result.refused] == [
        (3, "nip", "duplicate", 2)
    ]


def test_who_is_refused_is_not_called_missing() -> None:
    known = [
        Known(1, "Sari", email="sari@contoh.id"),
        Known(2, "Bayu"),
        Known(3, "Tua", active_until=date(2026, 1, 1)),
    ]

    result = decide(("Sari", "123", "", "sari@contoh.id", ""), known=known)

    assert [remark.code for remark in result.refused] == ["nip_digits"]
    assert [one.pk for one in result.missing] == [2]


def test_who_had_left_and_stands_in_the_list_is_back() -> None:
    known = Known(1, "Sari", email="sari@contoh.id", active_until=date(2026, 1, 1))

    result = decide(("Sari", "", "", "sari@contoh.id", ""), known=[known])

    assert result.decisions[0].returns
    assert [remark.code for remark in result.doubts] == ["returns"]


def test_sums_signatures_column_numbers_and_headings_between_are_nobody() -> None:
    result = decide(
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1.0, 2.0, 3.0, 4.0, 5.0),
        ("", "", "TIM NERACA", "", ""),
        ("Jumlah", 69.0, "", "", ""),
        ("Mengetahui,", "", "", "", ""),
        ("NIP. 198312312004092005", "", "", "", ""),
    )

    assert (result.decisions, result.refused, result.doubts) == ([], [], [])
    assert [remark.code for remark in result.left_out] == ["numbering", "numbering", "note", "total", "note", "note"]


def test_headings_are_found_below_a_title_whatever_they_are_called() -> None:
    rows: list[tuple[str | float, ...]] = [
        ("DAFTAR PEGAWAI", "", "", "", "", ""),
        ("", "", "", "", "", ""),
        ("NO.", "NAMA LENGKAP (DENGAN GELAR)", "NIP LAMA", "NIP BARU", "UNIT KERJA", "No. WhatsApp aktif"),
    ]

    assert find_header(rows, STAFF) == 2
    assert by_heading(rows[2], STAFF) == {"name": 1, "nip": 3, "team": 4, "phone": 5}


def test_columns_with_strange_headings_are_known_by_what_stands_in_them() -> None:
    rows: list[tuple[str | float, ...]] = [
        ("Nama", "Kode", "Kotak", "Nomor"),
        ("Sari", "198312312004092005", "sari@contoh.id", 81234567890.0),
        ("Bayu", "199204142015022001", "bayu@contoh.id", 81311112222.0),
    ]

    assert guess(rows, 0, STAFF) == {"name": 0, "nip": 1, "email": 2, "phone": 3}


FOUNDER = Known(pk=1, name="sari wulandari, S.ST.")
SARI_OF_UMUM = ("Sari Wulandari", "199204142015022001", "Umum", "sari2@contoh.id", "081311112222")


def test_who_is_known_by_the_name_alone_is_asked_about() -> None:
    elsewhere = replace(FOUNDER, team="Produksi")
    promoted = replace(FOUNDER, nip="199204142015022001", team="Neraca")
    has_left = replace(FOUNDER, active_until=date(2026, 1, 1))

    for known in (FOUNDER, elsewhere, promoted, has_left):
        result = decide(SARI, known=[known])

        assert [(question.by, question.known) for question in result.open_questions] == [("name", (known,))]
        assert (result.decisions, result.refused, result.missing) == ([], [], [])


def test_the_answer_says_who_it_is() -> None:
    same = decide(SARI, known=[FOUNDER], answers={2: "p1"})
    other = decide(SARI, known=[FOUNDER], answers={2: "lain"})
    unfitting = [decide(SARI, known=[FOUNDER], answers=answers) for answers in ({2: "p9"}, {3: "p1"}, {2: "b2"})]

    assert [(decision.outcome, decision.pk) for decision in same.decisions] == [("updated", 1)]
    assert [(decision.outcome, decision.pk) for decision in other.decisions] == [("created", None)]
    assert other.missing == [FOUNDER]
    assert [(result.decisions, len(result.open_questions)) for result in unfitting] == [([], 1)] * 3


def test_the_same_row_twice_is_still_the_founder_once() -> None:
    result = decide(SARI, SARI, known=[FOUNDER], answers={2: "p1"})

    assert [decision.pk for decision in result.decisions] == [1]
    assert [remark.code for remark in result.refused] == ["duplicate"]


def test_where_two_could_be_meant_both_are_shown() -> None:
    twin = replace(FOUNDER, pk=2)

    with_a_namesake = decide(SARI, known=[FOUNDER, twin])
    answered = decide(SARI, SARI_OF_UMUM, known=[FOUNDER, twin], answers={2: "p2", 3: "p1"})

    assert [question.choices for question in with_a_namesake.questions] == [("p1", "p2", "lain")]
    assert [decision.pk for decision in answered.decisions] == [2, 1]


def test_who_is_surely_another_row_of_the_list_is_no_namesake() -> None:
    found_by_mail = decide(SARI, SARI_OF_UMUM, known=[replace(FOUNDER, email="sari2@contoh.id")])

    assert [decision.pk for decision in found_by_mail.decisions] == [None, 1]
    assert found_by_mail.questions == []


def test_two_rows_with_nothing_but_the_name_to_tell_them_apart_are_asked_about() -> None:
    rows = [("Rina Kartika", "", "Umum"), ("Rina Kartika", "", "Neraca"), ("Rina Kartika", "", "Umum")]

    asked = decide(*rows)
    others = decide(*rows, answers={3: "lain", 4: "lain"})
    again = decide(*rows, known=after(others))
    same = decide(*rows, answers={3: "b2", 4: "b2"})

    assert [(question.entry.row, question.rows[0].row) for question in asked.open_questions] == [(3, 2), (4, 2)]
    assert [decision.outcome for decision in others.decisions] == ["created"] * 3
    assert [decision.outcome for decision in again.decisions] == ["unchanged"] * 3
    assert again.questions == []
    assert [(remark.row, remark.code, remark.other) for remark in same.refused] == [
        (3, "duplicate", 2),
        (4, "duplicate", 2),
    ]


def test_one_mailbox_under_two_spellings_is_asked_about() -> None:
    known = Known(1, "Budi Santoso", email="budi@contoh.id")

    result = decide(("Budhi Santosa", "", "", "budi@contoh.id"), known=[known])

    assert [(question.by, question.known) for question in result.questions] == [("email", (known,))]


def test_a_mailbox_that_the_office_knows_of_somebody_else_is_told() -> None:
    known = Known(1, "Budi Santoso", email="kantor@contoh.id")

    result = decide(("Rina Kartika", "", "", "kantor@contoh.id"), known=[known])

    assert [decision.outcome for decision in result.decisions] == ["created"]
    assert [(remark.field, remark.code) for remark in result.doubts] == [("email", "shared_known")]


@given(st.lists(cells, max_size=8))
def test_a_list_with_the_founder_in_it_changes_nothing_the_second_time(rows: list[tuple[str | float, ...]]) -> None:
    known = [Known(pk=1, name="Sari"), Known(pk=2, name="Bayu Pratama")]
    now = after(decide(*rows, known=known), known)

    second = decide(*rows, known=now)

    assert second.count("created") == second.count("updated") == 0


def test_two_people_of_one_name_with_a_nip_each_are_two_people() -> None:
    rows = [("Bayu Pratama", "198312312004092005"), ("Bayu Pratama", "199204142015022001")]
    known = [Known(pk=2, name="Bayu Pratama")]

    first = decide(*rows, known=known, answers={2: "p2"})
    second = decide(*rows, known=after(first, known))

    assert [decision.outcome for decision in first.decisions] == ["updated", "created"]
    assert [(doubt.code, doubt.other) for doubt in first.doubts][-1] == ("namesake", 2)
    assert second.count("unchanged") == 2


def test_one_nip_under_two_names_is_refused_with_its_own_reason() -> None:
    result = decide(SARI, ("Bayu Pratama", *SARI[1:]))

    assert [(remark.code, remark.other) for remark in result.refused] == [("nip_twice", 2)]


def test_a_name_that_replaces_quite_another_one_is_told() -> None:
    result = decide(SARI, known=[Known(pk=1, name="Bayu Pratama", nip=SARI[1])])

    assert [(doubt.field, doubt.code, doubt.value) for doubt in result.doubts] == [
        ("name", "name_replaced", "Bayu Pratama")
    ]
