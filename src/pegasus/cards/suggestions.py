"""What to offer a person who looks for words: what suits the week, what was not used yet, what is used least."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pegasus.cards.domain import occasions, tone, wording
from pegasus.cards.models import Card, Words
from pegasus.cards.queries import SENT, words_of
from pegasus.people.models import Office

OFFERED = 6
SPARE = "Semangat"  # fills up where a week's own themes hold too few
LEAST = 3


@dataclass(frozen=True)
class Offer:
    """Sayings that suit a week."""

    occasions: tuple[str, ...]
    themes: tuple[str, ...]
    sayings: list[Words]


@dataclass(frozen=True)
class ThemeUse:
    """How often the office's cards of a year had words of a theme."""

    theme: str
    cards: int
    is_least: bool


def for_week(office: Office, day: date) -> Offer:
    """Return sayings for a week's themes that no card of the office has had."""
    sent = _sent(office).values_list("words", "shown_on")
    return offer(list(words_of(office).exclude(theme="")), list(sent), day)


def offer(bank: Sequence[Words], sent: Iterable[tuple[str, date]], day: date) -> Offer:
    """Return sayings for a week: of its days, and of the values that the year's cards had least.

    Where those have too few that are new, the values next in need fill up. Each week begins at another saying; what
    speaks of one of the week's days stands first; what scolds is not offered.
    """
    used, uses = _uses(bank, sent, day.year)
    suits = occasions.themes_of_week(day, uses)
    fresh: dict[str, list[Words]] = {}
    for row in bank:
        if row.saying.key not in used and tone.suits(row.text, suits.occasions):
            fresh.setdefault(row.theme, []).append(row)
    turn = day.isocalendar().week
    found: list[Words] = []
    themes: list[str] = []
    tiers = [suits.themes, *([value] for value in occasions.values_by_need(day, uses)), [SPARE]]
    for wanted in tiers:
        missing = [theme for theme in wanted if theme not in themes]
        rotated = [_from(fresh[theme], turn) for theme in missing if theme in fresh]
        for rows in rotated:
            rows.sort(key=lambda row: not tone.is_for(row.text, suits.occasions))
        mixed = [rows[place] for place in range(OFFERED) for rows in rotated if place < len(rows)]
        themes += missing
        found += mixed[: OFFERED - len(found)]
        if len(found) >= OFFERED:
            break
    return Offer(suits.occasions, tuple(themes), found)


def theme_uses(office: Office, year: int) -> list[ThemeUse]:
    """Return how often each theme was on a card of a year; the least used are marked, nobody is named."""
    sent = _sent(office).filter(shown_on__year=year).values_list("words", "shown_on")
    _used, counted = _uses(words_of(office).exclude(theme=""), sent, year)
    least = sorted(counted, key=lambda theme: (counted[theme], theme))[:LEAST]
    return [ThemeUse(theme, counted[theme], theme in least) for theme in sorted(counted)]


def _uses(bank: Iterable[Words], sent: Iterable[tuple[str, date]], year: int) -> tuple[set[str], Counter[str]]:
    """Return the keys of all words that hung on a card, and how many of a year's cards had each theme."""
    themes = {row.saying.key: row.theme for row in bank}
    counted = Counter(dict.fromkeys(themes.values(), 0))
    used = set()
    for words, shown_on in sent:
        key = wording.key(words)
        used.add(key)
        if key in themes and shown_on.year == year:
            counted[themes[key]] += 1
    return used, counted


def _sent(office: Office) -> QuerySet[Card]:
    return Card.objects.filter(office=office, state__in=SENT).exclude(words="")


def _from(rows: list[Words], turn: int) -> list[Words]:
    start = turn % len(rows)
    return rows[start:] + rows[:start]
