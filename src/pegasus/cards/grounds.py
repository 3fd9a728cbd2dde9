"""The ground of a card, drawn once per design and size and kept in the cache folder.

Pillow lays the colours (a full-page gradient takes the typesetter a second or more), the typesetter draws the forms on
top, and the grain of paper comes last.
"""

import random
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from json import dumps
from math import ceil, cos, hypot, radians, sin
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from PIL import Image, ImageChops, ImageColor, ImageFilter

from pegasus.cards import photos
from pegasus.cards.domain.designs import Design, Kept, Slot
from pegasus.typeset import render

BACKGROUND = Path(__file__).with_name("typst") / "background.typ"
SOURCES = (BACKGROUND, BACKGROUND.with_name("motifs.typ"), Path(__file__))
WASHES = ("gradient", "glow", "picture")
MOST_KEPT = 400
MEAN = 128

Layer = Mapping[str, Any]


@lru_cache(maxsize=12)
def decoded(path: Path) -> Image.Image:
    """Return a kept ground; do not draw on it."""
    with Image.open(path) as image:
        return image.convert("RGB")


def file_of(design: Design, size: str, *, with_photo: bool) -> Path:
    """Return the ground's file, drawn when it is not there yet; its name is a digest of all it depends on."""
    data = design.backdrop(size, with_photo=with_photo)
    named = {layer["file"] for layer in data["layers"] if layer["kind"] == "picture"}
    seen = [[number, kept.digest] for number, kept in sorted(design.pictures.items()) if number in named]
    facts = [data, design.grain, _sources(), *seen]
    name = sha256(dumps(facts, sort_keys=True).encode()).hexdigest()[:32]
    path = Path(settings.PEGASUS_DATA) / "cache" / "cards" / f"{name}.png"
    if not path.exists() and any(not kept.read() for number, kept in design.pictures.items() if number in named):
        # Not under the name of the whole one: that is drawn as soon as its picture can be read again.
        path = path.with_stem(f"{name}-lacking")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{token_hex(4)}")
        _grained(_drawn(data, design.pictures), design.grain).save(fresh, "PNG", compress_level=1)
        fresh.replace(path)  # two processes at once: both drew the same
        _forget_oldest(path.parent)
    return path


def _forget_oldest(folder: Path) -> None:
    """Keep so many grounds: an editor draws a new one with every change; what is missing is drawn again."""
    kept = sorted(folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST_KEPT]:
        path.unlink(missing_ok=True)


def stamp() -> str:
    """Return a short text that changes when grounds are drawn differently: for addresses that browsers keep."""
    return _sources()[:8]


@cache
def _sources() -> str:
    return sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()


def _drawn(data: Mapping[str, Any], pictures: Mapping[int, Kept]) -> Image.Image:
    layers: Sequence[Layer] = data["layers"]
    washes = [layer for layer in layers if layer["kind"] in WASHES]
    ground = Image.new("RGB", (data["width"], data["height"]), "white")
    for layer in washes:
        if layer["kind"] == "picture":
            _lay(ground, layer, pictures.get(layer["file"]))
        else:
            ground = _gradient(ground.size, layer) if layer["kind"] == "gradient" else _glowing(ground, layer)
    forms = [layer for layer in layers if layer["kind"] not in WASHES]
    with Image.open(BytesIO(render.png(BACKGROUND, {**data, "layers": forms}))) as drawn:
        ground.paste(drawn, (0, 0), drawn.convert("RGBA"))
    return ground


def _lay(ground: Image.Image, layer: Layer, kept: Kept | None) -> None:
    """Lay a picture over the whole ground, or into its box."""
    if kept:
        x, y, width, height = (round(side) for side in layer.get("box", (0, 0, *ground.size)))
        fit, focus = layer.get("fit", "cover"), tuple(layer.get("focus", (0.5, 0.5)))
        radius = round(layer.get("radius", 0))
        slot = Slot(x, y, width, height, "rounded", radius, fit, focus, opacity=layer.get("opacity", 1))
        photos.put(ground, kept.read(), slot)


def _gradient(size: tuple[int, int], layer: Layer) -> Image.Image:
    """Return colours that run along an angle (0: to the right, 90: downwards)."""
    width, height = size
    angle = radians(layer.get("angle", 90))
    along = ceil(width * abs(cos(angle)) + height * abs(sin(angle)))
    across = ceil(hypot(width, height))
    ramp = Image.linear_gradient("L").resize((across, along), Image.Resampling.BICUBIC)
    turned = ramp.rotate(90 - layer.get("angle", 90), Image.Resampling.BICUBIC, expand=True)
    left, top = (turned.width - width) // 2, (turned.height - height) // 2
    steps = turned.crop((left, top, left + width, top + height))
    stops = [ImageColor.getrgb(colour) for colour in layer["colours"]]
    return Image.merge(
        "RGB", [steps.point([_between(stops, band, at / 255) for at in range(256)]) for band in range(3)]
    )


def _between(stops: Sequence[tuple[int, ...]], band: int, at: float) -> int:
    place = at * (len(stops) - 1)
    low = min(int(place), len(stops) - 2)
    return round(stops[low][band] + (stops[low + 1][band] - stops[low][band]) * (place - low))


def _glowing(ground: Image.Image, layer: Layer) -> Image.Image:
    """Lay a soft round light over a ground."""
    rgba = ImageColor.getcolor(layer["colour"], "RGBA")
    strength = rgba[3] if isinstance(rgba, tuple) and len(rgba) > 3 else 255  # noqa: PLR2004 - the fourth is the alpha
    radius = round(max(ground.size) * layer["radius"] / 100)
    light = ImageChops.invert(Image.radial_gradient("L")).resize((radius * 2, radius * 2), Image.Resampling.BICUBIC)
    mask = Image.new("L", ground.size)
    x, y = (round(side * part / 100) for side, part in zip(ground.size, layer["centre"], strict=True))
    mask.paste(light, (x - radius, y - radius))
    # Squared, so that the light ends without an edge.
    thin = mask.point([value * value * strength // (255 * 255) for value in range(256)])
    ground.paste(Image.new("RGB", ground.size, layer["colour"][:7]), (0, 0), thin)
    return ground


def _grained(image: Image.Image, amount: int) -> Image.Image:
    """Lay the fine unevenness of paper over a ground, always the same."""
    if not amount:
        return image
    shift = _grain(image.size).point([max(0, min(255, MEAN + (value - MEAN) * amount // 100)) for value in range(256)])
    return ImageChops.add(image, Image.merge("RGB", (shift,) * 3), scale=1, offset=-MEAN)


@lru_cache(maxsize=3)
def _grain(size: tuple[int, int]) -> Image.Image:
    width, height = size
    chance = random.Random(330)  # noqa: S311 - a fixed sequence
    noise = Image.frombytes("L", size, chance.randbytes(width * height))
    fibres = Image.frombytes("L", (width // 3, height // 3), chance.randbytes((width // 3) * (height // 3)))
    soft = fibres.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.2))
    return ImageChops.blend(noise.filter(ImageFilter.GaussianBlur(0.6)), soft, 0.5)
