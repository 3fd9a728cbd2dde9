"""The deadlines of asking in turn: always in office hours, never after the last working day before posting."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.calendar.domain.working_days import DAY, WorkingCalendar
from pegasus.roster.domain.asking import BEGINS, ENDS, LONGEST, SHORTEST, OfficeHours, answer_by

MONDAY = date(2026, 11, 30)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
hours = st.builds(
    OfficeHours,
    st.builds(WorkingCalendar, st.frozensets(st.dates(date(2026, 11, 9), date(2026, 12, 4)), max_size=8)),
    st.sampled_from(ZONES),
)
moments = st.datetimes(datetime(2026, 11, 9), datetime(2026, 11, 30, 12), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside


def local(moment: datetime, zone: str = "Asia/Jakarta") -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta")).astimezone(UTC)


@settings(max_examples=60, deadline=None)
@given(hours, moments, st.integers(1, 3))
def test_an_answer_is_due_in_office_hours_before_the_posting_day(
    office: OfficeHours, asked_at: datetime, still_to_ask: int
) -> None:
    due = answer_by(office, posts_on=MONDAY, asked_at=asked_at, still_to_ask=still_to_ask)

    if due is None:
        assert office.between(asked_at, office.latest(MONDAY)) < SHORTEST
        return
    there = local(due, office.zone)
    assert asked_at < due <= office.latest(MONDAY)
    assert office.calendar.is_working_day(there.date())
    assert BEGINS < there.time() <= ENDS
    assert SHORTEST <= office.between(asked_at, due) <= LONGEST


@settings(max_examples=40, deadline=None)
@given(hours, moments)
def test_three_silences_leave_time_for_the_third_to_be_asked_or_none_at_all(
    office: OfficeHours, asked_at: datetime
) -> None:
    enough = office.between(asked_at, office.latest(MONDAY)) >= 3 * SHORTEST

    asked, moment = 0, asked_at
    for still_to_ask in (3, 2, 1):
        due = answer_by(office, posts_on=MONDAY, asked_at=moment, still_to_ask=still_to_ask)
        if due is None:
            break
        asked, moment = asked + 1, due

    assert moment <= office.latest(MONDAY) or asked == 0
    assert asked == 3 or not enough


@settings(max_examples=40, deadline=None)
@given(hours, moments, st.integers(1, 3))
def test_who_is_asked_later_answers_no_earlier(office: OfficeHours, asked_at: datetime, still_to_ask: int) -> None:
    first = answer_by(office, posts_on=MONDAY, asked_at=asked_at, still_to_ask=still_to_ask)
    second = answer_by(office, posts_on=MONDAY, asked_at=asked_at + timedelta(hours=1), still_to_ask=still_to_ask)

    assert first is not None or second is None
    assert first is None or second is None or second >= first - timedelta(minutes=1)


def test_far_from_the_posting_day_each_has_one_working_day() -> None:
    office = OfficeHours(WorkingCalendar(), "Asia/Jakarta")

    due = answer_by(office, posts_on=MONDAY, asked_at=wib(13, 14), still_to_ask=3)

    assert due == wib(16, 14)  # Friday afternoon to Monday afternoon


def test_near_the_posting_day_the_hours_left_are_shared() -> None:
    office = OfficeHours(WorkingCalendar(), "Asia/Jakarta")

    due = answer_by(office, posts_on=MONDAY, asked_at=wib(27, 10), still_to_ask=3)

    assert due == wib(27, 12)  # Friday, six hours before the weekend: two each


def test_a_day_off_counts_for_nothing() -> None:
    office = OfficeHours(WorkingCalendar(frozenset({MONDAY - 3 * DAY})), "Asia/Jakarta")

    assert office.latest(MONDAY) == wib(26, 16)
    assert answer_by(office, posts_on=MONDAY, asked_at=wib(26, 15, 30), still_to_ask=1) is None
