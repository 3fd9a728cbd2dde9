from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import make_employee

from pegasus.calendar.models import Holiday
from pegasus.kernel.models import AuditEntry
from pegasus.people.actions import open_link
from pegasus.people.models import Absence
from pegasus.roster import actions, queries
from pegasus.roster.misfits import World
from pegasus.roster.models import LINK_PURPOSE, Duty, Swap
from pegasus.roster.tests.builders import BEFORE_Q4, make_draft, make_published, make_staffed_office, repair_everything
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of

pytestmark = pytest.mark.django_db


def test_publishing_writes_one_duty_per_week_and_its_holder() -> None:
    office = make_staffed_office()

    make_published(office)

    duties = list(queries.duties_of(office))
    assert [duty.posts_on for duty in duties] == [date(2026, 10, 5) + timedelta(7 * n) for n in range(13)]
    assert all(duty.holders.get().employee_id == duty.holder_id for duty in duties)
    assert len({duty.holder_id for duty in duties}) == 13


def test_a_version_is_published_once() -> None:
    office = make_staffed_office()
    roster = make_published(office)

    with pytest.raises(actions.AlreadyPublished):
        actions.publish_roster(roster=roster, by="Ayu", at=BEFORE_Q4)

    assert Duty.objects.count() == 13


def test_a_draft_that_somebody_replaced_cannot_be_published_and_nothing_is_half_done() -> None:
    office = make_staffed_office()
    stale = make_draft(office)
    make_draft(office)

    with pytest.raises(actions.DraftGone):
        actions.publish_roster(roster=stale, by="Ayu", at=BEFORE_Q4)

    assert Duty.objects.count() == 0
    assert not tasks_of(office).filter(subject="period:2026Q4").exists()


def test_drafting_leaves_alone_what_another_published_in_the_meantime() -> None:
    office = make_staffed_office()
    make_published(office)

    second = make_draft(office)

    assert second.version == 2
    assert queries.published_rosters(office).get().version == 1
    with pytest.raises(actions.DraftGone):
        actions.discard_draft(roster=queries.published_rosters(office).get(), by="Ayu", at=BEFORE_Q4)


def test_publishing_closes_activity_1_and_opens_activity_2() -> None:
    office = make_staffed_office()

    make_published(office)

    tasks = tasks_of(office).filter(subject="period:2026Q4")
    first = tasks.get(activity__rhythm=Activity.Rhythm.ROSTER)
    second = tasks.get(activity__rhythm=Activity.Rhythm.TEMPLATES)
    assert (first.closed_at, first.closed_by, first.outcome) == (BEFORE_Q4, "Ayu", Task.Outcome.DONE)
    assert second.opens_at == BEFORE_Q4
    assert second.due_at.isoformat() == "2026-09-22T16:59:59+00:00"


def test_every_duty_has_five_tasks_with_the_times_of_the_sop() -> None:
    office = make_staffed_office()
    humas = make_employee(office, roles=("humas",))
    make_published(office)

    duty = queries.duties_of(office).get(posts_on=date(2026, 11, 30))

    tasks = {(t.activity.number, t.part): t for t in queries.duty_tasks(duty)}
    found = {key: (t.role, t.opens_at.isoformat(), t.due_at.isoformat()) for key, t in tasks.items()}
    assert found == {
        (3, "H-5"): ("ca", "2026-11-22T17:00:00+00:00", "2026-11-23T16:59:59+00:00"),
        (3, "H-3"): ("ca", "2026-11-24T17:00:00+00:00", "2026-11-25T16:59:59+00:00"),
        (4, ""): ("pegawai", "2026-11-24T17:00:00+00:00", "2026-11-27T16:59:59+00:00"),
        (5, "group"): ("pegawai", "2026-11-29T17:00:00+00:00", "2026-11-30T16:59:59+00:00"),
        (5, "instagram"): ("humas", "2026-11-29T17:00:00+00:00", "2026-11-30T16:59:59+00:00"),
    }
    assert tasks[4, ""].owner == tasks[5, "group"].owner == duty.holder
    assert tasks[5, "instagram"].owner == humas
    assert {t.period for t in tasks.values()} == {"2026Q4"}


