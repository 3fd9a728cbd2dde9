"""A substitute is asked for in turn; a colleague is asked to exchange; the first answer counts."""

from datetime import datetime, timedelta

import pytest

from pegasus.delivery import actions as delivery
from pegasus.delivery.channels import text_of
from pegasus.delivery.models import Delivery
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Absence, Employee, PersonalLink
from pegasus.roster import actions, queries, wishes
from pegasus.roster.models import ASK_PURPOSE, Duty, DutyHolder, Swap, SwapAsk
from pegasus.roster.tests.builders import BEFORE_Q4, make_draft, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
Answer, State = SwapAsk.Answer, Swap.State
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_turn(number: int = 3, people: int = 20) -> Duty:
    office = make_staffed_office(people)
    make_published(office)
    return queries.duties_of(office).select_related("office")[number]


def wish(duty: Duty, at: datetime = BEFORE_Q4) -> Swap:
    return actions.ask_for_substitute(duty=duty, reason="dinas luar", at=at)


def waiting(swap: Swap) -> SwapAsk:
    return queries.asks_of(swap.duty.office).get(swap=swap, answer=Answer.WAITING)


def sent(ask: SwapAsk, at: datetime) -> None:
    message = Delivery.objects.get(key=f"ask|{ask.pk}")
    delivery.confirm(delivery=message, by="Ayu", at=at)
    actions.question_left(message=message, at=at)


def advance(swap: Swap, at: datetime) -> None:
    for pk in wishes.swaps_needing_work(at):
        found = wishes.swap_for_work(pk)
        assert found is not None
        actions.advance(swap=found, at=at)
    swap.refresh_from_db()


def open_links(ask: SwapAsk) -> int:
    return PersonalLink.objects.filter(purpose=ASK_PURPOSE, subject=ask.subject, revoked_at=None).count()


def holder(duty: Duty) -> Employee | None:
    return Duty.objects.get(pk=duty.pk).holder


def test_a_wish_asks_the_fairest_first_with_a_link_and_a_message() -> None:
    duty = a_turn()
    fairest = queries.substitutes(duty, BEFORE_Q4)[0].employee

    ask = waiting(wish(duty))

    message = Delivery.objects.get(key=f"ask|{ask.pk}")
    assert (ask.employee, ask.order, open_links(ask)) == (fairest, 1, 1)
    assert ask.answer_by == BEFORE_Q4 + DAY  # a working day
    assert message.to == fairest
    assert "berhalangan menyiapkan kartu Pegasus yang tayang Senin, 26 Oktober 2026" in message.text
    assert "/j/" in text_of(message)
    assert "sampai Selasa, 22 September, pukul 09.00" in message.text


def test_a_yes_hands_the_turn_over_and_tells_who_asked() -> None:
    duty = a_turn()
    old = duty.holder
    ask = waiting(wish(duty))

    answer = actions.answer_ask(ask=ask, accepts=True, by=ask.employee.name, at=BEFORE_Q4 + HOUR)

    swap = Swap.objects.get()
    held = DutyHolder.objects.get(duty=duty, held_until=None)
    news = Delivery.objects.get(key__startswith="news|")
    assert answer == Answer.YES
    assert holder(duty) == ask.employee == swap.to_employee
    assert held.reason == {"kind": "substitute", "text": "dinas luar", "swap": swap.pk}
    assert (swap.state, open_links(ask)) == (State.DONE, 1)  # to be read again, and to go on to the card
    assert news.to == old
    assert f"{ask.employee.name} bersedia menggantikan Anda" in news.text
    assert AuditEntry.objects.filter(action="duty.answered", actor=ask.employee.name).count() == 1


def test_a_no_and_a_silence_pass_the_question_on_until_the_ca_is_told() -> None:
    duty = a_turn()
    fairest = [one.employee for one in queries.substitutes(duty, BEFORE_Q4)]
    swap, at = wish(duty), BEFORE_Q4

    actions.answer_ask(ask=waiting(swap), accepts=False, by="ia", at=at)
    sent(waiting(swap), at)
    advance(swap, waiting(swap).answer_by)
    actions.answer_ask(ask=waiting(swap), accepts=False, by="ia", at=at + 2 * DAY)

    swap.refresh_from_db()
    asks = list(queries.asks_of(duty.office))
    assert [(ask.employee, ask.answer) for ask in asks] == list(
        zip(fairest, (Answer.NO, Answer.SILENT, Answer.NO), strict=True)
    )
    assert swap.state == State.EXHAUSTED
    assert list(queries.open_swaps(duty.office)) == [swap]
    assert holder(duty) == swap.from_employee
    assert "belum dapat menggantikan" in Delivery.objects.get(key__startswith="news|").text


