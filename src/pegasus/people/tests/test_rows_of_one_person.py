"""Rows of one list that somebody said are one person: the earlier row is completed, nothing is lost in silence."""

from pegasus.people import reasons
from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.domain.staff_list import FACTS, Known, Plan, plan
from pegasus.people.tests.test_staff_list import TODAY, after

MAPPING = {"name": 0, "nip": 1, "team": 2, "birth_date": 3, "phone": 4}
BARE = ("Rina Kartika", "", "", "", "")
FULL = ("Rina Kartika, S.Si, M.Si", "199204142015022001", "Neraca", "14 April 1992", "081311112222")
COMPLETE = {
    "name": "Rina Kartika",
    "title_after": "S.Si, M.Si",
    "nip": "199204142015022001",
    "team": "Neraca",
    "birth_date": "1992-04-14",
    "phone": "+6281311112222",
}


def decide(*rows: tuple[str, ...], known: tuple[Known, ...] = (), **answers: str) -> Plan:
    """Decide on rows 2, 3, …; the answer to row 3 is given as `row3`."""
    numbered = [NumberedRow(number, row) for number, row in enumerate(rows, 2)]
    said = {int(row.removeprefix("row")): answer for row, answer in answers.items()}
    return plan(numbered, MAPPING, known, today=TODAY, answers=said)


def facts_of(result: Plan) -> list[dict[str, str]]:
    return [
        {name: value for name in FACTS if (value := getattr(decision.entry, name))} for decision in result.decisions
    ]


def remarks_of(result: Plan) -> list[tuple[int, str, str]]:
    """What is told of the later rows."""
    return [(remark.row, remark.field, remark.code) for remark in result.doubts if remark.row > 2]


def test_a_fuller_row_completes_the_bare_row_above() -> None:
    result = decide(BARE, FULL, row3="b2")

    assert facts_of(result) == [COMPLETE]
    assert [decision.entry.row for decision in result.decisions] == [2]
    assert result.refused == []
    [remark] = [remark for remark in result.doubts if remark.row == 3]
    assert (remark.code, remark.other, remark.person) == ("completes", 2, "Rina Kartika")
    assert reasons.sentence(remark) == "Orang yang sama dengan baris 2. Isi baris ini melengkapi baris itu."


def test_what_both_rows_say_differently_stays_as_above_and_is_told() -> None:
    bare = ("Rina Kartika, S.Si", "", "UMUM", "", "081234567890")

    result = decide(bare, FULL, row3="b2")

    assert facts_of(result) == [COMPLETE | {"title_after": "S.Si", "team": "UMUM", "phone": "+6281234567890"}]
    assert remarks_of(result) == [
        (3, "name", "completes"),
        (3, "title_after", "differs_above"),
        (3, "team", "differs_above"),
        (3, "phone", "differs_above"),
    ]
    values = [remark.value for remark in result.doubts]
    assert values == ["Rina Kartika", "S.Si, M.Si", "Neraca", ""]  # a phone never stands in a list of remarks
    assert reasons.sentence(result.doubts[1]) == "Isinya berbeda dari baris 2. Yang disimpan isi baris 2."


def test_a_row_that_adds_nothing_is_a_second_time_as_before() -> None:
    result = decide(FULL, ("RINA KARTIKA", "", "neraca", "", ""), row3="b2")

    assert facts_of(result) == [COMPLETE]
    assert [(remark.row, remark.code, remark.other) for remark in result.refused] == [(3, "duplicate", 2)]
    assert remarks_of(result) == []


def test_the_row_above_that_is_somebody_known_completes_what_the_office_knows() -> None:
    known = Known(pk=7, name="Rina Kartika")

    joined = decide(("Rina Kartika", "", "Neraca", "", ""), FULL, known=(known,), row2="p7", row3="b2")
    again = decide(FULL, known=tuple(after(joined, [known])))

    assert [(decision.pk, decision.outcome) for decision in joined.decisions] == [(7, "updated")]
    assert joined.decisions[0].changes == {name: value for name, value in COMPLETE.items() if name != "name"}
    assert [decision.outcome for decision in again.decisions] == ["unchanged"]
    assert joined.missing == []


def test_a_row_above_that_changed_nothing_changes_something_once_it_is_completed() -> None:
    known = Known(pk=7, name="Rina Kartika", team="Neraca")

    result = decide(("Rina Kartika", "", "Neraca", "", ""), FULL, known=(known,), row3="b2")

    assert [(decision.pk, decision.outcome) for decision in result.decisions] == [(7, "updated")]
    assert result.decisions[0].changes["nip"] == "199204142015022001"


NIP_ONLY = ("Rina Kartika", FULL[1], "", "", "")


def test_a_fuller_row_with_the_same_nip_completes_the_row_above_without_a_question() -> None:
    result = decide(NIP_ONLY, FULL)

    assert facts_of(result) == [COMPLETE]
    assert result.refused == []
    assert result.questions == []
    assert remarks_of(result) == [(3, "name", "completes")]


def test_facts_of_one_nip_that_contradict_stay_as_above_and_are_put_before_the_person() -> None:
    result = decide((*NIP_ONLY[:2], "Umum", "", "081234567890"), FULL)

    assert facts_of(result) == [COMPLETE | {"team": "Umum", "phone": "+6281234567890"}]
    assert remarks_of(result) == [
        (3, "name", "completes"),
        (3, "team", "differs_above"),
        (3, "phone", "differs_above"),
    ]


