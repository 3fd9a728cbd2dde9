"""Cards by chance, always the same for one seed: shipped templates and templates that an office might draw itself."""

import json
import random
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter

from pegasus.cards import render, samples
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import SIZES, Content, Design, Kept
from pegasus.cards.tests.builders import make_content
from pegasus.typeset import pictures

FOLDER = Path(render.__file__).parent / "designs"
KEYS = sorted(path.stem for path in FOLDER.glob("*.json"))
SAID = (
    "Mulai saja.",
    "Ya!",
    "Sedikit demi sedikit, lama-lama menjadi bukit.",
    samples.LONGEST,
    "Kerja keras 💪🏽, kerja cerdas 🧠, kerja tuntas ✅ bersama keluarga 👩‍👩‍👧‍👦 untuk 🇮🇩!",
    "Ajining dhiri saka lathi, ajining raga saka busana: gêdhé, dhéwé, ngèlmu, ꦱꦼꦩꦔꦠ꧀",
    "مرحبا بالعالم: semangat pagi, Rekan!",
    "Yang kurik itu kundi,\nyang merah itu saga.\nYang baik itu budi,\nyang indah itu bahasa.",
    "Pertanggungjawabkanlahsebaikbaiknya",
    'Ñandú Åse Øre ß ﬁ “kutipan” ‘dalam’ – dan — 50 % ≥ 2 × 3 #tagar @nama $x$ <b> & "lurus"',
    "KAPITAL SEMUA, DENGAN TANDA SERU!!!",
    "1. Data akurat; 2. Kebijakan tepat; 3. Rakyat sejahtera (2026).",
)
NAMES = ("Sari Wulandari", "Ni", "Dr. Ir. Raden Ajeng Kusumaningtyas Hadiwidjojo, S.ST., M.Si.", "José Ñuñez-Ålund")
COLOURS = ("#16325c", "#b83a14", "#0b4f9e", "#ffffff", "#101820", "#ffb08c", "#2e7d32", "#c9d8ea")
ORNAMENTS: tuple[dict[str, Any], ...] = (
    {"kind": "kawung", "colour": "#e9c98d", "line": "#6b3d1c", "accent": "#f6e7c4", "step": 150},
    {"kind": "besurek", "colour": "#e9bd7259", "weight": 2.2, "scale": 1.3},
    {"kind": "stars", "colour": "#d9b86826", "weight": 2, "step": 180},
    {"kind": "ring", "centre": [540, 500], "radius": 330, "colour": "#c8923f", "weight": 3},
)


@dataclass(frozen=True)
class RandomCard:
    """A card and how to say which one it is."""

    name: str
    design: Design
    content: Content
    size: str

    def preview(self) -> str:
        """Return what the browser gets, with its pictures inside instead of at their addresses."""
        ground = render.backdrop_jpeg(self.design, self.size, with_photo=bool(self.content.photo))
        photo = render.photo_cut(self.design, self.content.photo, self.size) if self.content.photo else b""
        return render.preview_svg(
            self.design,
            self.content,
            self.size,
            background_url=address(ground, "jpeg"),
            photo_url=address(photo, "webp" if photo.startswith(b"RIFF") else "jpeg") if photo else "",
        )

    def final(self) -> bytes:
        """Return the file that is posted."""
        return render.jpeg(self.design, self.content, self.size)


