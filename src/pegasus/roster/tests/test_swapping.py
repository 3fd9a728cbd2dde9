"""Two people exchange their turns, and every change is undone by its opposite."""

from datetime import timedelta

import pytest

from pegasus.kernel.models import AuditEntry
from pegasus.people.actions import open_link
from pegasus.people.models import Absence, Employee
from pegasus.roster import actions, queries
from pegasus.roster.models import LINK_PURPOSE, Duty
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
LATER = BEFORE_Q4 + timedelta(hours=1)


def two_turns(people: int = 20) -> tuple[Duty, Duty]:
    office = make_staffed_office(people)
    make_published(office)
    duties = queries.duties_of(office).select_related("office")
    return duties[3], duties[6]


def holder(duty: Duty) -> Employee:
    duty.refresh_from_db()
    assert duty.holder is not None
    return duty.holder


def test_a_swap_exchanges_both_turns_with_their_tasks_links_and_reasons() -> None:
    one, other = two_turns()
    first, second = holder(one), holder(other)
    link = open_link(
        employee=first, purpose=LINK_PURPOSE, subject=one.subject, expires_at=LATER + timedelta(days=90), at=BEFORE_Q4
    )

    actions.swap_duties(one=one, other=other, by="Ayu", at=LATER, reason="dinas luar", confirmed_by="Ayu")

    assert (holder(one), holder(other)) == (second, first)
    assert (one.sequence, other.sequence) == (1, 1)
    assert {task.owner for task in queries.duty_tasks(one).filter(role="pegawai")} == {second}
    assert {task.owner for task in queries.duty_tasks(other).filter(role="pegawai")} == {first}
    link.refresh_from_db()
    assert link.revoked_at == LATER
    told = {"kind": "swap", "with": other.pk, "text": "dinas luar", "confirmed_by": "Ayu"}
    assert one.holders.get(held_until=None).reason == told
    assert AuditEntry.objects.filter(action="duty.reassigned", at=LATER).count() == 2


def test_undoing_a_swap_gives_both_turns_back() -> None:
    one, other = two_turns()
    first, second = holder(one), holder(other)
    actions.swap_duties(one=one, other=other, by="Ayu", at=LATER, reason="")

    actions.undo_change(holder=one.holders.get(held_until=None), by="Ayu", at=LATER + timedelta(hours=1))

    assert (holder(one), holder(other)) == (first, second)
    assert [one.sequence, other.sequence] == [2, 2]


def test_undoing_a_hand_over_gives_the_turn_back() -> None:
    one, _other = two_turns()
    first = holder(one)
    to = queries.substitutes(one, LATER)[0].employee
    actions.reassign_duty(duty=one, to=to, by="Ayu", at=LATER, reason="")

    actions.undo_change(holder=one.holders.get(held_until=None), by="Ayu", at=LATER)

    assert holder(one) == first


def test_what_another_change_followed_cannot_be_undone() -> None:
    one, other = two_turns()
    actions.swap_duties(one=one, other=other, by="Ayu", at=LATER, reason="")
    to = queries.substitutes(other, LATER)[0].employee
    actions.reassign_duty(duty=other, to=to, by="Ayu", at=LATER + timedelta(hours=1), reason="")

    with pytest.raises(actions.NothingToUndo):
        actions.undo_change(holder=one.holders.get(held_until=None), by="Ayu", at=LATER + timedelta(hours=2))

    assert one.sequence == 1


def test_an_undo_pressed_twice_is_told_that_it_was_done() -> None:
    one, _other = two_turns()
    first = holder(one)
    actions.reassign_duty(duty=one, to=queries.substitutes(one, LATER)[0].employee, by="Ayu", at=LATER, reason="")
    pressed, again = one.holders.get(held_until=None), one.holders.get(held_until=None)
    actions.undo_change(holder=pressed, by="Ayu", at=LATER + timedelta(hours=1))

    with pytest.raises(actions.NothingToUndo):
        actions.undo_change(holder=again, by="Budi", at=LATER + timedelta(hours=1))

    assert holder(one) == first


def test_the_first_holder_cannot_be_undone() -> None:
    one, _other = two_turns()

    with pytest.raises(actions.NothingToUndo):
        actions.undo_change(holder=one.holders.get(), by="Ayu", at=LATER)


def test_an_undo_keeps_to_the_rules() -> None:
    one, other = two_turns()
    first = holder(one)
    actions.swap_duties(one=one, other=other, by="Ayu", at=LATER, reason="")
    Absence.objects.create(employee=first, starts_on=one.posts_on, ends_on=one.posts_on)

    with pytest.raises(actions.CannotTakeOver):
        actions.undo_change(holder=one.holders.get(held_until=None), by="Ayu", at=LATER)


def test_nobody_is_swapped_into_a_week_of_absence() -> None:
    one, other = two_turns()
    first, second = holder(one), holder(other)
    Absence.objects.create(employee=first, starts_on=other.posts_on, ends_on=other.posts_on)

    with pytest.raises(actions.CannotTakeOver):
        actions.swap_duties(one=one, other=other, by="Ayu", at=LATER, reason="")

    assert (holder(one), holder(other)) == (first, second)


def test_two_places_of_one_week_and_turns_of_two_offices_are_not_swapped() -> None:
    office = make_staffed_office(30)
    make_published(office, per_week=2)
    one, beside = queries.duties_of(office).select_related("office")[:2]
    foreign, _other = two_turns()

    for partner in (beside, foreign):
        with pytest.raises(actions.CannotTakeOver):
            actions.swap_duties(one=one, other=partner, by="Ayu", at=LATER, reason="")


def test_the_second_of_two_swaps_at_once_is_told() -> None:
    one, other = two_turns()
    stale = Duty.objects.select_related("office", "holder").get(pk=one.pk)
    third = queries.duties_of(one.office).select_related("office")[9]
    actions.swap_duties(one=one, other=other, by="Ayu", at=LATER, reason="")
    before = holder(third)

    with pytest.raises(actions.HolderChanged):
        actions.swap_duties(one=stale, other=third, by="Budi", at=LATER, reason="")

    assert holder(third) == before


def test_a_turn_that_is_over_is_not_swapped() -> None:
    one, other = two_turns()

    with pytest.raises(actions.DutyIsOver):
        actions.swap_duties(one=one, other=other, by="Ayu", at=BEFORE_Q4 + timedelta(days=60), reason="")
