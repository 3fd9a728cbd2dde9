"""What the page with both files says of each pair of pages."""

from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext as _

from pegasus.signing.models import ReturnedFile

SCALE = 1000
LEAST_MARK = 8  # a difference of one dot must be seen


@dataclass(frozen=True)
class PagePair:
    """One page as it was sent and as it came back; the mark lies in thousandths of the page."""

    number: int
    is_same: bool
    finding: str
    mark: tuple[int, int, int, int] | None = None


def page_pairs(returned: ReturnedFile) -> list[PagePair]:
    """Return each compared page with what the comparison found."""
    return [_pair(page) for page in returned.pages]


def split_pairs(pairs: list[PagePair]) -> tuple[list[PagePair], list[PagePair]]:
    """Return the pairs to look at and those to fold away: where none differs, the first page stands for all."""
    differing = [pair for pair in pairs if not pair.is_same]
    shown = differing or pairs[:1]
    return shown, [pair for pair in pairs if pair not in shown]


def _pair(page: dict[str, object]) -> PagePair:
    number, changed, lost = int(str(page["number"])), float(str(page["changed"])), float(str(page["lost"]))
    where = page["where"]
    if changed == 0 or not isinstance(where, list) or not where:
        return PagePair(number, is_same=True, finding=_("Sama persis sebagai gambar."))
    facts = {"changed": localize(max(0.1, round(100 * changed, 1))), "lost": localize(max(0.1, round(100 * lost, 1)))}
    finding = (
        _("Berbeda di %(changed)s %% bidang halaman, dan %(lost)s %% tinta naskah hilang atau berubah.") % facts
        if lost
        else _("Ada tambahan di %(changed)s %% bidang halaman, dan tidak ada yang hilang dari naskah.") % facts
    )
    left, top, right, bottom = (round(SCALE * float(edge)) for edge in where)
    return PagePair(
        number, is_same=False, finding=finding, mark=(left, top, max(right - left, 8), max(bottom - top, 8))
    )