def test_after_three_the_ca_may_have_three_more_asked() -> None:
    swap = wish(a_turn())
    for _round in range(3):
        actions.answer_ask(ask=waiting(swap), accepts=False, by="ia", at=BEFORE_Q4)

    ask = actions.ask_in_turn(swap=Swap.objects.get(), by="Ayu", at=BEFORE_Q4)

    assert ask is not None
    assert (ask.order, Swap.objects.get().state) == (4, State.ASKED)


def test_who_was_not_reached_is_not_silent() -> None:
    swap = wish(a_turn())
    ask = waiting(swap)

    advance(swap, ask.answer_by)

    assert waiting(swap) == ask
    assert waiting(swap).answer_by == ask.answer_by + DAY


def test_the_time_to_answer_counts_from_the_moment_the_message_left() -> None:
    swap = wish(a_turn())
    before = waiting(swap).answer_by

    sent(waiting(swap), BEFORE_Q4 + 2 * HOUR)

    assert waiting(swap).answer_by == before + 2 * HOUR


def test_moving_on_twice_asks_once() -> None:
    swap = wish(a_turn())
    sent(waiting(swap), BEFORE_Q4)
    overdue = waiting(swap).answer_by

    advance(swap, overdue)
    advance(swap, overdue)

    assert [ask.answer for ask in queries.asks_of(swap.duty.office)] == [Answer.SILENT, Answer.WAITING]


def test_the_second_of_two_answers_is_told() -> None:
    swap = wish(a_turn())
    one, same = waiting(swap), waiting(swap)
    actions.answer_ask(ask=one, accepts=False, by="ia", at=BEFORE_Q4)

    with pytest.raises(actions.AskClosed):
        actions.answer_ask(ask=same, accepts=True, by="ia", at=BEFORE_Q4)

    assert holder(swap.duty) == swap.from_employee


def test_a_yes_that_the_rules_no_longer_allow_asks_the_next() -> None:
    duty = a_turn()
    swap = wish(duty)
    ask = waiting(swap)
    Absence.objects.create(employee=ask.employee, starts_on=duty.posts_on, ends_on=duty.posts_on)

    answer = actions.answer_ask(ask=ask, accepts=True, by="ia", at=BEFORE_Q4)

    assert answer == Answer.UNABLE
    assert waiting(swap).order == 2
    assert holder(duty) == swap.from_employee


def test_withdrawing_closes_the_question_its_link_and_its_message() -> None:
    swap = wish(a_turn())
    ask = waiting(swap)

    actions.withdraw_request(swap=swap, by="Orang", at=BEFORE_Q4 + HOUR)

    ask.refresh_from_db()
    assert (ask.answer, open_links(ask)) == (Answer.CLOSED, 0)
    assert Delivery.objects.get().state == Delivery.State.CANCELLED
    with pytest.raises(actions.AskClosed):
        actions.answer_ask(ask=ask, accepts=True, by="ia", at=BEFORE_Q4 + HOUR)


def test_appointing_somebody_ends_the_asking() -> None:
    duty = a_turn()
    swap = wish(duty)
    ask = waiting(swap)
    to = queries.substitutes(duty, BEFORE_Q4)[2].employee

    actions.reassign_duty(duty=duty, to=to, by="Ayu", at=BEFORE_Q4, reason="")

    swap.refresh_from_db()
    ask.refresh_from_db()
    assert (swap.state, swap.to_employee, ask.answer) == (State.DONE, to, Answer.CLOSED)


def test_a_wish_ends_when_its_turn_went_another_way_or_is_over() -> None:
    duty = a_turn()
    swap = wish(duty)

    advance(swap, BEFORE_Q4 + 60 * DAY)

    assert swap.state == State.LAPSED
    assert not queries.asks_of(duty.office).filter(answer=Answer.WAITING).exists()


def test_where_no_time_is_left_the_ca_is_told_at_once() -> None:
    duty = a_turn()
    on_the_day = BEFORE_Q4.replace(month=10, day=26)

    swap = wish(duty, on_the_day)

    assert Swap.objects.get() == swap
    assert Swap.objects.get().state == State.EXHAUSTED
    assert not Delivery.objects.exists()