def test_a_second_version_hands_over_what_changed_and_leaves_the_past_alone() -> None:
    office = make_staffed_office()
    make_published(office)
    later = BEFORE_Q4 + timedelta(days=35)  # 26 October 2026
    away = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    Absence.objects.create(employee_id=away.holder_id or 0, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 11))
    before = {duty.pk: duty.holder_id for duty in queries.duties_of(office)}

    make_published(office, at=later)

    after = {duty.pk: duty.holder_id for duty in queries.duties_of(office)}
    changed = [pk for pk in before if before[pk] != after[pk]]
    assert before.keys() == after.keys()
    assert changed == [away.pk]
    away.refresh_from_db()
    assert away.sequence == 1
    assert [held.held_until for held in queries.history_of(away)] == [later, None]
    assert queries.duty_tasks(away).get(activity__rhythm=Activity.Rhythm.CARD).owner == away.holder


def test_fewer_people_per_week_cancels_the_seats_that_go() -> None:
    office = make_staffed_office(40)
    make_published(office, per_week=2)

    make_published(office, per_week=1)

    assert queries.duties_of(office).count() == 13
    assert queries.all_duties_of(office).exclude(cancelled_at=None).count() == 13
    gone = queries.all_duties_of(office).exclude(cancelled_at=None)[0]
    assert {task.outcome for task in queries.duty_tasks(gone)} == {Task.Outcome.NOT_NEEDED}


def test_a_seat_that_comes_back_gets_its_row_and_its_tasks_back() -> None:
    office = make_staffed_office(40)
    make_published(office, per_week=2)
    make_published(office, per_week=1)

    make_published(office, per_week=2)

    back = queries.duties_of(office).filter(seat=2)
    assert back.count() == 13
    assert {duty.sequence for duty in back} == {2}
    assert not tasks_of(office).filter(outcome=Task.Outcome.NOT_NEEDED).exists()


def test_a_draft_is_refused_when_somebody_in_it_has_gone() -> None:
    office = make_staffed_office()
    roster = make_draft(office)
    place = queries.places_of(roster).reverse()[0]
    Absence.objects.create(employee=place.employee, starts_on=place.posts_on, ends_on=place.posts_on)

    with pytest.raises(actions.DraftOutdated) as caught:
        actions.publish_roster(roster=roster, by="Ayu", at=BEFORE_Q4)

    assert caught.value.name == place.employee.name
    roster.refresh_from_db()
    assert roster.published_at is None


def test_a_running_period_is_planned_from_tomorrow_and_reminded_at_once() -> None:
    office = make_staffed_office(at=BEFORE_Q4)
    late = BEFORE_Q4 + timedelta(days=59)  # Thursday, 19 November 2026

    make_published(office, at=late)

    first = queries.duties_of(office)[0]
    parts = {task.part: task for task in queries.duty_tasks(first)}
    assert first.posts_on == date(2026, 11, 23)
    assert "H-5" not in parts
    assert parts["H-3"].opens_at == late
    assert parts["H-3"].due_at.isoformat() == "2026-11-19T16:59:59+00:00"


def test_a_newcomer_enters_with_the_median_of_the_others() -> None:
    office = make_staffed_office(13)
    make_published(office)
    newcomer = make_employee(office, active_from=date(2026, 12, 1))
    first_quarter = actions.draft_roster(
        office=office,
        period=queries.published_rosters(office)[0].span.next,
        per_week=1,
        by="Ayu",
        at=BEFORE_Q4 + timedelta(days=80),
    )

    assert first_quarter.result["entered"] == {str(newcomer.pk): 1}


def test_reassigning_moves_open_tasks_and_closes_the_old_link() -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office)[3]
    old = duty.holder
    assert old is not None
    link = open_link(
        employee=old,
        purpose=LINK_PURPOSE,
        subject=duty.subject,
        expires_at=BEFORE_Q4 + timedelta(days=90),
        at=BEFORE_Q4,
    )
    chosen = queries.substitutes(duty, BEFORE_Q4)[0].employee

    actions.reassign_duty(duty=duty, to=chosen, by="Ayu", at=BEFORE_Q4, reason="dinas luar")

    link.refresh_from_db()
    assert duty.holder == chosen
    assert duty.sequence == 1
    assert link.revoked_at == BEFORE_Q4
    assert {t.owner for t in queries.duty_tasks(duty).filter(role="pegawai")} == {chosen}
    assert AuditEntry.objects.filter(action="duty.reassigned", subject=duty.subject).count() == 1


def test_handing_back_undoes_a_hand_over() -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office)[3]
    old = duty.holder
    assert old is not None
    actions.reassign_duty(
        duty=duty, to=queries.substitutes(duty, BEFORE_Q4)[0].employee, by="Ayu", at=BEFORE_Q4, reason=""
    )

    actions.reassign_duty(duty=duty, to=old, by="Ayu", at=BEFORE_Q4, reason="kembali")

    duty.refresh_from_db()
    assert duty.holder == old
    assert {t.owner for t in queries.duty_tasks(duty).filter(role="pegawai")} == {old}


