"""How much two pictures differ to the eye: edges by the pixel, colours by the patch.

Edges: pictures are mixed over MIXED pixels, as the eye does (a card on a phone in the hand has 87 pixels to a degree;
S-CIELAB, Zhang and Wandell 1996, mixes over 1.7 there), so that two ways to smooth an edge are no difference. A pixel
then differs when its distance in YIQ is above STEP of the largest: the measure of Kotsarenko and Ramos 2010 with the
threshold that pixelmatch has by default (Playwright's own comparison allows twice that).

Colours: a patch differs when its mean is further away in CIE L*a*b* than 2.3, the smallest difference that is noticed
between patches side by side (Mahy, Van Eycken and Oosterlinck 1994); then all its pixels count.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

MIXED = 1.0
STEP = 0.1
LARGEST = 35215.0  # the largest distance in YIQ, black to white
YIQ = np.array(
    [
        [0.29889531, 0.59597799, 0.21147017],
        [0.58662247, -0.2741761, -0.52261711],
        [0.11448223, -0.32180189, 0.31114694],
    ],
    dtype=np.float32,
)
WORTH = np.array([0.5053, 0.299, 0.1957], dtype=np.float32)
PATCH = 64
NOTICED = 2.3
XYZ = np.array(
    [[0.4124564, 0.2126729, 0.0193339], [0.3575761, 0.7151522, 0.1191920], [0.1804375, 0.072175, 0.9503041]]
)
WHITE = XYZ.sum(axis=0)  # D65, the white of sRGB
Where = NDArray[np.bool_]


def noticed(one: Image.Image, other: Image.Image) -> float:
    """Return which part of all pixels looks different in two pictures of one size."""
    return float(differences(one, other).mean())


def differences(one: Image.Image, other: Image.Image) -> Where:
    """Return where two pictures look different."""
    assert one.size == other.size
    one, other = one.convert("RGB"), other.convert("RGB")
    return edges(one, other) | patches(one, other)


def edges(one: Image.Image, other: Image.Image) -> Where:
    mine, theirs = (
        np.asarray(image.filter(ImageFilter.GaussianBlur(MIXED)), dtype=np.int16) for image in (one, other)
    )
    apart = mine - theirs
    found = np.zeros(apart.shape[:2], dtype=bool)
    worth = np.abs(apart).max(axis=2) > 255 * STEP / 2  # less than that is below the threshold in any direction
    found[worth] = ((apart[worth] @ YIQ) ** 2) @ WORTH > LARGEST * STEP**2
    return found


def patches(one: Image.Image, other: Image.Image) -> Where:
    size = (-(-one.width // PATCH), -(-one.height // PATCH))
    mine, theirs = (lab(np.asarray(image.resize(size, Image.Resampling.BOX))) for image in (one, other))
    seen: Where = np.sqrt(((mine - theirs) ** 2).sum(axis=2)) > NOTICED
    return seen.repeat(PATCH, axis=0).repeat(PATCH, axis=1)[: one.height, : one.width]


def lab(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """Return sRGB colours in CIE L*a*b*."""
    part = pixels.astype(np.float64) / 255
    light = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    xyz = light @ XYZ / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)
