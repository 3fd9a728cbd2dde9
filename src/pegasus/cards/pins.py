"""A version of a card as people see it: its picture in a size, and where each comment on it stands."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.archive.models import Record
from pegasus.cards.domain import places
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.models import CardComment, CardVersion

SIZE_NAMES: dict[str, str | Promise] = {
    "portrait": gettext_lazy("Potret 4:5"),
    "square": gettext_lazy("Persegi 1:1"),
    "story": gettext_lazy("Story 9:16"),
}
PLACE_NAMES: dict[str, str | Promise] = {
    "atas-kiri": gettext_lazy("kiri atas"),
    "atas-tengah": gettext_lazy("tengah atas"),
    "atas-kanan": gettext_lazy("kanan atas"),
    "tengah-kiri": gettext_lazy("kiri tengah"),
    "tengah-tengah": gettext_lazy("tengah"),
    "tengah-kanan": gettext_lazy("kanan tengah"),
    "bawah-kiri": gettext_lazy("kiri bawah"),
    "bawah-tengah": gettext_lazy("tengah bawah"),
    "bawah-kanan": gettext_lazy("kanan bawah"),
}


@dataclass(frozen=True)
class Remark:
    """A comment with the words for its place and, where it has one, its point on the picture."""

    comment: CardComment

    @property
    def where(self) -> str:
        """Say where it stands: Potret 4:5, kiri atas."""
        one = self.comment
        if one.x is None or one.y is None:
            return _("Seluruh kartu")
        return f"{SIZE_NAMES.get(one.size, one.size)}, {PLACE_NAMES[places.ninth_of(one.x, one.y)]}"

    @property
    def transform(self) -> str:
        """Return its point as SVG has it, counted in the picture's pixels."""
        width, height = SIZES.get(self.comment.size, SIZES["portrait"])
        return f"translate({(self.comment.x or 0) * width:.0f} {(self.comment.y or 0) * height:.0f})"


@dataclass(frozen=True)
class Shown:
    """A version in one size."""

    version: CardVersion
    size: str
    pictures: dict[str, Record]
    remarks: list[Remark]

    @property
    def picture(self) -> Record | None:
        """Return the file."""
        return self.pictures.get(self.size)

    @property
    def sizes(self) -> dict[str, str | Promise]:
        """Return the sizes there are, by name."""
        return {size: SIZE_NAMES[size] for size in self.pictures}

    @property
    def pins(self) -> list[Remark]:
        """Return what is pinned to this size."""
        return [one for one in self.remarks if one.comment.size == self.size]

    @property
    def open(self) -> list[Remark]:
        """Return what nobody has seen to."""
        return [one for one in self.remarks if one.comment.done_at is None]

    @property
    def view_box(self) -> str:
        """Return the picture's measure as SVG has it."""
        width, height = SIZES[self.size]
        return f"0 0 {width} {height}"


def show(version: CardVersion, size: str) -> Shown:
    """Return a version (with its pictures and comments loaded) in a size, or in the first that there is."""
    found = {picture.size: picture.record for picture in version.pictures.all()}
    pictures = {name: found[name] for name in SIZES if name in found}
    at = size if size in pictures else next(iter(pictures), "portrait")
    return Shown(version, at, pictures, [Remark(comment) for comment in version.comments.all()])
