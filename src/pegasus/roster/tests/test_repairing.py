"""The world changes after publishing: what no longer fits is found, and repaired by moving the fewest people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import make_employee, make_office

from pegasus.calendar.actions import add_holiday, withdraw_holiday
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.queries import holidays_of, working_calendar
from pegasus.kernel.models import AuditEntry
from pegasus.people.actions import add_absence, leave_office
from pegasus.people.models import Office
from pegasus.roster import actions, deadlines, queries, reasons
from pegasus.roster.domain.problem import may_serve
from pegasus.roster.misfits import World
from pegasus.roster.models import Duty
from pegasus.roster.repairs import Proposal, propose
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office
from pegasus.sop.models import Activity

pytestmark = pytest.mark.django_db
NOVEMBER_30 = date(2026, 11, 30)  # a Monday


def proposal_of(office: Office) -> Proposal:
    return propose(World.of(office, BEFORE_Q4))


def apply(office: Office, proposal: Proposal, **changed: int) -> None:
    actions.apply_repair(
        office=office, picks=proposal.picks | changed, fingerprint=proposal.fingerprint, by="Ayu", at=BEFORE_Q4
    )


def send_away(duty: Duty) -> None:
    assert duty.holder is not None
    add_absence(employee=duty.holder, starts_on=duty.posts_on, ends_on=duty.posts_on, by="Ayu", at=BEFORE_Q4)


def declare(office: Office, *days: date) -> None:
    for day in days:
        add_holiday(office=office, on=day, name="Libur", kind="local", decree_number="SK", by="Ayu", at=BEFORE_Q4)


def test_a_roster_that_fits_needs_no_repair() -> None:
    office = make_staffed_office(6)
    make_published(office)

    assert proposal_of(office).rows == ()


def test_an_absent_holder_is_replaced_and_nobody_else_moves() -> None:
    office = make_staffed_office(8)
    make_published(office, per_week=2)
    away, before = queries.duties_of(office)[4], {d.pk: d.holder_id for d in queries.duties_of(office)}
    send_away(away)

    proposal = proposal_of(office)
    apply(office, proposal)

    assert [(row.misfit.cause, row.misfit.duty) for row in proposal.rows] == [("absent", away)]
    assert (proposal.changes, proposal.bound) == (1, 1)
    after = {d.pk: d.holder_id for d in queries.duties_of(office)}
    assert [pk for pk in before if before[pk] != after[pk]] == [away.pk]
    held = away.holders.get(held_until=None)
    assert held.reason["kind"] == "repair"
    why = f"Perubahan setelah terbit: {away.holder} tidak di kantor pada gilirannya."
    assert reasons.of_holder(held.reason, {}) == [why]
    tasks = queries.open_tasks_of(away).filter(role="pegawai")
    assert {task.owner_id for task in tasks} == {held.employee_id}
    assert AuditEntry.objects.filter(action="duty.repaired").count() == 1


def test_somebody_who_left_or_went_to_another_office_loses_every_coming_turn() -> None:
    office = make_staffed_office(5)
    make_published(office)
    first, second = list(queries.duties_of(office)[:2])
    assert first.holder is not None
    assert second.holder is not None
    leave_office(employee=first.holder, last_day=date(2026, 9, 30), by="Ayu", at=BEFORE_Q4)
    second.holder.office = make_office()
    second.holder.save()

    proposal = proposal_of(office)
    apply(office, proposal)

    assert {row.misfit.cause for row in proposal.rows} == {"left"}
    assert len(proposal.rows) > 2
    assert not queries.duties_of(office).filter(holder__in=[first.holder, second.holder]).exists()
    assert proposal_of(office).rows == ()


def test_a_holiday_moves_a_day_a_week_without_working_days_falls_away_and_comes_back() -> None:
    office = make_staffed_office(6)
    make_published(office)
    week = [date(2026, 11, day) for day in range(9, 14)]
    declare(office, NOVEMBER_30, *week)

    proposal = proposal_of(office)
    apply(office, proposal)
    gone = queries.all_duties_of(office).get(starts_on=week[0])
    withdraw_holiday(holiday=holidays_of(office).get(on=week[2]), decree_number="SK 2", by="Ayu", at=BEFORE_Q4)
    back = proposal_of(office)
    apply(office, back)

    assert [(row.misfit.cause, row.misfit.posts_on) for row in proposal.rows] == [
        ("cancelled", None),
        ("moved", date(2026, 12, 1)),
    ]
    assert gone.cancelled_at is not None
    assert queries.duties_of(office).get(starts_on=NOVEMBER_30).posts_on == date(2026, 12, 1)
    assert [row.misfit.cause for row in back.rows] == ["new"]
    again = queries.duties_of(office).get(pk=gone.pk)
    assert (again.posts_on, again.sequence) == (week[2], gone.sequence + 1)
    assert queries.open_tasks_of(again).count() == 5


def test_applying_twice_does_nothing_and_a_changed_world_is_refused() -> None:
    office = make_staffed_office(6)
    make_published(office)
    duties = list(queries.duties_of(office)[:3])
    send_away(duties[0])
    looked_at = proposal_of(office)
    send_away(duties[1])

    with pytest.raises(actions.WorldChanged), transaction.atomic():
        apply(office, looked_at)
    fresh = proposal_of(office)
    apply(office, fresh)
    rows = list(queries.all_duties_of(office).values_list("pk", "holder", "sequence"))
    with pytest.raises(actions.WorldChanged), transaction.atomic():
        apply(office, fresh)

    assert list(queries.all_duties_of(office).values_list("pk", "holder", "sequence")) == rows
    assert duties[2].sequence == 0


def test_a_place_that_was_not_picked_stays_and_an_unable_person_is_refused_whole() -> None:
    office = make_staffed_office(6)
    make_published(office)
    one, other = list(queries.duties_of(office)[:2])
    send_away(one)
    send_away(other)
    proposal = proposal_of(office)
    stranger = make_employee(make_office())

    with pytest.raises(actions.CannotTakeOver), transaction.atomic():
        apply(office, proposal, **{proposal.rows[1].misfit.key: stranger.pk})
    untouched = [row.misfit.key for row in proposal_of(office).rows]
    key = proposal.rows[0].misfit.key
    actions.apply_repair(
        office=office, picks={key: proposal.picks[key]}, fingerprint=proposal.fingerprint, by="Ayu", at=BEFORE_Q4
    )

    assert untouched == [row.misfit.key for row in proposal.rows]
    assert [row.misfit.duty for row in proposal_of(office).rows] == [other]


def test_nobody_to_step_in_leaves_the_place_open_and_repairs_the_rest() -> None:
    office = make_staffed_office(2)
    make_published(office)
    first, second = list(queries.duties_of(office)[:2])
    for person in (first.holder, second.holder):
        assert person is not None
        add_absence(employee=person, starts_on=first.posts_on, ends_on=first.posts_on, by="Ayu", at=BEFORE_Q4)
    send_away(second)

    proposal = proposal_of(office)
    apply(office, proposal)

    assert [row.after is None for row in proposal.rows] == [True, False]
    assert len(proposal_of(office).rows) == 1


def test_who_has_served_this_week_is_not_the_first_to_step_in_next_week() -> None:
    office = make_staffed_office(14)
    make_published(office)
    this, following = list(queries.duties_of(office)[:2])
    send_away(following)
    tuesday = BEFORE_Q4.replace(month=10, day=6)  # the first turn was on Monday, 5 October

    [row] = propose(World.of(office, tuesday)).rows

    never = set(office.employees.values_list("pk", flat=True)) - {duty.holder_id for duty in queries.duties_of(office)}
    assert this.posts_on == date(2026, 10, 5)
    assert {row.after.pk if row.after else 0} == never  # 13 turns, 14 people: one has none yet


def test_due_times_follow_a_calendar_that_leaves_the_day_alone() -> None:
    office = make_staffed_office(4)
    make_published(office)
    duty = queries.duties_of(office).get(starts_on=NOVEMBER_30)
    considered = WorkingCalendar(working_calendar(office).days_off | {date(2026, 11, 25)})

    preview = deadlines.shifts(World.of(office, BEFORE_Q4, calendar=considered), BEFORE_Q4)
    declare(office, date(2026, 11, 25))
    done = actions.follow_deadlines(office=office, at=BEFORE_Q4)

    moved = {(one.task.subject, one.task.part): one.span for one in done}
    assert moved == {(one.task.subject, one.task.part): one.span for one in preview}
    assert set(moved) == {(duty.subject, "H-5"), (duty.subject, "H-3"), (duty.subject, "")}
    assert moved[duty.subject, "H-3"].opens_at == datetime(
        2026, 11, 23, 17, tzinfo=UTC
    )  # Tuesday the 24th in Bengkulu
    assert actions.follow_deadlines(office=office, at=BEFORE_Q4) == []
    card = queries.duty_tasks(duty).get(activity__rhythm=Activity.Rhythm.CARD)
    assert card.due_at == datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC)


@pytest.fixture
def published() -> Office:
    office = make_staffed_office(7)
    make_published(office, per_week=2)
    return office


SPANS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 90), st.integers(0, 40)), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(absences=SPANS, days_off=st.sets(st.integers(0, 90), max_size=8))
def test_a_repair_names_nobody_who_is_away_and_mends_all_it_names(
    published: Office, absences: list[tuple[int, int, int]], days_off: set[int]
) -> None:
    with transaction.atomic():
        people = list(published.employees.order_by("pk"))
        start = date(2026, 10, 1)
        for person, days, length in absences:
            first = start + timedelta(days=days)
            last = first + timedelta(days=length)
            add_absence(employee=people[person], starts_on=first, ends_on=last, by="Ayu", at=BEFORE_Q4)
        known = set(holidays_of(published).values_list("on", flat=True))
        declare(published, *({start + timedelta(days=day) for day in days_off} - known))
        world = World.of(published, BEFORE_Q4)
        proposal = propose(world)

        for row in proposal.rows:
            if row.after is not None:
                assert may_serve(world.person(row.after), world.weeks_standing[row.misfit.starts_on])
        apply(published, proposal)
        left = proposal_of(published)
        transaction.set_rollback(True)

    assert proposal.changes == proposal.bound
    assert [row.misfit.key for row in left.rows] == [
        row.misfit.key for row in proposal.rows if row.after is None and row.misfit.posts_on is not None
    ]