def address(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def random_card(number: int) -> RandomCard:
    chance = random.Random(330_000 + number)  # noqa: S311 - the same cards each time
    size = chance.choice(list(SIZES))
    content = make_content(
        words=chance.choice(SAID),
        source=chance.choice(["", "Peribahasa", "Raja Ali Haji, Gurindam Dua Belas, Pasal V (1847)"]),
        name=chance.choice(NAMES),
        photo=scene(chance.randrange(3)) if chance.random() < 0.5 else b"",
    )
    if number % 2:
        made, name = own(chance, size), "own"
    else:
        name = chance.choice(KEYS)
        made = shipped(name)
    return RandomCard(f"{number}: {name}, {size}", made, content, size)


@cache
def shipped(key: str) -> Design:
    return designs.parse(json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")))


@cache
def scene(seed: int, kind: str = "JPEG", size: tuple[int, int] = (1400, 1050)) -> bytes:
    """Return a picture with soft shapes, hard edges and fine grain, as photos have them."""
    chance = random.Random(seed)  # noqa: S311 - a picture
    soft = Image.frombytes("RGB", (14, 10), chance.randbytes(14 * 10 * 3)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).filter(ImageFilter.GaussianBlur(1.2))
    image = Image.blend(soft, grain.convert("RGB"), 0.25)
    for _ in range(12):
        x, y, side = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(40, 300)
        image.paste(chance.choice(COLOURS), (x, y, x + side, y + side // 2))
    if kind == "PNG":
        image.putalpha(Image.radial_gradient("L").resize(size).point([255 - value for value in range(256)]))
    out = BytesIO()
    image.save(out, kind)
    return pictures.accept(out.getvalue()).data


@cache
def kept(seed: int) -> Kept:
    """Return a picture of the office: photo, transparent ornament, small logo."""
    kind, size = [("JPEG", (1400, 1050)), ("PNG", (500, 700)), ("PNG", (160, 90))][seed]
    data = scene(seed, kind, size)
    return Kept(str(seed), *size, address(data, kind.lower()), lambda: data)


def own(chance: random.Random, size: str) -> Design:
    """Return a template that somebody drew in the editor without much thought."""
    width, height = SIZES[size]
    elements = [_element(chance, size, width, height) for _ in range(chance.randint(3, 7))]
    if chance.random() < 0.7:
        shape = {"kind": "photo", "shape": chance.choice(["circle", "rounded", "arch", "rect"]), "radius": 40}
        elements.insert(chance.randrange(len(elements)), {**shape, **_turned(chance), **_box(chance, size)})
    words = {"kind": "text", "parts": [{"text": "{words}"}], "colour": chance.choice(COLOURS)}
    elements.append({**words, **_plate(chance), "boxes": {size: [90, 200, width - 180, height - 500]}})
    data = {"name": "Acak", "ordered": True, "grain": chance.choice([0, 30]), "elements": elements}
    return designs.parse(
        data | {"background": _ground(chance)}, pictures={number: kept(number) for number in range(3)}
    )


def _ground(chance: random.Random) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = [{"kind": "fill", "colour": chance.choice(COLOURS)}]
    kind = chance.choice(["fill", "gradient", "picture", "motif"])
    if kind == "gradient":
        layers.append({"kind": "gradient", "colours": chance.sample(COLOURS, 3), "angle": chance.randrange(360)})
    elif kind == "picture":
        layers.append({"kind": "picture", "file": 1})
    elif kind == "motif":
        layers.append(chance.choice(ORNAMENTS))
    return layers


def _element(chance: random.Random, size: str, width: int, height: int) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = [
        {"kind": "rect", "fill": chance.choice(COLOURS), "stroke": "#0b4f9e", "thickness": 6, "radius": 24},
        {"kind": "ellipse", "fill": chance.choice([None, "#ffb08c"]), "stroke": "#16325c", "thickness": 12},
        {"kind": "line", "stroke": chance.choice(COLOURS), "thickness": chance.choice([1, 4, 30])},
        {"kind": "qr", "text": "https://contoh.test/{name}"},
        {"kind": "mark", "colour": chance.choice(COLOURS)},
        {"kind": "shape", "colour": chance.choice(COLOURS), "radius": 30},
        {"kind": "picture", "file": chance.choice([1, 2]), "shape": "arch", "radius": 20, "focus": [0.1, 0.9]},
        {"kind": "picture", "file": 1, "fit": "contain"},
        {"kind": "logo", "file": chance.choice([1, 2])},
        {
            "kind": "text",
            "parts": [{"text": "{name} · {team}", "weight": 700}, {"text": "— {source}", "scale": 0.6}],
            "font": chance.choice(["Plus Jakarta Sans", "Fraunces", "Arimo"]),
            "colour": chance.choice(COLOURS),
            "align": chance.choice(["left", "center", "right"]),
            "largest": 90,
            **_plate(chance),
        },
    ]
    return {**chance.choice(kinds), **_turned(chance), **_box(chance, size)}


def _box(chance: random.Random, size: str) -> dict[str, Any]:
    width, height = SIZES[size]
    across, down = chance.randint(120, width * 2 // 3), chance.randint(60, height // 3)
    return {"boxes": {size: [chance.randint(0, width - across), chance.randint(0, height - down), across, down]}}


def _turned(chance: random.Random) -> dict[str, Any]:
    return {"rotate": chance.choice([0, 0, 0, 12, -31.5, 90]), "opacity": chance.choice([1, 1, 0.5])}


def _plate(chance: random.Random) -> dict[str, Any]:
    return chance.choice([{}, {"plate": {"colour": "#ffffff", "opacity": 0.8, "padding": 18, "radius": 14}}])
