"""Which themes suit a week: days the country keeps, the end of a quarter, and each value of BerAKHLAK in its turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pegasus.cards.domain.sayings import VALUES

DAYS: dict[tuple[int, int], tuple[str, tuple[str, ...]]] = {
    (1, 1): ("Tahun Baru", ("Awal tahun", "Semangat")),
    (4, 21): ("Hari Kartini", ("Kebangsaan", "Kompeten")),
    (5, 2): ("Hari Pendidikan Nasional", ("Kompeten",)),
    (5, 20): ("Hari Kebangkitan Nasional", ("Kebangsaan", "Kolaboratif")),
    (6, 1): ("Hari Lahir Pancasila", ("Kebangsaan", "Kolaboratif")),
    (8, 17): ("Hari Kemerdekaan", ("Kebangsaan", "Kepahlawanan")),
    (9, 26): ("Hari Statistik Nasional", ("Akuntabel", "Kompeten")),
    (10, 1): ("Hari Kesaktian Pancasila", ("Kebangsaan",)),
    (10, 28): ("Hari Sumpah Pemuda", ("Kebangsaan", "Kolaboratif")),
    (11, 10): ("Hari Pahlawan", ("Kepahlawanan", "Kebangsaan")),
    (11, 25): ("Hari Guru Nasional", ("Kompeten",)),
    (11, 29): ("HUT KORPRI", ("Loyal", "Berorientasi Pelayanan")),
    (12, 22): ("Hari Ibu", ("Harmonis", "Silaturahmi")),
}
QUARTER_ENDS = (3, 6, 9, 12)
WEEK = 7
EARLY = 14  # January is young until then


@dataclass(frozen=True)
class WeekThemes:
    """What suits a week: the days it holds by name, and themes, the most fitting first."""

    occasions: tuple[str, ...]
    themes: tuple[str, ...]


def themes_of_week(day: date, uses: Mapping[str, int] | None = None) -> WeekThemes:
    """Return what suits the week, Monday to Sunday, in which a day lies.

    The value whose turn it is comes after the days; `uses`, the year's cards by theme, give the turn to the value that
    they had least.
    """
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(WEEK)]
    found = [DAYS[(one.month, one.day)] for one in week if (one.month, one.day) in DAYS]
    themes = [theme for _name, suits in found for theme in suits]
    if day.month == 1 and day.day <= EARLY:
        themes.append("Awal tahun")
    if day.month in QUARTER_ENDS and (day + timedelta(days=WEEK)).month != day.month:
        themes.append("Akuntabel")  # the report is near
    themes.append(values_by_need(day, uses or {})[0])
    return WeekThemes(tuple(name for name, _suits in found), tuple(dict.fromkeys(themes)))


def values_by_need(day: date, uses: Mapping[str, int]) -> list[str]:
    """Return the values of BerAKHLAK, the least used first; among equals each week begins at another one."""
    turn = day.isocalendar().week
    rotated = [VALUES[(turn + place) % len(VALUES)] for place in range(len(VALUES))]
    return sorted(rotated, key=lambda value: uses.get(value, 0))
