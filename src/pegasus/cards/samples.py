"""Samples that show what a template makes of short, usual and the longest words."""

from datetime import date
from functools import lru_cache

from pegasus.cards import render
from pegasus.cards.domain.designs import Content, Design

LONGEST = (
    "Kerja besar tidak lahir dari satu tangan saja; ia tumbuh dari banyak tangan kecil yang saling percaya, "
    "saling mengingatkan dengan santun, dan tetap melayani masyarakat dengan gembira pada hari yang panjang."
)
WORDS = {
    "short": ("Mulai saja.", ""),
    "usual": ("Sedikit demi sedikit, lama-lama menjadi bukit.", "Peribahasa"),
    "long": (LONGEST, "Raja Ali Haji, Gurindam Dua Belas"),
}


@lru_cache(maxsize=48)
def jpeg(design: Design, size: str, sample: str, *, office: str) -> bytes:
    """Return a template filled with a sample."""
    text, source = WORDS[sample]
    content = Content(
        words=text,
        source=source,
        name="Sari Wulandari",
        team="Statistik Sosial",
        day=date(2026, 11, 30),
        office=office,
        hashtags="#Pegasus #BerAKHLAK #BanggaMelayaniBangsa",
    )
    return render.jpeg(design, content, size)
