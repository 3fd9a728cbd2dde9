"""Draw a page of a PDF, or an SVG, as a picture. Runs in the gate's child, whose own folder holds the file.

What a drawing could do (scripts, links, addresses, entities) is gone: pixels come out, or nothing.
"""

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import typst
from PIL import Image

from pegasus.typeset.readers import picture
from pegasus.typeset.readers.picture import Facts
from pegasus.typeset.refusal import FileRefused

TEMPLATE = Path(__file__).parent.with_name("typst") / "page.typ"
BEYOND = 1_000_000  # no PDF has so many pages: asked for it, the typesetter says how many there are
PAGES = re.compile(r"only has (\d+) page")
# What shows nothing of its own on paper; everything else is drawn by a viewer even where it brings no picture along.
DRAWS_NOTHING = {"/Link", "/Popup"}
TORN = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, RecursionError)


def read(
    data: bytes, *, kind: str, number: int, longest: int, ppi: float, fonts: str | None = None
) -> tuple[Facts, bytes]:
    """Return a page as a picture that is safe to keep: JPEG where nothing shows through."""
    made = drawn(data, kind, number=number, ppi=ppi, fonts=fonts)
    facts, body = picture.read(made, longest=longest)
    with Image.open(BytesIO(body)) as image:
        if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
            return picture.written(image.convert("RGB"), transparent=False)
    return facts, body


def look(data: bytes, *, number: int, width: float, ppi: float) -> tuple[Facts, bytes]:
    """Return a page of a PDF as PNG, so many points wide: to look at, not to keep."""
    return {}, drawn(as_shown(data), "pdf", number=number, width=width, ppi=ppi)


def as_shown(data: bytes, *, strict: bool = False) -> bytes:
    """Return a PDF with its stamps, notes and fields drawn into its pages: viewers show them, the typesetter does not.

    A file whose pages cannot be known so comes back as it is; with `strict`, FileRefused (`undrawable`) is raised.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if strict and _shows_more(pdf):
                raise FileRefused("undrawable")
            if not any("/Annots" in page.obj for page in pdf.pages):
                return data
            pdf.flatten_annotations("all")
            out = BytesIO()
            pdf.save(out)
            return out.getvalue()
    except TORN:
        if strict:
            raise FileRefused("undrawable") from None
        return data


def _shows_more(pdf: pikepdf.Pdf) -> bool:
    """Tell whether viewers draw what no appearance in the file says: a form with pages of its own, a bare note."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        return True
    notes = (note for page in pdf.pages for note in page.obj.get("/Annots", pikepdf.Array()))
    return any("/AP" not in note and not _is_silent(note) for note in notes)


def _is_silent(note: pikepdf.Object) -> bool:
    return str(note.get("/Subtype")) in DRAWS_NOTHING or str(note.get("/FT")) == "/Sig"


def count(data: bytes) -> tuple[Facts, bytes]:
    """Return how many pages a PDF has, or raise FileRefused."""
    try:
        drawn(data, "pdf", number=BEYOND, ppi=1)
    except FileRefused as refused:
        if refused.reason != "no_such_page" or not refused.facts["pages"]:
            raise
        return {"pages": refused.facts["pages"]}, b""
    return {"pages": BEYOND}, b""


def drawn(
    data: bytes, kind: str, *, number: int = 1, width: float = 1080, ppi: float = 72, fonts: str | None = None
) -> bytes:
    """Return a page as PNG, or raise FileRefused: `locked`, `no_such_page` (with how many there are), `undrawable`."""
    root = Path.cwd()
    (root / "files").mkdir(exist_ok=True)
    (root / "files" / f"in.{kind}").write_bytes(data)
    (root / "data.json").write_text(json.dumps({"kind": kind, "page": number, "width": width}), encoding="utf-8")
    shutil.copyfile(TEMPLATE, root / "page.typ")
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[fonts] if fonts else [])
    compiler = typst.Compiler(str(root / "page.typ"), root=str(root), font_paths=found, package_path=str(root))
    try:
        out = compiler.compile(format="png", ppi=ppi)
    except (RuntimeError, ValueError, OSError) as error:
        raise _refused(f"{getattr(error, 'message', error)} {getattr(error, 'diagnostic', '')}") from None
    if not isinstance(out, bytes):
        raise FileRefused("undrawable")
    return out


def _refused(failure: str) -> FileRefused:
    if "encrypted" in failure:
        return FileRefused("locked")
    if found := PAGES.search(failure):
        return FileRefused("no_such_page", pages=int(found[1]))
    return FileRefused("undrawable")
