"""Typst documents and pictures: `pdf`, `svg`, `png`.

A template is a `.typ` file; the other `.typ` files of its folder can be imported by their names. It finds

* its data: `#let d = json("/data.json")` (dates as ISO texts),
* files of the job: `image("/files/<name>")`,
* our fonts, and those that the folders in `fonts` hold: an office's own ones, for this job alone,
* the common library: `#import "/lib/office.typ": *` (letterhead, footer, signature-block, tables, dates).

Words of people arrive as JSON texts, never as markup. Each job has a folder of its own with real copies, no links.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pegasus.kernel.text import clean_lines
from pegasus.typeset import glyphs
from pegasus.typeset.lanes import CARDS, DOCUMENTS, Lane, TypesetFailed, TypesetTookTooLong

__all__ = ["PageBox", "TypesetFailed", "TypesetTookTooLong", "pdf", "png", "signable", "svg"]

LIBRARY = Path(__file__).with_name("lib")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
REPLACEMENT = "□"
SIGNATURE_PLACE = "<signature-place>"

Files = Mapping[str, bytes | Path]
Request = dict[str, object]


@dataclass(frozen=True)
class PageBox:
    """A rectangle on a page (the first is 0), in points from the page's bottom left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def pdf(
    template: Path,
    data: Mapping[str, object],
    *,
    at: datetime,
    files: Files | None = None,
    standards: Sequence[str] = ("a-2a", "ua-1"),
) -> bytes:
    """Return a PDF; the same data, files and `at` give the same bytes. A character that no font has becomes `□`."""
    return _pdf(template, data, files, _pdf_request(at, standards))


def signable(
    template: Path, data: Mapping[str, object], *, at: datetime, files: Files | None = None
) -> tuple[bytes, PageBox | None]:
    """Return a PDF as `pdf` does, and where its template left room by `signature-place`; None where it left none.

    A template that leaves several rooms is signed in the first.
    """
    request = _pdf_request(at, ("a-2a", "ua-1")) | {"label": SIGNATURE_PLACE}
    found, _, file = _pdf(template, data, files, request).partition(b"\n")
    places = json.loads(found)
    return file, _page_box(places[0]) if places else None


def _page_box(place: Mapping[str, float]) -> PageBox:
    """Return a place that Typst measured from the top as PDF measures it, from the bottom."""
    top = place["page_height"] - place["y"]
    left = place["x"]
    return PageBox(int(place["page"]) - 1, left, top - place["height"], left + place["width"], top)


def _pdf_request(at: datetime, standards: Sequence[str]) -> Request:
    return {"format": "pdf", "ppi": None, "standards": list(standards), "timestamp": int(at.timestamp())}


def _pdf(template: Path, data: Mapping[str, object], files: Files | None, request: Request) -> bytes:
    try:
        return _run(DOCUMENTS, template, data, files, request)
    except TypesetFailed as failure:
        if "could not be displayed" not in str(failure):
            raise
    return _run(DOCUMENTS, template, glyphs.replaced(_printable(data), REPLACEMENT), files, request)


def svg(template: Path, data: Mapping[str, object], *, files: Files | None = None, fonts: Sequence[Path] = ()) -> str:
    """Return one page as SVG: outlines only, no text, no script."""
    request: Request = {"format": "svg", "ppi": None, "standards": [], "timestamp": None, "fonts": _named(fonts)}
    return _run(CARDS, template, data, files, request).decode()


def png(
    template: Path,
    data: Mapping[str, object],
    *,
    files: Files | None = None,
    fonts: Sequence[Path] = (),
    ppi: float = 72,
    lane: Lane = CARDS,
) -> bytes:
    """Return one page as PNG; at 72 ppi a point is a pixel."""
    request: Request = {"format": "png", "ppi": ppi, "standards": [], "timestamp": None, "fonts": _named(fonts)}
    return _run(lane, template, data, files, request)


def _named(fonts: Sequence[Path]) -> list[str]:
    """Return folders in one order: the same fonts are the same request."""
    return sorted(str(folder) for folder in fonts)


def _run(lane: Lane, template: Path, data: object, files: Files | None, request: Request) -> bytes:
    try:
        with tempfile.TemporaryDirectory(prefix="pegasus-typeset-") as folder:
            root = Path(folder)
            _fill(root, template, data, files or {})
            return lane.run(request | {"root": str(root), "main": str(root / template.name)})
    except OSError as error:
        raise TypesetFailed(f"the job's folder cannot be written: {error.strerror}") from error


def _fill(root: Path, template: Path, data: object, files: Files) -> None:
    for source in template.parent.glob("*.typ"):
        shutil.copyfile(source, root / source.name)
    (root / "lib").mkdir()
    for source in LIBRARY.iterdir():
        shutil.copyfile(source, root / "lib" / source.name)
    (root / "data.json").write_text(json.dumps(_printable(data), ensure_ascii=False), encoding="utf-8")
    (root / "files").mkdir()
    for name, content in files.items():
        if not NAME.fullmatch(name):
            raise ValueError(name)
        if isinstance(content, Path):
            shutil.copyfile(content, root / "files" / name)
        else:
            (root / "files" / name).write_bytes(content)


def _printable(value: object) -> object:
    """Clean every text: what was stored before it was cleaned on its way in cannot all be printed. Dates are texts."""
    if isinstance(value, str):
        return clean_lines(value).replace("\t", " ")  # a tab is drawn as nothing, and two words become one
    if isinstance(value, Mapping):
        return {str(key): _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
