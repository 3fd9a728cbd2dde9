"""The calendar a journey goes by, reckoned apart from the code under test."""

from datetime import date, timedelta

import holidays

DAYS_OFF = set(holidays.country_holidays("ID", years=(2026, 2027), categories=("public", "government")))
DAY = timedelta(days=1)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in DAYS_OFF


def before(day: date, working_days: int) -> date:
    while working_days:
        day -= DAY
        working_days -= works(day)
    return day


def first_from(day: date) -> date:
    while not works(day):
        day += DAY
    return day


def after(day: date, working_days: int) -> date:
    while working_days:
        day += DAY
        working_days -= works(day)
    return day
