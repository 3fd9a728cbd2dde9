"""Pictures that ask for gigabytes: time and memory of the web process and of its child, beside decoding them here."""

import os
import subprocess
import sys
from collections.abc import Iterator

PROGRAM = """
import resource, sys, time
from io import BytesIO

import django

django.setup()
from PIL import Image
from tests.attacks import pictures as hostile
from pegasus.typeset import pictures

name, where = sys.argv[1:]
data = {"column": lambda: hostile.png(*hostile.COLUMN), "largest": hostile.largest, "turned": hostile.turned}[name]()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
try:
    if where == "gate":
        pictures.accept(data)
    else:
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(BytesIO(data)) as image:
            image.load()
            image.thumbnail((2400, 2400))
except pictures.PictureRefused:
    pass
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{time.perf_counter() - began:.2f} s, +{grown:.0f} MB, child {child:.0f} MB")
"""


def run() -> Iterator[tuple[str, str, str]]:
    """Yield each picture through the gate, then decoded in the process itself, as it was before."""
    for name, what in (
        ("column", "PNG of 1 × 40,000,000"),
        ("largest", "PNG of 8,000 × 5,000, RGBA"),
        ("turned", "JPEG of 8,000 × 5,000, sideways"),
    ):
        yield f"{what}: through the gate (web grows, child)", _measured(name, "gate"), "+< 64 MB"
        yield f"{what}: decoded in the process itself", _measured(name, "here"), "(before)"


def _measured(name: str, where: str) -> str:
    told = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, name, where], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    return told.stdout.strip()
