from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import NOW, make_employee

from pegasus.calendar.domain.periods import Period
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office
from pegasus.sop import actions, queries, shipped
from pegasus.sop.domain import drafts
from pegasus.sop.domain.revisions import Change, diff
from pegasus.sop.models import Activity, ProcedureDraft, ProcedureVersion, Task
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


def draft_of(office: Office, *, on: date = date(2026, 12, 1), **changes: object) -> ProcedureDraft:
    """A saved draft: the text in force with a faster card and the words of the signed original."""
    version = queries.newest_version(office).get()
    text: Any = {**revised(queries.text_of(version)), "revised_on": "2026-11-23", "effective_on": on.isoformat()}
    return actions.save_draft(version=version, text=text | changes, edition=0, by="Sari", at=NOW)


def decided(office: Office, *, on: date, at: datetime = NOW) -> ProcedureVersion:
    return actions.put_in_force(draft=draft_of(office, on=on), by="Kepala", at=at)


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
def test_a_revision_is_in_force_from_its_day_on_whenever_the_worker_wakes() -> None:
    office = make_office_with_sop()
    first = queries.version_in_force(office)

    second = decided(office, on=date(2026, 12, 1))
    waiting = queries.version_in_force(office)
    actions.open_period_tasks(office=office, at=datetime(2026, 12, 3, 2, 0, tzinfo=UTC))  # it slept two days

    first.refresh_from_db()
    second.refresh_from_db()
    assert waiting == first
    assert queries.version_in_force(office) == second
    assert second.in_force_from == first.in_force_until == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)  # 1 December, WIB
    assert (second.version, second.put_in_force_by, second.put_in_force_at) == (2, "Kepala", NOW)
    assert first.activities.get(number=4).time_standard == "3 Hari Kerja"
    assert second.activities.get(number=4).time_most == 2


@pytest.mark.django_db
def test_what_is_put_in_force_names_who_and_when_in_the_trail() -> None:
    office = make_office_with_sop()

    decided(office, on=date(2026, 12, 1))

    entry = AuditEntry.objects.get(action="procedure.put_in_force", office_id=office.pk)
    assert (entry.actor, entry.at, entry.after["effective_on"]) == ("Kepala", NOW, "2026-12-01")


@pytest.mark.django_db
def test_a_day_that_lies_behind_needs_a_reason_and_one_before_the_earlier_text_is_refused() -> None:
    office = make_office_with_sop()
    draft = draft_of(office, on=date(2026, 11, 2))

    with pytest.raises(actions.PastDayReasonMissing):
        actions.put_in_force(draft=draft, by="Kepala", at=NOW)
    version = actions.put_in_force(draft=draft, by="Kepala", at=NOW, reason="Keputusan Nomor 12 tanggal 2 November")
    with pytest.raises(actions.DayBeforeEarlierVersion):
        actions.put_in_force(draft=draft_of(office, on=date(2026, 11, 1), unit="CAN"), by="Kepala", at=NOW)

    assert (version.effective_on, version.backdating_reason[:9]) == (date(2026, 11, 2), "Keputusan")
    assert queries.version_in_force(office) == version


@pytest.mark.django_db
def test_of_two_who_save_one_draft_one_wins_and_the_other_is_told() -> None:
    office = make_office_with_sop()
    version = queries.version_in_force(office)
    draft = draft_of(office)

    actions.save_draft(version=version, text=draft.text | {"unit": "CAN"}, edition=1, by="Sari", at=NOW)
    with pytest.raises(actions.DraftChanged) as told:
        actions.save_draft(version=version, text=draft.text | {"unit": "X"}, edition=1, by="Budi", at=NOW)
    with pytest.raises(actions.DraftChanged):
        actions.save_draft(version=version, text=draft.text, edition=0, by="Budi", at=NOW)
    with pytest.raises(actions.DraftChanged):
        actions.put_in_force(draft=draft, by="Kepala", at=NOW)  # the edition that was looked at is gone

    assert told.value.draft is not None
    assert (told.value.draft.saved_by, told.value.draft.text["unit"]) == ("Sari", "CAN")
    assert queries.versions_of(office).count() == 1


@pytest.mark.django_db
def test_a_revision_of_dates_alone_and_one_that_drops_what_pegasus_runs_are_refused() -> None:
    office = make_office_with_sop()
    version = queries.version_in_force(office)
    text = queries.text_of(version)

    draft = actions.save_draft(version=version, text=text | {"revised_on": "2026-11-23"}, edition=0, by="Sari", at=NOW)
    with pytest.raises(actions.NothingRevised):
        actions.put_in_force(draft=draft, by="Kepala", at=NOW, reason="x")
    draft = actions.save_draft(
        version=version, text=text | {"activities": text["activities"][:6]}, edition=1, by="Sari", at=NOW
    )
    with pytest.raises(actions.RowsBroken):
        actions.put_in_force(draft=draft, by="Kepala", at=NOW, reason="x")

    assert queries.versions_of(office).count() == 1


@pytest.mark.django_db
def test_a_decision_is_taken_back_until_its_day_and_is_a_draft_again() -> None:
    office = make_office_with_sop()
    duty = make_task(office, "card", subject="duty:1", opens_at=LATER, due_at=LATER)
    second = decided(office, on=date(2026, 12, 1))
    moved = queries.tasks_of(office).get(pk=duty.pk).activity.version_id

    draft = actions.withdraw(version=second, by="Kepala", at=NOW)

    duty.refresh_from_db()
    assert moved == second.pk
    assert (duty.activity.version.version, draft.text["activities"][3]["time_standard"]) == (1, "2 Hari Kerja")
    with pytest.raises(actions.AlreadyInForce):
        actions.withdraw(version=queries.version_in_force(office), by="Kepala", at=NOW)


