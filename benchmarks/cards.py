"""A card as JPEG and as live preview, each beside Pillow doing the same without a typesetter."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from PIL import Image, ImageDraw, ImageFont

from pegasus.cards import render
from pegasus.cards.bulk.making import THREADS
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import Content, Design
from pegasus.typeset.lanes import CARDS, FONTS

ROUNDS = 15
BULK = 60
CONTENT = Content(
    words="Sedikit demi sedikit, lama-lama menjadi bukit. Kerja bersama membuat yang berat menjadi ringan.",
    source="Peribahasa",
    name="Sari Wulandari",
    team="Statistik Sosial",
    office="BPS Provinsi Bengkulu",
    hashtags="#Pegasus #BerAKHLAK",
    day=date(2026, 11, 30),
)


def run() -> Iterator[tuple[str, str, str]]:
    """Yield JPEG and SVG of every template, warm, and Pillow alone."""
    folder = Path(render.__file__).parent / "designs"
    for path in sorted(folder.glob("*.json")):
        design = designs.parse(json.loads(path.read_text(encoding="utf-8")))
        yield f"JPEG 1080x1350, {path.stem}", _time(_jpeg(design)), "< 150 ms"
        yield f"live preview (SVG), {path.stem}", _time(_svg(design)), "< 25 ms"
    yield from _bulk(design)
    yield "JPEG 1080x1350, Pillow alone (no fallback, no emoji)", _time(_pillow(design)), "(alternative)"


def _bulk(design: Design) -> Iterator[tuple[str, str, str]]:
    """Yield what a thousand cards of one sheet cost, as the job makes them: two threads, one typesetting child."""
    contents = [replace(CONTENT, words=f"Selamat ulang tahun, Sari {number}!") for number in range(BULK)]
    render.jpeg(design, CONTENT, "portrait")
    start, busy = perf_counter(), _processor_seconds()
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(lambda content: render.jpeg(design, content, "portrait"), contents):
            pass
    scale = 1000 / BULK
    wall, busy = (perf_counter() - start) * scale, (_processor_seconds() - busy) * scale
    yield "1,000 bulk cards, time on this machine as busy as it is", f"{wall:.0f} s", "< 120 s on two idle cores"
    yield "1,000 bulk cards, processor time (of 240 s in two minutes)", f"{busy:.0f} s", "< 240 s"


def _processor_seconds() -> float:
    fields = Path(f"/proc/{CARDS.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _time(draw: Callable[[], object]) -> str:
    times = []
    draw()
    for _ in range(ROUNDS):
        start = perf_counter()
        draw()
        times.append(perf_counter() - start)
    return f"{median(times) * 1000:.0f} ms"


def _jpeg(design: Design) -> Callable[[], object]:
    return lambda: render.jpeg(design, CONTENT, "portrait")


def _svg(design: Design) -> Callable[[], object]:
    return lambda: render.preview_svg(design, CONTENT, "portrait")


def _pillow(design: Design) -> Callable[[], bytes]:
    """Return a card with the same words in one face, wrapped and fitted by hand."""
    ground = render.background(design, "portrait", with_photo=False)
    path = FONTS / "PlusJakartaSans-ExtraBold.ttf"

    def draw() -> bytes:
        card = ground.copy()
        pen = ImageDraw.Draw(card)
        low, high = 24, 110
        while high - low > 1:
            size = (low + high) // 2
            lines = _wrapped(ImageFont.truetype(path, size), 900)
            low, high = (size, high) if len(lines) * size * 1.3 <= 700 else (low, size)
        font = ImageFont.truetype(path, low)
        pen.multiline_text((90, 300), "\n".join(_wrapped(font, 900)), font=font, fill="#16325c", spacing=low * 0.3)
        pen.text((90, 1150), CONTENT.name, font=ImageFont.truetype(path, 40), fill="#16325c")
        out = BytesIO()
        card.save(out, "JPEG", quality=render.QUALITY, subsampling=0)
        Image.open(out).verify()
        return out.getvalue()

    return draw


def _wrapped(font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in CONTENT.words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
