"""The places of the product and who sees them; an address that does not exist yet is simply left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ON_A_PHONE = 5  # more than this does not fit under a thumb: the rest goes behind "Lainnya"
EVERYTHING = frozenset({"ca", "admin"})
RECORDS = frozenset({"cc", "cl", "head", "assessor"})


@dataclass(frozen=True)
class Place:
    """A page in the navigation; `roles` None is for everyone who is signed in."""

    address: str
    label: str | Promise
    icon: str
    roles: frozenset[str] | None = EVERYTHING

    @property
    def namespace(self) -> str:
        """The slice whose pages belong to this place."""
        return self.address.partition(":")[0]

    def is_for(self, roles: frozenset[str]) -> bool:
        """Tell whether somebody with these roles sees the place."""
        return self.roles is None or bool((self.roles | EVERYTHING) & roles)


PLACES = (
    Place("home:home", _("Beranda"), "house-door", None),
    Place("roster:index", _("Jadwal"), "calendar2-week", None),
    Place("cards:index", _("Kartu"), "postcard-heart", None),
    Place("delivery:index", _("Pesan"), "chat-dots"),
    Place("publishing:index", _("Unggahan"), "send", frozenset({"humas"})),
    Place("reports:index", _("Laporan"), "file-earmark-bar-graph", RECORDS),
    Place("sop:index", _("SOP"), "list-check", RECORDS),
    Place("archive:index", _("Arsip"), "archive", RECORDS),
    Place("people:index", _("Pegawai"), "people"),
    Place("calendar:index", _("Kalender"), "calendar-event"),
    Place("home:settings", _("Pengaturan"), "sliders"),
)
# An assessor from outside serves no turns: proof is all there is to see.
ONLY_ASSESSOR = frozenset({"assessor"})
TURNS = frozenset({"roster:index", "cards:index"})


@dataclass(frozen=True)
class Link:
    """A place as it stands on this page."""

    label: str | Promise
    icon: str
    url: str
    is_current: bool


def places_for(roles: Iterable[str]) -> list[Place]:
    """Return the places that somebody with these roles sees, in order."""
    held = frozenset(roles)
    return [place for place in PLACES if place.is_for(held) and not (held == ONLY_ASSESSOR and place.address in TURNS)]


def links_for(roles: Iterable[str], *, here: str) -> list[Link]:
    """Return the links of a page; `here` is its address' name such as `roster:week`."""
    links: list[Link] = []
    places = places_for(roles)
    exact = {place.address for place in places}
    for place in places:
        try:
            url = reverse(place.address)
        except NoReverseMatch:
            continue
        same_slice = here not in exact and place.namespace == here.partition(":")[0] and place.namespace != "home"
        links.append(Link(place.label, place.icon, url, is_current=here == place.address or same_slice))
    return links
