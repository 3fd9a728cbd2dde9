"""Colours of other worlds (a phone's wide gamut, a printer's inks, sixteen bits) as a card's sRGB shows them."""

import struct
import zlib
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image

from pegasus.typeset import pages, pictures

Colour = tuple[int, ...]
# Published primaries, adapted to D50; and the matrices from linear light in that space to linear sRGB.
P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
P3_TO_SRGB = ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979))
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
ADOBE_TO_SRGB = ((1.3984, -0.3984, 0.0), (0.0, 1.0, 0.0), (0.0, -0.0429, 1.0429))
GAMMA = 563 / 256  # Adobe RGB's


def profile(primaries: tuple[tuple[float, ...], ...], *, gamma: float | None) -> bytes:
    """A small ICC profile: three primaries and one curve (none: sRGB's own)."""

    def fixed(number: float) -> bytes:
        return struct.pack(">i", round(number * 65536))

    if gamma is None:
        numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
        curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(map(fixed, numbers))
    else:
        curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    texts = (
        b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", 2, 28) + "x".encode("utf-16-be") + b"\0\0"
    )
    white = b"XYZ " + bytes(4) + b"".join(map(fixed, (0.9642, 1.0, 0.8249)))
    tags = {b"desc": texts, b"cprt": texts, b"wtpt": white, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    for name, primary in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True):
        tags[name] = b"XYZ " + bytes(4) + b"".join(map(fixed, primary))
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12s4s", start + len(body), bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp"
    )
    head += bytes(28) + b"".join(map(fixed, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + table + body


def seen(colour: Colour, matrix: tuple[tuple[float, ...], ...], *, gamma: float | None) -> Colour:
    """What the colour is in sRGB, by plain arithmetic."""
    light = [part**gamma if gamma else _linear(part) for part in (value / 255 for value in colour)]
    told = [sum(share * part for share, part in zip(row, light, strict=True)) for row in matrix]
    return tuple(round(255 * _curved(min(1.0, max(0.0, part)))) for part in told)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _curved(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def middle(data: bytes) -> Colour:
    with Image.open(BytesIO(data)) as image:
        found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    return found


def near(found: Colour, wanted: Colour, *, by: int) -> bool:
    return max(abs(one - other) for one, other in zip(found, wanted, strict=True)) <= by


COLOURS = [(200, 100, 50), (40, 160, 90), (30, 60, 220), (128, 128, 128)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize(
    ("primaries", "matrix", "gamma"), [(P3, P3_TO_SRGB, None), (ADOBE, ADOBE_TO_SRGB, GAMMA)], ids=["P3", "Adobe"]
)
def test_a_wide_colour_is_shown_as_it_was_meant(
    kind: str,
    colour: Colour,
    primaries: tuple[tuple[float, ...], ...],
    matrix: tuple[tuple[float, ...], ...],
    gamma: float,
) -> None:
    data = file(Image.new("RGB", (64, 64), colour), kind, icc_profile=profile(primaries, gamma=gamma), quality=100)

    found = middle(pictures.accept(data).data)

    assert near(found, seen(colour, matrix, gamma=gamma), by=4)
    assert colour == (128, 128, 128) or not near(found, colour, by=8)


def test_a_palette_and_a_transparent_picture_with_a_wide_profile_are_shown_as_meant() -> None:
    wide = profile(P3, gamma=None)
    palette = Image.new("RGB", (64, 64), (40, 160, 90)).quantize(4)
    clear = Image.new("RGBA", (64, 64), (40, 160, 90, 128))

    of_palette = pictures.accept(file(palette, "PNG", icc_profile=wide))
    of_clear = pictures.accept(file(clear, "PNG", icc_profile=wide))

    wanted = seen((40, 160, 90), P3_TO_SRGB, gamma=None)
    assert near(middle(of_palette.data), wanted, by=4)
    with Image.open(BytesIO(of_clear.data)) as image:
        assert image.getchannel("A").getextrema() == (128, 128)
        assert near(image.convert("RGB").getpixel((9, 9)), wanted, by=3)  # type: ignore[arg-type] # three bands


def test_a_profile_that_is_broken_or_of_another_kind_leaves_the_plain_numbers() -> None:
    colour = (200, 100, 50)
    for bad in (b"x" * 200, profile(P3, gamma=None)[:200]):
        assert near(
            middle(pictures.accept(file(Image.new("RGB", (32, 32), colour), "PNG", icc_profile=bad)).data),
            colour,
            by=4,
        )
    grey = file(Image.new("L", (32, 32), 90), "PNG", icc_profile=profile(P3, gamma=None))
    assert near(middle(pictures.accept(grey).data), (90, 90, 90), by=4)


INKS = [(51, 153, 204, 26), (255, 0, 0, 0), (0, 255, 255, 0), (0, 0, 0, 255), (0, 0, 0, 0)]
# As print-minded readers show these inks; plain arithmetic gives (183, 92, 46) for the first.
AS_SEEN = [(186, 112, 67), (0, 174, 239), (237, 29, 36), (35, 31, 32), (255, 255, 255)]


@pytest.mark.parametrize(("inks", "wanted"), list(zip(INKS, AS_SEEN, strict=True)))
def test_inks_look_the_same_in_a_jpeg_and_in_a_pdf(inks: Colour, wanted: Colour) -> None:
    jpeg = pictures.accept(file(Image.new("CMYK", (200, 250), inks), "JPEG", quality=100))
    pdf = pages.accept(
        pdf_of(f"{' '.join(str(ink / 255) for ink in inks)} k 0 0 200 250 re f".encode(), box=(0, 0, 200, 250))
    )

    assert (jpeg.width, jpeg.height) == (200, 250)
    assert near(middle(jpeg.data), wanted, by=4)
    assert near(middle(pdf.data), wanted, by=4)


def test_inks_keep_their_places() -> None:
    halves = Image.new("CMYK", (200, 100), (0, 255, 255, 0))
    halves.paste((255, 0, 0, 0), (100, 0, 200, 100))

    with Image.open(BytesIO(pictures.accept(file(halves, "JPEG", quality=100)).data)) as image:
        left, right = image.getpixel((20, 50)), image.getpixel((180, 50))

    assert near(left, (237, 29, 36), by=6)  # type: ignore[arg-type] # three bands
    assert near(right, (0, 174, 239), by=6)  # type: ignore[arg-type] # three bands


def pdf_of(
    drawing: bytes, *, box: tuple[float, ...] = (0, 0, 540, 675), spaces: dict[str, bytes] | None = None
) -> bytes:
    document = Pdf.new()
    found = {
        f"/{name}": Array([Name.ICCBased, document.make_stream(data, N=3)]) for name, data in (spaces or {}).items()
    }
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(list(box)),
        Contents=document.make_stream(drawing),
        Resources=Dictionary(ColorSpace=Dictionary(found)),
    )
    document.pages.append(Page(document.make_indirect(page)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_wide_colour_of_a_pdf_is_shown_as_it_was_meant() -> None:
    drawing = b"/C cs %f %f %f sc 0 0 540 675 re f" % (40 / 255, 160 / 255, 90 / 255)

    data = pages.accept(pdf_of(drawing, spaces={"C": profile(ADOBE, gamma=GAMMA)})).data

    assert near(middle(data), seen((40, 160, 90), ADOBE_TO_SRGB, gamma=GAMMA), by=4)


def png_of(values: Colour, kind: int) -> bytes:
    """A PNG of sixteen bits: grey (0), RGB (2), grey and RGB with transparency (4, 6)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + struct.pack(f">{len(values)}H", *values) * 8) * 8
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 16, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("values", "kind", "wanted"),
    [
        ((40_000,), 0, (156, 156, 156, 255)),
        ((0,), 0, (0, 0, 0, 255)),
        ((65_535,), 0, (255, 255, 255, 255)),
        ((40_000, 20_000, 65_535), 2, (156, 78, 255, 255)),
        ((40_000, 30_000), 4, (156, 156, 156, 117)),
        ((40_000, 20_000, 65_535, 30_000), 6, (156, 78, 255, 117)),
    ],
)
def test_sixteen_bits_become_eight_of_the_same_colour(values: Colour, kind: int, wanted: Colour) -> None:
    picture = pictures.accept(png_of(values, kind))

    with Image.open(BytesIO(picture.data)) as image:
        found = image.convert("RGBA").getpixel((4, 4))

    assert isinstance(found, tuple)
    assert near(found, wanted, by=2)
