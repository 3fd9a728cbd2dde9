"""The bank of words."""

import json
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet

from pegasus.cards.domain import likeness, meaning
from pegasus.cards.models import Words
from pegasus.people.models import Office

SHIPPED = Path(__file__).parent.parent / "bank.json"


def words_of(office: Office) -> QuerySet[Words]:
    """The only door to the bank of words: the shipped ones and the office's own."""
    return Words.objects.filter(Q(office=None) | Q(office=office)).order_by("theme", "pk")


def themes_of(office: Office) -> list[str]:
    """Return the themes of the bank."""
    return list(words_of(office).exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct())


def search_words(office: Office, asked: str) -> QuerySet[Words]:
    """Return the words in which every asked term occurs: in text, meaning, source or theme."""
    found = words_of(office)
    for term in asked.split()[:8]:
        found = found.filter(
            Q(text__icontains=term) | Q(meaning__icontains=term) | Q(source__icontains=term) | Q(theme__icontains=term)
        )
    return found


@cache
def meanings() -> likeness.Meanings:
    """Return what the sayings that Pegasus brings along mean."""
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return meaning.meanings((entry["text"], entry["meaning"]) for entry in shipped)
