"""What to offer a person who looks for words: what suits the week, what was not used yet, what is used least."""

from collections import Counter
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
    """Return sayings for a week's themes that no card of the office has had; each week begins at another one.

    What speaks of one of the week's days stands first; what scolds is not offered.
    """
    suits = occasions.themes_of_week(day)
    used = {wording.key(words) for words in _sent(office).values_list("words", flat=True)}
    by_theme: dict[str, list[Words]] = {theme: [] for theme in (*suits.themes, SPARE)}
    for row in words_of(office).filter(theme__in=by_theme):
        if row.saying.key not in used and tone.suits(row.text, suits.occasions):
            by_theme[row.theme].append(row)
    turn = day.isocalendar().week
    rotated = [_from(by_theme[theme], turn) for theme in suits.themes if by_theme[theme]]
    for rows in rotated:
        rows.sort(key=lambda row: not tone.is_for(row.text, suits.occasions))
    mixed = [rows[place] for place in range(OFFERED) for rows in rotated if place < len(rows)]
    if len(mixed) >= OFFERED or SPARE in suits.themes:
        return Offer(suits.occasions, suits.themes, mixed[:OFFERED])
    spare = _from(by_theme[SPARE], turn) if by_theme[SPARE] else []
    return Offer(suits.occasions, (*suits.themes, SPARE), [*mixed, *spare][:OFFERED])


def theme_uses(office: Office, year: int) -> list[ThemeUse]:
    """Return how often each theme was on a card of a year; the least used are marked, nobody is named."""
    themes: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for row in words_of(office).exclude(theme=""):
        themes[row.saying.key] = row.theme
        counted.setdefault(row.theme, 0)
    for words in _sent(office).filter(shown_on__year=year).values_list("words", flat=True):
        theme = themes.get(wording.key(words))
        if theme:
            counted[theme] += 1
    least = sorted(counted, key=lambda theme: (counted[theme], theme))[:LEAST]
    return [ThemeUse(theme, counted[theme], theme in least) for theme in sorted(counted)]


def _sent(office: Office) -> QuerySet[Card]:
    return Card.objects.filter(office=office, state__in=SENT).exclude(words="")


def _from(rows: list[Words], turn: int) -> list[Words]:
    start = turn % len(rows)
    return rows[start:] + rows[:start]