def test_nobody_takes_over_who_is_away_or_serves_that_week() -> None:
    office = make_staffed_office(40)
    make_published(office, per_week=2)
    duty, beside = queries.duties_of(office)[:2]
    away = make_employee(office)
    Absence.objects.create(employee=away, starts_on=duty.posts_on, ends_on=duty.posts_on)

    assert beside.holder is not None
    for person in (beside.holder, away, make_employee()):
        with pytest.raises(actions.CannotTakeOver):
            actions.reassign_duty(duty=duty, to=person, by="Ayu", at=BEFORE_Q4, reason="")


def test_asking_for_a_substitute_is_settled_by_appointing_one() -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office)[3]

    swap = actions.ask_for_substitute(duty=duty, reason="dinas luar", at=BEFORE_Q4)
    with pytest.raises(actions.AlreadyAsked):
        actions.ask_for_substitute(duty=duty, reason="lagi", at=BEFORE_Q4)
    best = queries.substitutes(duty, BEFORE_Q4)
    actions.reassign_duty(duty=duty, to=best[0].employee, by="Ayu", at=BEFORE_Q4, reason="dinas luar")

    swap.refresh_from_db()
    assert len(best) == 3
    assert [one.turns for one in best] == [0, 0, 0]
    assert (swap.state, swap.to_employee) == (Swap.State.DONE, best[0].employee)


def test_a_duty_that_is_over_cannot_change_hands() -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office)[0]

    with pytest.raises(actions.DutyIsOver):
        actions.ask_for_substitute(duty=duty, reason="", at=BEFORE_Q4 + timedelta(days=30))


def test_duties_follow_a_calendar_that_changed_and_their_tasks_with_them() -> None:
    office = make_staffed_office()
    make_published(office)
    Holiday.objects.create(office=office, on=date(2026, 12, 7), name="Libur daerah", kind=Holiday.Kind.LOCAL)
    for day in range(14, 19):
        Holiday.objects.create(office=office, on=date(2026, 12, day), name="Libur daerah", kind=Holiday.Kind.LOCAL)
    moved, cancelled = queries.duties_of(office).filter(starts_on__in=[date(2026, 12, 7), date(2026, 12, 14)])

    preview = repair_everything(office)

    moved.refresh_from_db()
    cancelled.refresh_from_db()
    assert [(one.duty, one.posts_on) for one in preview] == [(moved, date(2026, 12, 8)), (cancelled, None)]
    assert (moved.posts_on, moved.sequence) == (date(2026, 12, 8), 1)
    assert queries.duty_tasks(moved).get(part="group").due_at.isoformat() == "2026-12-08T16:59:59+00:00"
    assert queries.duty_tasks(moved).get(part="H-5").opens_at.isoformat() == "2026-11-29T17:00:00+00:00"
    assert cancelled.cancelled_at == BEFORE_Q4
    assert World.of(office, BEFORE_Q4).misfits == []


def test_publishing_again_does_not_make_late_work_punctual() -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 11, 30))
    card = queries.duty_tasks(duty).get(activity__rhythm=Activity.Rhythm.CARD)

    make_published(office, at=card.due_at + timedelta(hours=5))

    again = queries.duty_tasks(duty).get(activity__rhythm=Activity.Rhythm.CARD)
    assert (again.opens_at, again.due_at) == (card.opens_at, card.due_at)


def test_a_roster_that_began_late_does_not_reach_back_when_it_is_drafted_again() -> None:
    office = make_staffed_office()
    make_published(office, at=BEFORE_Q4 + timedelta(days=59))  # Thursday, 19 November 2026

    again = make_draft(office, at=BEFORE_Q4 + timedelta(days=70))

    assert again.starts_on == date(2026, 11, 23)
    assert queries.places_of(again)[0].starts_on == date(2026, 11, 23)


def test_publishing_lets_a_swap_under_way_end_before_it_reads_the_turns() -> None:
    office = make_staffed_office()
    make_published(office)
    draft = make_draft(office)

    with CaptureQueriesContext(
        connection,
    ) as said:
        actions.publish_roster(roster=draft, by="Ayu", at=BEFORE_Q4)

    locks = [sql for query in said if 'FROM "roster_duty"' in (sql := query["sql"]) and sql.endswith("FOR UPDATE")]
    assert bool(locks) == connection.features.has_select_for_update
