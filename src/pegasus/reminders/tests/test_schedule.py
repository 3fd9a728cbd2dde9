from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.reminders.domain.keys import Key
from pegasus.reminders.domain.schedule import OFFSETS, Clock, Decision, Facts, decide, next_moment

MONDAY = date(2026, 11, 30)
WIB = Clock(WorkingCalendar(), "working", time(8), "Asia/Jakarta")

days_off = st.frozensets(st.dates(date(2026, 11, 1), date(2026, 12, 31)), max_size=6)
clocks = st.builds(
    Clock,
    days_off.map(WorkingCalendar),
    st.sampled_from(["working", "calendar"]),
    st.times(time(6), time(16)),
    st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)
moments = st.datetimes(datetime(2026, 11, 10), datetime(2026, 12, 3)).map(  # noqa: DTZ001 - made aware at once
    lambda naive: naive.replace(tzinfo=UTC)
)


def facts(offset: int = 5, **given: object) -> Facts:
    defaults = {"posts_on": MONDAY, "still_holds": True, "card_is_in": False, "is_away": False}
    return Facts(offset=offset, **defaults | given)  # type: ignore[arg-type]


def wib(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def test_h5_and_h3_count_working_days_back_from_the_posting_day() -> None:
    assert WIB.due_at(MONDAY, 5) == wib(23)
    assert WIB.due_at(MONDAY, 3) == wib(25)


def test_calendar_days_are_pulled_back_to_a_working_day() -> None:
    calendar_days = Clock(WorkingCalendar(), "calendar", time(8), "Asia/Jakarta")

    assert calendar_days.day_of(MONDAY, 5) == date(2026, 11, 25)
    assert calendar_days.day_of(MONDAY, 3) == date(2026, 11, 27)


def test_the_hour_is_the_offices_own() -> None:
    papua = Clock(WorkingCalendar(), "working", time(8), "Asia/Jayapura")

    assert WIB.due_at(MONDAY, 5) - papua.due_at(MONDAY, 5) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("at", "offset", "decision"),
    [
        (wib(23, 7, 59), 5, Decision.WAIT),
        (wib(23), 5, Decision.SEND),
        (wib(23, 21), 5, Decision.WAIT),  # the evening is quiet
        (wib(24, 9), 5, Decision.SEND),  # late, and still before H-3
        (wib(25), 5, Decision.MERGED),  # never two on one day
        (wib(25), 3, Decision.SEND),
        (wib(28, 9), 3, Decision.WAIT),  # a Saturday
        (wib(30, 9), 3, Decision.SEND),  # late start: the one that is due
    ],
)
def test_what_is_due_goes_on_a_working_day_at_a_decent_hour(at: datetime, offset: int, decision: Decision) -> None:
    assert decide(facts(offset), WIB, at) == decision


def test_after_the_posting_day_nothing_goes() -> None:
    assert decide(facts(3), WIB, wib(30) + timedelta(days=1)) == Decision.MISSED


def test_who_is_away_is_left_in_peace() -> None:
    assert decide(facts(3, is_away=True), WIB, wib(25)) == Decision.AWAY


@given(clocks, moments, st.booleans())
def test_never_two_on_one_day(clock: Clock, at: datetime, is_away: bool) -> None:  # noqa: FBT001 - hypothesis passes it
    going = [n for n in OFFSETS if decide(facts(n, is_away=is_away), clock, at) is Decision.SEND]

    assert len(going) <= 1


@given(clocks, moments, st.sampled_from(OFFSETS))
def test_what_goes_goes_on_a_working_day_not_before_its_hour_and_not_after_the_posting_day(
    clock: Clock, at: datetime, offset: int
) -> None:
    if decide(facts(offset), clock, at) is Decision.SEND:
        assert clock.due_at(MONDAY, offset) <= at
        assert clock.calendar.is_working_day(clock.local(at).date())
        assert clock.hour <= clock.local(at).time() < time(20)
        assert clock.local(at).date() <= MONDAY


@given(clocks, moments, st.sampled_from(OFFSETS), st.booleans())
def test_nothing_goes_once_the_card_is_in_or_the_duty_is_handed_over(
    clock: Clock,
    at: datetime,
    offset: int,
    is_away: bool,  # noqa: FBT001 - hypothesis passes it
) -> None:
    assert decide(facts(offset, card_is_in=True, is_away=is_away), clock, at) is Decision.NOT_NEEDED
    assert decide(facts(offset, still_holds=False, is_away=is_away), clock, at) is Decision.HANDED_OVER


@given(st.builds(Key, st.integers(1), st.integers(1), st.sampled_from(OFFSETS), st.booleans()))
def test_a_key_can_be_read_again(key: Key) -> None:
    assert Key.parse(str(key)) == key


def test_the_key_is_the_one_of_the_design() -> None:
    assert str(Key(42, 7, 5)) == "reminder|duty=42|person=7|D-5"
    assert Key.parse("group|duty=42") is None


@pytest.mark.parametrize(
    ("offset", "at", "moment"),
    [
        (5, wib(20), wib(23)),  # before its time
        (5, wib(23, 8), wib(23, 8)),  # at its time
        (5, wib(23, 20), wib(24)),  # in the evening: the next morning
        (5, wib(24, 7, 59), wib(24)),
        (5, wib(25), None),  # the last reminder takes its place
        (3, wib(25, 21), wib(26)),
        (3, wib(27, 20), wib(30)),  # Friday evening: Monday is the posting day itself
        (3, wib(28, 10), wib(30)),
        (3, wib(30, 20), None),  # the posting day is over
    ],
)
def test_the_next_moment_of_a_reminder(offset: int, at: datetime, moment: datetime | None) -> None:
    assert next_moment(MONDAY, offset, WIB, at) == moment


def test_a_holiday_is_passed_over() -> None:
    clock = Clock(WorkingCalendar(frozenset({date(2026, 11, 26)})), "calendar", time(8), "Asia/Jakarta")

    assert clock.next_good_moment(wib(26, 9)) == wib(27)
    assert next_moment(MONDAY, 3, clock, wib(25, 9)) == wib(27)
