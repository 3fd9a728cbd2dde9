"""What could break the typesetting of pictures: each is refused or drawn in bounds, and leaves nothing behind.

Words that look like markup stand in `cards/tests/test_render.py`, paths and links in `test_render.py`, EXIF and colour
spaces in `test_pictures.py`, scripts and addresses in `test_pages.py`.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pegasus.typeset import pages, pictures, render
from pegasus.typeset.lanes import GIGABYTE, Lane, TypesetFailed, TypesetTookTooLong
from pegasus.typeset.pictures import PictureRefused

DOT = "#set page(width: 4pt, height: 4pt, margin: 0pt, fill: none)\n"
GREEDY = '#let a = "x" * 60000000\n#for i in range(40) { a = a + a }\n#a.len()'
ENDLESS = "#let n = 0\n#for a in range(100000) { for b in range(100000) { n += 1 } }\n#n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 80 100">%s</svg>'
)
MOST_SECONDS = 60  # of a machine that does nine other things; alone each takes a few


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No folder of a job stays behind, no dead child waits to be buried, and the next card comes out."""
    own = tmp_path / "tmp"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    (tmp_path / "dot.typ").write_text(DOT)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < MOST_SECONDS
    assert list(own.iterdir()) == []
    assert zombies() == []
    with Image.open(BytesIO(render.png(tmp_path / "dot.typ", {}))) as dot:
        assert dot.size == (4, 4)


def zombies() -> list[str]:
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "stat="], capture_output=True, text=True, check=False
    )
    return [state for state in listed.stdout.split() if state.startswith("Z")]


def header_alone(width: int, height: int) -> bytes:
    """A JPEG of a few hundred bytes that says it is enormous."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    data = bytearray(out.getvalue())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def png_of_zeros(side: int) -> bytes:
    """A PNG of a few kilobytes with so many black pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    packer = zlib.compressobj(9)
    rows = b"".join([*(packer.compress(bytes(side + 1)) for _ in range(side)), packer.flush()])
    head = side.to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def seen(data: bytes) -> str:
    """Return whether a file was drawn or refused; anything else is a fault."""
    with suppress(PictureRefused):
        pages.accept(data)
        return "drawn"
    return "refused"


@pytest.mark.parametrize("data", [header_alone(20_000, 20_000), header_alone(65_000, 65_000), png_of_zeros(20_000)])
def test_pictures_larger_than_they_look_are_refused_before_they_are_decoded(data: bytes) -> None:
    assert len(data) < 1_000_000
    began = time.process_time()

    with pytest.raises(PictureRefused, match="40 megapiksel"):
        pictures.accept(data)

    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(
            '<g id="a"><rect width="1" height="1"/></g>'
            + "".join(
                f'<g id="{name}">' + f'<use xlink:href="#{below}"/>' * 10 + "</g>"
                for below, name in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            id="a hundred million copies",
        ),
        pytest.param(
            '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>', id="copies of itself"
        ),
        pytest.param("<g>" * 200_000 + "</g>" * 200_000, id="two hundred thousand levels"),
        pytest.param(
            '<rect width="80" height="100"/>' * 300_000, id="three hundred thousand forms", marks=pytest.mark.slow
        ),
        pytest.param(
            '<filter id="f"><feGaussianBlur stdDeviation="99999999"/><feTurbulence numOctaves="9999"/></filter>'
            '<rect filter="url(#f)" width="80" height="100"/>',
            id="a filter without end",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            '<image width="9" height="9" xlink:href="data:image/png;base64,'
            f'{b64encode(png_of_zeros(20_000)).decode()}"/>',
            id="a picture of 400 megapixels inside",
        ),
        pytest.param(
            '<style>@import url("http://x.test/a.css"); rect{fill:url(http://x.test/b.svg#c)}</style>', id="css"
        ),
        pytest.param('<path d="M0 0' + "l1 1" * 500_000 + '"/>', id="half a million steps"),
        pytest.param('<rect width="1e308" height="-nan" x="1e400"/>', id="numbers that are none"),
    ],
)
def test_a_drawing_made_to_harm_is_drawn_or_refused_in_bounds(inside: str) -> None:
    assert seen((SVG % inside).encode()) in {"drawn", "refused"}


def test_a_million_laughs_of_entities_are_refused() -> None:
    laughs = "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert seen(f'<!DOCTYPE s [<!ENTITY a "ha">{laughs}]>{SVG % "<text>&i;</text>"}'.encode()) == "refused"


@pytest.mark.slow
def test_a_page_made_to_harm_is_drawn_or_refused_in_bounds() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = document.make_stream(b"0 0 m 1 1 l s " * 3_000_000)
    out = BytesIO()
    document.save(out, compress_streams=True)

    assert len(out.getvalue()) < 1_000_000
    assert seen(out.getvalue()) in {"drawn", "refused"}


def test_a_page_as_large_as_a_field_is_drawn_or_refused_in_bounds() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(14_400, 14_400))
    out = BytesIO()
    document.save(out)

    assert seen(out.getvalue()) in {"drawn", "refused"}


@pytest.mark.parametrize("words", ["#while true { }", "#let f() = f()\n#f()", "#let f(n) = f(n + 1)\n#f(0)"])
def test_loops_without_end_in_a_template_are_refused_at_once(tmp_path: Path, words: str) -> None:
    template = tmp_path / "it.typ"
    template.write_text(DOT + words)

    with pytest.raises(TypesetFailed):
        render.png(template, {})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limit", "words", "ends"),
    [(0.7, ENDLESS, TypesetTookTooLong), (30, GREEDY, TypesetFailed)],
    ids=["time", "memory"],
)
def test_a_child_stopped_at_a_limit_is_gone_and_its_folder_too(
    tmp_path: Path, limit: float, words: str, ends: type[Exception]
) -> None:
    lane = Lane(memory=GIGABYTE // 2, seconds=limit)
    (tmp_path / "harm.typ").write_text(words)
    render.png(tmp_path / "dot.typ", {}, lane=lane)
    child = lane.pid
    assert child is not None

    with pytest.raises(ends):
        render.png(tmp_path / "harm.typ", {}, lane=lane)

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert render.png(tmp_path / "dot.typ", {}, lane=lane).startswith(b"\x89PNG")
    lane.stop()


@pytest.mark.slow
def test_nobodys_preview_waits_for_a_drawing_made_to_harm(tmp_path: Path) -> None:
    forms = (SVG % ('<rect width="80" height="100"/>' * 300_000)).encode()
    render.png(tmp_path / "dot.typ", {})
    upload = threading.Thread(target=seen, args=(forms,))
    upload.start()
    began = time.monotonic()

    render.png(tmp_path / "dot.typ", {})

    assert upload.is_alive()
    assert time.monotonic() - began < pages.LIMITS.seconds / 2
    upload.join()


@pytest.mark.slow
def test_a_child_whose_parent_was_killed_ends_by_itself(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "pegasus.config.settings", "PEGASUS_DATA": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "dot.typ")],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )

    assert ended.returncode == -signal.SIGKILL
    child = Path(f"/proc/{int(ended.stdout)}")
    until = time.monotonic() + 30
    while child.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not child.exists()


PARENT = """
import os, sys
from pathlib import Path

import django

django.setup()
from pegasus.typeset import lanes, render

render.png(Path(sys.argv[1]), {})
print(lanes.CARDS.pid, flush=True)
os.kill(os.getpid(), 9)
"""
