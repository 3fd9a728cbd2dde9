"""A printer's inks as a screen shows them, where a picture names no profile: as the typesetter shows them in a PDF."""

from io import BytesIO
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image

from pegasus.typeset import render
from pegasus.typeset.lanes import UPLOADS

PAGE = Path(__file__).with_name("typst") / "page.typ"


def as_light(image: Image.Image) -> Image.Image:
    """Return a CMYK picture in RGB. Plain arithmetic would make every ink brighter than any paper shows it."""
    try:
        asked = {"kind": "pdf", "page": 1, "width": image.width}
        drawn = render.png(PAGE, asked, files={"in.pdf": _page(image)}, lane=UPLOADS)
    except render.TypesetFailed:
        return image.convert("RGB")
    with Image.open(BytesIO(drawn)) as seen:
        return seen.convert("RGB").resize(image.size)


def _page(image: Image.Image) -> bytes:
    """Return a PDF of one page that is filled by the picture: a point for each pixel."""
    document = Pdf.new()
    inks = document.make_stream(
        image.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK,
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *image.size]),
        Contents=document.make_stream(f"{image.width} 0 0 {image.height} 0 0 cm /I Do".encode()),
        Resources=Dictionary(XObject=Dictionary(I=inks)),
    )
    document.pages.append(Page(document.make_indirect(page)))
    out = BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()
