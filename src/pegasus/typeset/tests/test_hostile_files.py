"""Files that would harm, or that hide something: refused with a sentence, or nothing of them but pixels comes out."""

import struct
import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image, PngImagePlugin

from pegasus.typeset import pages, pictures
from pegasus.typeset.pictures import PictureRefused
from pegasus.typeset.tests.test_colours import file, middle

RED = b"1 0 0 rg 0 0 20000 20000 re f"


def pdf(drawing: bytes = RED, *, count: int = 1, box: tuple[float, ...] = (0, 0, 540, 675), **saved: object) -> bytes:
    document = Pdf.new()
    for _page in range(count):
        page = Dictionary(Type=Name.Page, MediaBox=Array(list(box)), Contents=document.make_stream(drawing))
        document.pages.append(Page(document.make_indirect(page)))
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('racun')")
    document.Root.AA = Dictionary(WC=Dictionary(S=Name.Launch, F="/bin/sh"))
    out = BytesIO()
    document.save(out, **saved)  # type: ignore[arg-type] # any option of saving
    return out.getvalue()


def loop() -> bytes:
    """A PDF whose drawing calls itself."""
    document = Pdf.new()
    form = document.make_stream(b"/F Do " + RED, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 540, 675]))
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 540, 675]),
        Contents=document.make_stream(b"/F Do"),
        Resources=Dictionary(XObject=Dictionary(F=form)),
    )
    document.pages.append(Page(document.make_indirect(page)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_page_as_large_as_a_field_is_drawn_small() -> None:
    picture = pages.accept(pdf(box=(0, 0, 14_400, 14_400)))

    assert picture.width == picture.height <= 2400
    assert middle(picture.data)[0] > 250


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf(box=(0, 0, 1, 14_400)), id="a thread"),
        pytest.param(pdf(b"[" * 200_000), id="deep nesting"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n" + b"<</A" * 100_000 + b"\nendobj", id="deep objects"),
        pytest.param(pdf(b"1 0 0 rg 0 0 540 675 re f " * 900_000), id="endless drawing", marks=pytest.mark.slow),
        pytest.param(pdf()[:300], id="half a PDF"),
        pytest.param(pdf(count=0), id="no page"),
    ],
)
def test_a_pdf_that_eats_time_or_memory_is_refused_and_the_next_is_drawn(data: bytes) -> None:
    with pytest.raises(PictureRefused, match="tidak dapat digambar"):
        pages.accept(data)

    assert pages.accept(pdf()).width > 0


def test_a_drawing_that_calls_itself_ends() -> None:
    try:
        picture = pages.accept(loop())
    except PictureRefused:
        return
    assert picture.width > 0


def test_a_locked_pdf_says_so_and_one_that_only_forbids_printing_is_drawn() -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    guarded = pdf(encryption=pikepdf.Encryption(owner="a", user=""))

    for deed in (pages.accept, pages.count):
        with pytest.raises(PictureRefused, match="kata sandi"):
            deed(locked)
    assert middle(pages.accept(guarded).data)[0] > 250


def test_two_thousand_pages_are_counted_and_one_is_drawn() -> None:
    data = pdf(count=2000)

    assert pages.count(data) == 2000
    assert pages.accept(data, page=2000).width > 0
    with pytest.raises(PictureRefused, match="hanya 2000 halaman"):
        pages.accept(data, page=2001)


def test_what_is_no_pdf_is_one_page() -> None:
    assert pages.count(file(Image.new("RGB", (9, 9)), "PNG")) == 1
    with pytest.raises(PictureRefused):
        pages.count(b"%PDF-1.7\n%%EOF")


def test_nothing_of_a_pdf_but_its_pixels_comes_out() -> None:
    data = pages.accept(pdf()).data

    for hidden in (b"racun", b"JavaScript", b"/bin/sh", b"Launch"):
        assert hidden not in data