def test_a_row_of_one_nip_that_only_contradicts_is_refused_and_says_in_what() -> None:
    result = decide(FULL, ("Rina Kartika", FULL[1], "Umum", "", ""))

    assert facts_of(result) == [COMPLETE]
    assert [(remark.field, remark.code) for remark in result.refused] == [("nip", "duplicate")]
    assert remarks_of(result) == [(3, "team", "differs_above")]


def test_one_nip_under_names_that_cannot_be_one_is_nobody_s_addition() -> None:
    result = decide(NIP_ONLY, ("Rina Marlina", *FULL[1:]))

    assert facts_of(result) == [{"name": "Rina Kartika", "nip": FULL[1]}]
    assert [(remark.row, remark.code, remark.other) for remark in result.refused] == [(3, "nip_twice", 2)]


def test_a_row_of_somebody_known_is_completed_by_the_next_with_the_nip_known() -> None:
    known = Known(pk=7, name="Rina Kartika", nip=FULL[1], phone="+6281311112222")

    result = decide(("Rina K", "", "", "", FULL[4]), FULL, known=(known,))
    again = decide(("Rina K", "", "", "", FULL[4]), FULL, known=tuple(after(result, [known])))

    assert [(decision.pk, decision.entry.team) for decision in result.decisions] == [(7, "Neraca")]
    assert result.decisions[0].changes["birth_date"] == "1992-04-14"
    assert next(remark[1:] for remark in remarks_of(result)) == ("name", "completes")
    assert [decision.outcome for decision in again.decisions] == ["unchanged"]
    assert result.missing == []


def test_the_row_above_of_one_nip_that_nobody_has_decided_on_is_named() -> None:
    known = Known(pk=7, name="Rina Kartika", team="Umum")

    result = decide(NIP_ONLY, FULL, known=(known,))

    assert [question.entry.row for question in result.open_questions] == [2]
    assert [(remark.row, remark.code, remark.other) for remark in result.refused] == [(3, "row_above_open", 2)]


def test_a_fuller_row_with_the_same_phone_is_asked_about() -> None:
    short, long = ("Rina K", "", "", "", FULL[4]), ("Rina Kartika", "", "Neraca", "", FULL[4])

    asked = decide(short, long)
    same = decide(short, long, row3="b2")
    other = decide(short, long, row3="lain")
    again = decide(short, long, known=tuple(after(same)))

    assert [(question.by, question.choices) for question in asked.open_questions] == [("phone", ("b2", "lain"))]
    assert reasons.question_sentence(asked.questions[0]) == (
        "Nomor HP-nya sama dengan baris 2, namanya mirip. Apakah orang yang sama?"
    )
    assert facts_of(same) == [{"name": "Rina K", "team": "Neraca", "phone": "+6281311112222"}]
    assert remarks_of(same) == [(3, "name", "completes"), (3, "name", "differs_above")]
    assert [one["name"] for one in facts_of(other)] == ["Rina K", "Rina Kartika"]
    assert [decision.outcome for decision in again.decisions] == ["unchanged"]


def test_three_rows_of_one_person_become_one_and_a_fourth_by_its_nip_is_a_second_time() -> None:
    mid = ("Rina Kartika", "", "", "", "081311112222")
    last = (*FULL[:4], "")

    result = decide(BARE, mid, last, FULL, row3="b2", row4="b2")

    assert facts_of(result) == [COMPLETE]
    assert [(remark.row, remark.field, remark.code, remark.other) for remark in result.refused] == [
        (5, "nip", "duplicate", 2)
    ]


def test_a_completed_row_is_one_choice_for_the_next_row_of_that_name() -> None:
    result = decide(BARE, FULL, BARE, row3="b2")

    assert [question.choices for question in result.open_questions] == [("b2", "lain")]


def test_the_day_of_birth_follows_the_nip_that_completes_it() -> None:
    swapped = ("Rina Kartika", "", "", "4 Mei 1992", "")

    result = decide(swapped, (*FULL[:3], "", ""), row3="b2")

    assert facts_of(result)[0]["birth_date"] == "1992-04-14"
    assert (3, "birth_date", "birth_date_not_nip") in remarks_of(result)


def test_a_row_joined_to_one_that_nobody_has_decided_on_says_so() -> None:
    known = Known(pk=7, name="Rina Kartika", phone="+6281234567890", team="Umum")

    result = decide(("Rina Kartika", "", "Neraca", "", ""), FULL, known=(known,), row3="b2")
    decided = decide(("Rina Kartika", "", "Neraca", "", ""), FULL, known=(known,), row2="lain", row3="b2")

    assert result.decisions == []
    assert [(remark.row, remark.code, remark.other) for remark in result.refused] == [(3, "row_above_open", 2)]
    assert reasons.sentence(result.refused[0]) == (
        "Orang yang sama dengan baris 2, yang belum dijawab siapa orangnya. Jawab baris 2 dahulu."
    )
    assert facts_of(decided) == [COMPLETE]


def test_what_the_row_joined_has_of_its_own_faults_is_told_too() -> None:
    result = decide(BARE, (*FULL[:4], "(0736) 21521"), row3="b2")

    assert (3, "phone", "phone_landline") in remarks_of(result)


def test_a_contact_that_completes_a_row_and_belongs_to_others_is_told() -> None:
    other = Known(pk=9, name="Budi Santoso", phone="+6281311112222")

    result = decide(BARE, FULL, known=(other,), row3="b2")

    assert (3, "phone", "shared_known") in remarks_of(result)
    assert other in result.missing
