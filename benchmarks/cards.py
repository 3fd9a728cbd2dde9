"""A card as JPEG and live preview, beside Chromium and Pillow drawing the same one; a thousand of them; memory."""

import json
import os
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, sync_playwright

from pegasus.cards import render
from pegasus.cards.bulk.making import THREADS
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import SIZES, Content, Design
from pegasus.typeset.lanes import CARDS, FONTS

ROUNDS = 15
BULK = 150
CONTENT = Content(
    words="Sedikit demi sedikit, lama-lama menjadi bukit. Kerja bersama membuat yang berat menjadi ringan.",
    source="Peribahasa",
    name="Sari Wulandari",
    team="Statistik Sosial",
    office="BPS Provinsi Bengkulu",
    hashtags="#Pegasus #BerAKHLAK",
    day=date(2026, 11, 30),
)
PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: Jakarta; src: url(data:font/ttf;base64,{face}); }}
body {{ margin: 0; width: 1080px; height: 1350px; font-family: Jakarta; color: #16325c;
  background: url(data:image/jpeg;base64,{ground}); }}
p {{ position: absolute; left: 90px; margin: 0; width: 900px; }}
#words {{ top: 300px; line-height: 1.3; }} #name {{ top: 1150px; font-size: 40px; }}
</style><p id="words">{words}</p><p id="name">{name}</p>"""
FIT = """() => {
  const box = document.getElementById("words");
  let low = 24, high = 110;
  while (high - low > 1) {
    const size = (low + high) >> 1;
    box.style.fontSize = size + "px";
    if (box.scrollHeight <= 700) { low = size; } else { high = size; }
  }
  box.style.fontSize = low + "px";
}"""


def run() -> Iterator[tuple[str, str, str]]:
    """Yield JPEG and SVG of every template, warm; all sizes; many at once; then Chromium and Pillow."""
    load, cores = os.getloadavg()[0], os.cpu_count()
    yield "this machine while measuring: load, cores (CPU is the sounder figure)", f"{load:.1f}, {cores}", ""
    folder = Path(render.__file__).parent / "designs"
    for path in sorted(folder.glob("*.json")):
        design = designs.parse(json.loads(path.read_text(encoding="utf-8")))
        yield f"JPEG 1080x1350, {path.stem}", _time(_jpeg(design)), "<= 150 ms"
        yield f"live preview (SVG), {path.stem}", _time(_svg(design)), "<= 25 ms"
    yield "JPEG in all three sizes, one after the other", _time(_sizes(design)), "<= 400 ms"
    yield from _bulk(design)
    yield from _chromium(design)
    yield "JPEG 1080x1350, Pillow alone (no fallback, no emoji)", _time(_pillow(design)), "(alternative)"


def _bulk(design: Design) -> Iterator[tuple[str, str, str]]:
    """Yield what a thousand cards of one sheet cost, as the job makes them: two threads, one typesetting child."""
    contents = [replace(CONTENT, words=f"Selamat ulang tahun, Sari {number}!") for number in range(BULK)]
    render.jpeg(design, CONTENT, "portrait")
    start, busy = perf_counter(), _processor_seconds()
    with ThreadPoolExecutor(THREADS) as pool:
        made = pool.map(lambda content: render.jpeg(design, content, "portrait"), contents)
        seen = [(_resident("self"), _resident(CARDS.pid)) for _card in made]
    scale = 1000 / BULK
    wall, busy = (perf_counter() - start) * scale, (_processor_seconds() - busy) * scale
    yield f"1,000 bulk cards (from {BULK}), time on this machine", f"{wall:.0f} s", "< 120 s, 2 idle cores"
    yield f"1,000 bulk cards (from {BULK}), processor time", f"{busy:.0f} s CPU", "< 240 s"
    thirds = [seen[BULK // 3 * part : BULK // 3 * (part + 1)] for part in range(3)]
    for who, name in ((0, "the worker"), (1, "the typesetting child")):
        peaks = [max(pair[who] for pair in third) for third in thirds]
        yield f"memory of {name}, peak of each third of the run", " / ".join(f"{p:.0f}" for p in peaks) + " MB", "flat"


def _processor_seconds() -> float:
    fields = Path(f"/proc/{CARDS.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int | str | None) -> float:
    """Return how many megabytes a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _time(draw: Callable[[], object], *, counts: bool = True) -> str:
    times = []
    draw()
    busy = _processor_seconds()
    for _ in range(ROUNDS):
        start = perf_counter()
        draw()
        times.append(perf_counter() - start)
    spent = (_processor_seconds() - busy) / ROUNDS * 1000
    return f"{median(times) * 1000:.0f} ms" + (f", {spent:.0f} CPU" if counts else "")


def _jpeg(design: Design) -> Callable[[], object]:
    return lambda: render.jpeg(design, CONTENT, "portrait")


def _sizes(design: Design) -> Callable[[], object]:
    return lambda: [render.jpeg(design, CONTENT, size) for size in SIZES]


def _svg(design: Design) -> Callable[[], object]:
    return lambda: render.preview_svg(design, CONTENT, "portrait")


def _chromium(design: Design) -> Iterator[tuple[str, str, str]]:
    """Yield what headless Chromium needs for the same card as a page; words are fitted by a script."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    what = "JPEG 1080x1350, headless Chromium, warm"
    if program is None:
        yield what, "not on this machine", "(alternative)"
        return
    with sync_playwright() as playwright:
        start = perf_counter()
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1080, "height": 1350})
        draw = _shot(page, design)
        draw()
        yield "headless Chromium, start and first card", f"{perf_counter() - start:.1f} s", "(alternative)"
        yield what, _time(draw, counts=False), "(alternative)"
        yield "memory of headless Chromium, all its processes", f"{_family(program):.0f} MB", "(alternative)"
        browser.close()


def _shot(page: Page, design: Design) -> Callable[[], bytes]:
    html = PAGE.format(
        face=b64encode((FONTS / "PlusJakartaSans-ExtraBold.ttf").read_bytes()).decode(),
        ground=b64encode(render.backdrop_jpeg(design, "portrait", with_photo=False)).decode(),
        words=escape(CONTENT.words),
        name=escape(CONTENT.name),
    )

    def draw() -> bytes:
        page.set_content(html)
        page.evaluate("document.fonts.ready")
        page.evaluate(FIT)
        return page.screenshot(type="jpeg", quality=render.QUALITY)

    return draw


def _family(program: str) -> float:
    """Return what this run's own Chromium processes hold together; memory that they share counts once."""
    below, total = {os.getpid()}, 0.0
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            name, _space, rest = stat.read_text(encoding="utf-8").rpartition(")")
            if int(rest.split()[1]) in below:
                pid = int(stat.parent.name)
                below.add(pid)
                total += _proportional(pid) if Path(program).name[:8] in name else 0
        except OSError:
            continue  # it ended while we looked
    return total


def _proportional(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


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