def gigantic(side: int) -> bytes:
    """A PNG of so many pixels in very few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


def test_a_gigantic_picture_is_refused_by_its_head() -> None:
    with pytest.raises(PictureRefused, match="40 megapiksel"):
        pages.accept(gigantic(20_000))


MOVING = [Image.new("RGBA", (20, 20), colour) for colour in ("red", "blue", "lime")]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_moving_picture_is_refused_with_a_sentence(kind: str) -> None:
    moving = file(MOVING[0], kind, save_all=True, append_images=MOVING[1:], duration=100)

    with pytest.raises(PictureRefused, match="gambar diam"):
        pages.accept(moving)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(60), "HEIC"),
        (b"\0\0\0\x18ftypmif1" + bytes(60), "HEIC"),
        (file(Image.new("RGB", (9, 9)), "AVIF"), "AVIF"),
        (file(Image.new("RGB", (9, 9)), "TIFF"), "TIFF"),
        (file(Image.new("RGB", (9, 9)), "BMP"), "BMP"),
        (b"8BPS\0\1" + bytes(60), "Photoshop"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "Illustrator"),
        (b"\0\0\0\x18ftypmp42" + bytes(60), "video"),
        (b"PK\x03\x04" + bytes(60), "PowerPoint"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan gambar"),
        (b"<html><body>", "bukan gambar"),
        (b"", "bukan gambar"),
    ],
)
def test_each_other_kind_is_told_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(PictureRefused, match=told):
        pictures.accept(data)


def test_a_file_is_what_its_content_says_and_what_hangs_on_it_falls_off() -> None:
    picture = file(Image.new("RGB", (40, 50), "red"), "JPEG")
    with_zip = picture + b"PK\x03\x04rahasia" + b"<script>alert(1)</script>"
    with_pdf = picture + pdf()

    for data in (with_zip, with_pdf):
        accepted = pages.accept(data)
        assert (accepted.width, accepted.height) == (40, 50)
        for hidden in (b"PK\x03\x04", b"%PDF", b"script"):
            assert hidden not in accepted.data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_refused(kind: str) -> None:
    whole = file(Image.effect_noise((200, 200), 90).convert("RGB"), kind)

    with pytest.raises(PictureRefused, match="bukan gambar"):
        pages.accept(whole[: len(whole) // 2])


def secretive(kind: str) -> bytes:
    """A sideways picture that tells where, when, with what and by whom it was made, five times over."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "rahasia-kamera"
    exif[0x9286] = "rahasia-catatan"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "S", (3.0, 47.0, 30.0), "rahasia-2026:11:22"
    exif.get_ifd(0x014A)[0x0201] = "rahasia-gambar-kecil"
    image = Image.new("RGB", (60, 40), "red")
    image.paste((0, 0, 255), (0, 0, 30, 40))
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">rahasia-xmp</x:xmpmeta>'
    options: dict[str, object] = {"exif": exif, "xmp": xmp}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", "rahasia-komentar")
        texts.add_itxt("XML:com.adobe.xmp", "rahasia-xmp")
        options = {"exif": exif, "pnginfo": texts}
    if kind == "JPEG":
        options["comment"] = b"rahasia-komentar"
    return file(image, kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_upright_and_tells_nothing_about_its_maker(kind: str) -> None:
    data = secretive(kind)

    accepted = pages.accept(data)

    assert b"rahasia" in data
    assert b"rahasia" not in accepted.data
    with Image.open(BytesIO(accepted.data)) as image:
        assert image.size == (40, 60)
        above, below = image.convert("RGB").getpixel((20, 10)), image.convert("RGB").getpixel((20, 50))
        assert not image.getexif()
        assert {"exif", "xmp", "comment", "icc_profile", "dpi"}.isdisjoint(set(image.info) - {"dpi"})
        assert not getattr(image, "text", {})
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    assert above[2] > above[0] + 150
    assert below[0] > below[2] + 150