@pytest.mark.django_db
def test_a_standard_that_changes_within_a_quarter_judges_only_what_begins_after_it() -> None:
    """Cards of three working days before 1 December, of two from then on: each is held against its own standard."""
    office = make_office_with_sop()
    last: dict[str, Any] = {"due_at": datetime(2026, 12, 31, tzinfo=UTC)}
    begun = make_task(office, "card", subject="duty:1", opens_at=NOW, **last)
    ahead = make_task(office, "card", subject="duty:2", opens_at=datetime(2026, 12, 7, 2, 0, tzinfo=UTC), **last)
    decided(office, on=date(2026, 12, 1))
    later = make_task(office, "card", subject="duty:3", opens_at=datetime(2026, 12, 8, 2, 0, tzinfo=UTC), **last)
    before = make_task(office, "card", subject="duty:4", opens_at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC), **last)
    actions.open_period_tasks(office=office, at=datetime(2026, 12, 1, 1, 0, tzinfo=UTC))

    for task in (begun, ahead, later):
        task.refresh_from_db()
        closed = task.opens_at + timedelta(days=2)  # three working days, the first one counted
        actions.close_task(task=task, at=closed, by="Pegawai")
    again = make_task(office, "card", subject="duty:1", opens_at=LATER, **last)
    found = queries.compliance(office, Period.parse("2026Q4"), at=datetime(2026, 12, 20, tzinfo=UTC))[3]

    assert [task.activity.version.version for task in (begun, ahead, later, before, again)] == [1, 2, 2, 1, 1]
    assert (found.standard.limit, found.figures.worst, found.figures.total) == (2, 3, 4)
    [old] = found.earlier
    assert (old.version, old.standard.limit, old.figures.worst, old.figures.total) == (1, 3, 3, 2)
    assert found.kept is False
    assert queries.tasks_of(office).filter(subject="duty:1").count() == 1


@pytest.mark.django_db
def test_an_open_task_of_an_earlier_text_still_follows_its_role() -> None:
    office = make_office_with_sop(at=datetime(2026, 6, 1, tzinfo=UTC))
    at = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
    actions.open_period_tasks(office=office, at=at)
    report = queries.tasks_of(office).get(activity__rhythm="quarter", subject="period:2026Q3")
    draft = draft_of(office, on=date(2026, 10, 2))
    actions.put_in_force(draft=draft, by="Kepala", at=at)

    sari = make_employee(office, roles=("ca",))
    actions.open_period_tasks(office=office, at=datetime(2026, 10, 3, 2, 0, tzinfo=UTC))

    report.refresh_from_db()
    assert (report.activity.version.version, report.owner) == (1, sari)
    assert queries.tasks_of(office).filter(subject="period:2026Q3", activity__rhythm="quarter").count() == 1


@pytest.mark.django_db
def test_a_row_of_an_own_programme_keeps_its_tasks_when_others_come_before_it() -> None:
    office = make_office_with_sop()
    row = {**PEGASUS["activities"][5], "rhythm": "manual", "performers": [{"lane": "ca", "symbol": "start"}]}
    rows = [{**row, "number": 1, "title": "Rapat"}, {**row, "number": 2, "title": "Laporan"}]
    own: Any = {**PEGASUS, "code": "joss", "number": "SOP-327", "activities": rows}
    actions.add_programme(office=office, text=own, at=NOW, by="Sari")
    version = queries.version_in_force(office, "joss")
    task = make_task_on(version.activities.get(number=2), office)

    text: Any = queries.text_of(version)
    fresh = drafts.row_added(text["activities"], "ca")
    fresh[2] |= {"title": "Undangan", "time_standard": "1 Hari Kerja"}
    for _time in range(2):
        fresh = drafts.numbered(drafts.moved(fresh, next(i for i, one in enumerate(fresh) if one["key"] == "3"), "up"))
    text |= {"activities": fresh, "effective_on": "2026-11-23"}
    draft = actions.save_draft(version=version, text=text, edition=0, by="Sari", at=NOW)
    actions.put_in_force(draft=draft, by="Kepala", at=NOW)

    found = queries.compliance(office, Period.parse("2026Q4"), at=NOW, programme="joss")
    assert [(one.activity.title, len(one.tasks)) for one in found] == [("Undangan", 0), ("Rapat", 0), ("Laporan", 1)]
    assert found[2].tasks == (task,)


def make_task_on(activity: Activity, office: Office) -> Task:
    return actions.open_task(
        office=office,
        activity=activity,
        subject="run:1",
        period="2026Q4",
        role="ca",
        owner=None,
        opens_at=NOW,
        due_at=LATER,
    )


def test_decisions_lead_to_the_same_row_when_rows_move_and_the_ends_have_capsules() -> None:
    rows: list[dict[str, Any]] = [
        {"key": "1", "number": 1, "performers": [{"lane": "ca", "symbol": "start"}]},
        {"key": "2", "number": 2, "performers": [{"lane": "ca", "symbol": "process"}]},
        {"key": "3", "number": 3, "performers": [{"lane": "cc", "symbol": "decision", "no": 2}]},
        {"key": "4", "number": 4, "performers": [{"lane": "ca", "symbol": "end"}]},
    ]

    swapped = drafts.numbered(drafts.moved(rows, 1, "up"))
    without = drafts.numbered(drafts.moved(rows, 1, "remove"))

    assert [(row["key"], row["number"]) for row in swapped] == [("2", 1), ("1", 2), ("3", 3), ("4", 4)]
    assert swapped[2]["performers"] == [{"lane": "cc", "symbol": "decision", "no": 1}]
    assert [row["performers"][0]["symbol"] for row in without] == ["start", "process", "end"]
