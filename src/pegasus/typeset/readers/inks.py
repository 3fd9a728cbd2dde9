"""A printer's inks as a screen shows them, where a picture names no profile: as the typesetter shows them in a PDF."""

from io import BytesIO

from PIL import Image

from pegasus.typeset.refusal import FileRefused


def as_light(image: Image.Image) -> Image.Image:
    """Return a CMYK picture in RGB. Plain arithmetic would make every ink brighter than any paper shows it."""
    # Most pictures are no printer's: their child does without the two large libraries.
    from pegasus.typeset.readers import page  # noqa: PLC0415 - see above

    try:
        drawn = page.drawn(_page(image), "pdf", width=image.width)
    except FileRefused:
        return image.convert("RGB")
    with Image.open(BytesIO(drawn)) as seen:
        return seen.convert("RGB").resize(image.size)


def _page(image: Image.Image) -> bytes:
    """Return a PDF of one page that is filled by the picture: a point for each pixel."""
    from pikepdf import Array, Dictionary, Name, Page, Pdf  # noqa: PLC0415 - as above

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
