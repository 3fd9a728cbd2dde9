"""Samples that show what a template makes of short, usual and the longest words."""

from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from pegasus.cards import render
from pegasus.cards.domain.designs import Content, Design

LONGEST = (
    "Kerja besar tidak lahir dari satu tangan saja; ia tumbuh dari banyak tangan kecil yang saling percaya, "
    "saling mengingatkan dengan santun, dan tetap melayani masyarakat dengan gembira pada hari yang panjang."
)
PHOTO_SIZE = (900, 1125)
WORDS = {
    "short": ("Mulai saja.", ""),
    "usual": ("Sedikit demi sedikit, lama-lama menjadi bukit.", "Peribahasa"),
    "long": (LONGEST, "Raja Ali Haji, Gurindam Dua Belas"),
}


def content(sample: str, *, office: str, photo: bytes = b"") -> Content:
    """Return what a sample card says."""
    text, source = WORDS[sample]
    return Content(
        words=text,
        source=source,
        name="Sari Wulandari",
        team="Statistik Sosial",
        day=date(2026, 11, 30),
        office=office,
        hashtags="#Pegasus #BerAKHLAK #BanggaMelayaniBangsa",
        photo=photo,
    )


@lru_cache(maxsize=48)
def jpeg(design: Design, size: str, sample: str, *, office: str) -> bytes:
    """Return a template filled with a sample."""
    return render.jpeg(design, content(sample, office=office), size)


@lru_cache(maxsize=96)
def small(design: Design, size: str, sample: str, *, office: str) -> bytes:
    """Return a template filled with a sample, small: for shelves of them."""
    return render.thumbnail(render.jpeg(design, content(sample, office=office), size))


@cache
def photo() -> bytes:
    """Return a stand-in for a photo: somebody before a soft ground, nobody in particular."""
    picture = Image.linear_gradient("L").resize(PHOTO_SIZE)
    picture = ImageOps.colorize(picture, "#c9d8ea", "#8fa8c6")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((270, 250, 630, 640), fill="#5f7da3")
    pen.ellipse((110, 700, 790, 1500), fill="#5f7da3")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


@cache
def photo_stamp() -> str:
    """Return a text that changes when the stand-in does: for an address that browsers keep."""
    return sha256(photo()).hexdigest()[:16]