def test_a_colleague_who_agrees_exchanges_turns() -> None:
    duty = a_turn()
    other = queries.duties_of(duty.office).select_related("office")[7]
    me, colleague = duty.holder, other.holder
    actions.ask_to_swap(duty=duty, other=other, reason="cuti", at=BEFORE_Q4)
    ask = queries.asks_of(duty.office).get()

    answer = actions.answer_ask(ask=ask, accepts=True, by=ask.employee.name, at=BEFORE_Q4)

    assert answer == Answer.YES
    assert (holder(duty), holder(other)) == (colleague, me)
    assert "giliran Anda tayang Senin, 23 November 2026" in Delivery.objects.get(key__startswith="news|").text


def test_a_colleague_who_declines_leaves_everything_as_it_is() -> None:
    duty = a_turn()
    other = queries.duties_of(duty.office).select_related("office")[7]
    me = duty.holder
    actions.ask_to_swap(duty=duty, other=other, reason="", at=BEFORE_Q4)

    actions.answer_ask(ask=queries.asks_of(duty.office).get(), accepts=False, by="ia", at=BEFORE_Q4)

    assert (holder(duty), Swap.objects.get().state) == (me, State.DECLINED)
    assert "tetap milik Anda" in Delivery.objects.get(key__startswith="news|").text


def test_an_exchange_lapses_when_the_wanted_turn_changes_hands() -> None:
    duty = a_turn()
    other = queries.duties_of(duty.office).select_related("office")[7]
    actions.ask_to_swap(duty=duty, other=other, reason="", at=BEFORE_Q4)
    to = queries.substitutes(other, BEFORE_Q4)[0].employee

    actions.reassign_duty(duty=other, to=to, by="Ayu", at=BEFORE_Q4, reason="")

    assert Swap.objects.get().state == State.LAPSED
    assert SwapAsk.objects.get().answer == Answer.CLOSED


def test_only_one_wish_is_open_for_a_turn() -> None:
    duty = a_turn()
    wish(duty)
    other = queries.duties_of(duty.office).select_related("office")[7]

    with pytest.raises(actions.AlreadyAsked):
        actions.ask_to_swap(duty=duty, other=other, reason="", at=BEFORE_Q4)

    assert Swap.objects.count() == 1


def test_two_wishes_ask_two_people() -> None:
    first = a_turn()
    second = queries.duties_of(first.office).select_related("office")[4]

    one, two = waiting(wish(first)), waiting(wish(second))

    assert one.employee != two.employee


def test_a_turn_that_is_taken_away_ends_its_question_at_once() -> None:
    duty = a_turn()
    swap = wish(duty)
    ask = waiting(swap)

    actions.publishing.cancel_duties([duty], by="Ayu", at=BEFORE_Q4 + HOUR)

    swap.refresh_from_db()
    ask.refresh_from_db()
    assert (swap.state, ask.answer, open_links(ask)) == (State.LAPSED, Answer.CLOSED, 0)
    assert Delivery.objects.get(key=f"ask|{ask.pk}").state == Delivery.State.CANCELLED


def test_a_new_version_that_gives_the_turn_to_another_ends_its_question_at_once() -> None:
    duty = a_turn()
    holder, office = duty.holder, duty.office
    assert holder is not None
    swap = wish(duty)
    ask = waiting(swap)
    Absence.objects.create(employee=holder, kind=Absence.Kind.LEAVE, starts_on=duty.starts_on, ends_on=duty.posts_on)

    actions.publish_roster(roster=make_draft(office), by="Ayu", at=BEFORE_Q4 + HOUR)

    swap.refresh_from_db()
    ask.refresh_from_db()
    duty.refresh_from_db()
    assert duty.holder != holder
    assert (swap.state, ask.answer, open_links(ask)) == (State.DONE, Answer.CLOSED, 0)


def test_who_wanted_a_turn_in_exchange_that_is_taken_away_hears_of_it() -> None:
    duty = a_turn()
    other = queries.duties_of(duty.office).select_related("office")[6]
    swap = actions.ask_to_swap(duty=duty, other=other, reason="", at=BEFORE_Q4)

    actions.publishing.cancel_duties([other], by="Ayu", at=BEFORE_Q4 + HOUR)

    swap.refresh_from_db()
    news = Delivery.objects.get(key__startswith="news|")
    assert (swap.state, news.to) == (State.LAPSED, duty.holder)
