"""Where a template stands on the templates page: its group, and the occasion it was drawn for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pegasus.cards.models import CardTemplate

Words = str | Promise

GROUPS: dict[str, Words] = {
    "own": _("Buatan kantor ini"),
    "everyday": _("Sehari-hari"),
    "days": _("Hari istimewa"),
}


@dataclass(frozen=True)
class Place:
    """A shipped template's place."""

    group: str
    occasion: Words = ""


PLACES = {
    "lembar-pagi": Place("everyday"),
    "biru-rafflesia": Place("everyday"),
    "cakrawala": Place("everyday"),
    "dua-ruang": Place("everyday"),
    "jendela-besurek": Place("everyday"),
    "kawung": Place("everyday"),
    "merah-putih": Place("days", _("17 Agustus dan hari kebangsaan")),
    "deret-data": Place("days", _("Hari Statistik Nasional, 26 September")),
    "roncean-melati": Place("days", _("Hari Kartini dan Hari Ibu")),
    "bintang-delapan": Place("days", _("Ramadan dan Lebaran")),
    "lima-puluh-dua": Place("days", _("Akhir tahun")),
    "lilin": Place("days", _("Ucapan ulang tahun")),
}


def place_of(template: CardTemplate) -> Place:
    """Return where a template stands; an office's own ones stand first."""
    return Place("own") if template.office_id else PLACES.get(template.key, Place("everyday"))


def order(template: CardTemplate) -> tuple[int, int]:
    """Return by what templates are sorted: their group, then the order they are named in above."""
    groups, keys = list(GROUPS), list(PLACES)
    is_known = not template.office_id and template.key in keys
    return groups.index(place_of(template).group), keys.index(template.key) if is_known else len(keys)


def grouped(templates: Iterable[CardTemplate]) -> list[tuple[str, Words, list[CardTemplate]]]:
    """Return the groups that hold anything, in their order."""
    held: dict[str, list[CardTemplate]] = {group: [] for group in GROUPS}
    for template in sorted(templates, key=order):
        held[place_of(template).group].append(template)
    return [(group, GROUPS[group], found) for group, found in held.items() if found]
