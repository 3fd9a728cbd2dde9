"""Signed addresses of pictures and grounds: whoever was shown a design may fetch what it is made of, nobody else.

The personal page has no account behind it, so these addresses carry their own proof. They are the same every time
(no date in them), so that a browser keeps what it has.
"""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from pegasus.cards.domain.designs import SIZES, Design

_PICTURES, _GROUNDS = Signer(salt="cards.picture"), Signer(salt="cards.ground")
_ALIKE = Signer(salt="cards.alike")


def picture(pk: int) -> str:
    """Return the address of a template's picture."""
    return reverse("cards:design-file", args=[_PICTURES.sign(str(pk))])


def picture_behind(token: str) -> int | None:
    """Return which picture an address names."""
    try:
        return int(_PICTURES.unsign(token))
    except (BadSignature, ValueError):
        return None


def alike(pk: int) -> str:
    """Return the proof that somebody was told of a card which says the same."""
    return _ALIKE.sign(str(pk))


def alike_behind(proof: str) -> int | None:
    """Return which card a proof names."""
    try:
        return int(_ALIKE.unsign(proof))
    except (BadSignature, ValueError):
        return None


def ground(design: Design, office: int, size: str, *, with_photo: bool) -> str:
    """Return the address of a ground; it holds all of it, so that it is drawn only when it is asked for."""
    layers = design.backdrop(size, with_photo=with_photo)["layers"]
    bare = [{key: value for key, value in layer.items() if key not in {"at", "only"}} for layer in layers]
    said = {"o": office, "l": bare, "g": design.grain, "s": size}
    return reverse("cards:design-ground", args=[_GROUNDS.sign_object(said, compress=True)])


def ground_behind(token: str) -> tuple[int, str, dict[str, Any]] | None:
    """Return office, size and design of the ground that an address names."""
    try:
        said = _GROUNDS.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    if said["s"] not in SIZES:
        return None
    return said["o"], said["s"], {"name": "-", "background": said["l"], "grain": said["g"], "elements": []}
