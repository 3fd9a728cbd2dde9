from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import NOW

from pegasus.sop import actions, queries, shipped
from pegasus.sop.domain.revisions import Change, diff
from pegasus.sop.models import ProcedureVersion
from pegasus.sop.shipped import ShippedProcedure
from pegasus.sop.tests.builders import make_office_with_sop, make_task

LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
PEGASUS = shipped.procedure("pegasus")


def revised(text: ShippedProcedure = PEGASUS) -> ShippedProcedure:
    """The text with a faster card, and with the words of the signed original."""
    new = deepcopy(text)
    new["title"] = "SOP Penyelenggaraan Kegiatan Pegasus (Pesan Penggungah Semangat untuk Sukses)"
    new["activities"][3]["time_standard"] = "2 Hari Kerja"
    return new


def revise(version: ProcedureVersion) -> ProcedureVersion:
    text = revised(queries.text_of(version))
    return actions.revise(version=version, text=text, revised_on=date(2026, 12, 1), by="Sari", at=LATER)


def test_a_diff_names_what_changed_and_where() -> None:
    assert diff(PEGASUS, revised()) == [
        Change("changed", "title", PEGASUS["title"], revised()["title"]),
        Change("changed", "time_standard", "3 Hari Kerja", "2 Hari Kerja", row=4),
    ]


def test_a_row_put_in_between_is_added_and_the_others_move() -> None:
    new = deepcopy(PEGASUS)
    new["activities"].insert(4, {**deepcopy(new["activities"][0]), "title": "Pemeriksaan desain oleh CC"})
    for number, row in enumerate(new["activities"], start=1):
        row["number"] = number

    found = diff(PEGASUS, new)

    assert [(change.kind, change.where, change.row) for change in found] == [
        ("added", "activities", 5),
        ("changed", "number", 6),
        ("changed", "number", 7),
        ("changed", "number", 8),
    ]


def test_lines_of_a_list_come_and_go() -> None:
    new = deepcopy(PEGASUS)
    new["equipment"] = ["PC/Laptop", "Ponsel", "Jaringan/Internet"]

    assert diff(PEGASUS, new) == [
        Change("removed", "equipment", before="Aplikasi Desain Grafis"),
        Change("added", "equipment", after="Ponsel"),
    ]


@given(st.sets(st.integers(0, 6)))
def test_a_text_differs_from_itself_in_nothing_and_a_gone_row_is_told(gone: set[int]) -> None:
    new = deepcopy(PEGASUS)
    new["activities"] = [row for place, row in enumerate(new["activities"]) if place not in gone]

    found = diff(PEGASUS, new)

    assert diff(PEGASUS, PEGASUS) == []
    assert [change.row for change in found if change.kind == "removed"] == [place + 1 for place in sorted(gone)]


@pytest.mark.django_db
def test_a_revision_waits_until_it_is_put_into_force() -> None:
    office = make_office_with_sop()
    first = queries.version_in_force(office)

    draft = revise(first)
    waiting = queries.version_in_force(office)
    actions.put_in_force(draft=draft, by="Sari", at=LATER)

    first.refresh_from_db()
    assert waiting == first
    assert queries.version_in_force(office) == draft
    assert (draft.version, draft.revised_on, first.in_force_until) == (2, date(2026, 12, 1), LATER)
    assert first.activities.get(number=4).time_standard == "3 Hari Kerja"
    assert draft.activities.get(number=4).time_most == 2


@pytest.mark.django_db
def test_a_text_in_force_refuses_to_be_changed() -> None:
    office = make_office_with_sop()
    version = queries.version_in_force(office)

    with pytest.raises(actions.VersionInForce):
        actions.rewrite(draft=version, text=revised(), by="Sari", at=LATER)
    with pytest.raises(actions.VersionInForce):
        actions.throw_away(draft=version, by="Sari", at=LATER)
    with pytest.raises(actions.VersionInForce):
        actions.put_in_force(draft=version, by="Sari", at=LATER)

    assert queries.text_of(queries.version_in_force(office))["activities"] == PEGASUS["activities"]
    assert queries.version_in_force(office).in_force_from == NOW


@pytest.mark.django_db
def test_a_draft_is_written_anew() -> None:
    draft = revise(queries.version_in_force(make_office_with_sop()))

    fresh = actions.rewrite(draft=draft, text={**revised(), "unit": "CAN"}, by="Sari", at=LATER)

    assert (fresh.version, fresh.unit, fresh.activities.count()) == (2, "CAN", 7)


@pytest.mark.django_db
def test_a_revision_that_revises_nothing_and_a_second_draft_are_refused() -> None:
    version = queries.version_in_force(make_office_with_sop())

    with pytest.raises(actions.NothingRevised):
        actions.revise(
            version=version, text=queries.text_of(version), revised_on=date(2026, 12, 1), by="Sari", at=LATER
        )
    revise(version)
    with pytest.raises(actions.DraftThere):
        revise(version)


@pytest.mark.django_db
def test_what_began_under_the_old_text_stays_with_it_and_still_counts() -> None:
    office = make_office_with_sop()
    old = make_task(office, "card", subject="duty:1", opens_at=NOW, due_at=LATER)
    actions.put_in_force(draft=revise(queries.version_in_force(office)), by="Sari", at=LATER)

    again = make_task(office, "card", subject="duty:1", opens_at=NOW, due_at=LATER)
    new = make_task(office, "card", subject="duty:2", opens_at=NOW, due_at=LATER)
    actions.open_period_tasks(office=office, at=LATER)

    assert (again, again.activity.version.version) == (old, 1)
    assert new.activity.version.version == 2
    assert queries.tasks_of(office).filter(subject="duty:1").count() == 1
