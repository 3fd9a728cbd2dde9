import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pegasus.typeset import fonts, glyphs, render
from pegasus.typeset.fonts import FontRefused, accept
from pegasus.typeset.lanes import CARDS, FONTS
from pegasus.typeset.tests.builders import (
    endless_cmap,
    entries,
    make_font,
    with_named,
    with_number,
    with_table,
    without_tables,
)

LINE = """#let d = json("/data.json")
#set page(width: 400pt, height: 60pt, margin: 0pt, fill: none)
#text(font: (d.family, "Arimo"), size: 40pt, d.words)
"""
PLAIN = make_font()


def zipped(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("huruf.ttf", data)
    return out.getvalue()


def test_a_whole_font_is_taken_as_it_is_with_what_the_typesetter_calls_it() -> None:
    data = make_font("Huruf Kantor", weight=700, is_italic=True, licence="SIL Open Font License 1.1")

    font = accept(data)

    assert font.data == data
    assert (font.suffix, font.family, font.style, font.weight) == ("ttf", "Huruf Kantor", "italic", 700)
    assert (font.lightest, font.heaviest) == (700, 700)
    assert font.lacks == ""
    assert "Open Font License" in font.grants
    assert glyphs.has(font.covers, "A")
    assert not glyphs.has(font.covers, "ꦲ")


def test_a_variable_font_says_how_light_and_how_heavy_it_can_be() -> None:
    font = accept(make_font(weights=(300, 800)))

    assert (font.weight, font.lightest, font.heaviest) == (400, 300, 800)


def test_signs_that_are_good_to_have_are_told_and_letters_that_must_be_there_are_named() -> None:
    assert accept(make_font(letters=fonts.LETTERS)).lacks == fonts.WANTED

    with pytest.raises(FontRefused, match=r"tidak punya: Q x \?\."):
        accept(make_font(letters="".join(letter for letter in fonts.LETTERS if letter not in "Qx?")))
    with pytest.raises(FontRefused, match=r"tidak punya: a spasi\."):
        accept(make_font(letters=fonts.LETTERS.replace(" ", ""), empty="a"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "bukan huruf", id="nothing"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "bukan huruf", id="a picture"),
        pytest.param(b"<svg/>" * 20, "bukan huruf", id="a drawing"),
        pytest.param(zipped(PLAIN), "ZIP", id="a zip that is called a font"),
        pytest.param(b"ttcf" + PLAIN, "kumpulan", id="a collection"),
        pytest.param(b"wOF2" + PLAIN, "WOFF", id="a font of the web"),
        pytest.param(PLAIN + b"\0" * 30_000_000, "8 MB", id="30 MB"),
        pytest.param(PLAIN[: len(PLAIN) // 2], "rusak", id="half of it"),
        pytest.param(PLAIN[:20], "rusak", id="a head alone"),
        pytest.param(with_number(PLAIN, 4, ">H", 65_535), "rusak", id="65,535 tables"),
        pytest.param(with_number(PLAIN, 4, ">H", 0), "gambar titik|rusak", id="no tables"),
        pytest.param(with_number(PLAIN, entries(PLAIN)[b"glyf"] + 12, ">I", 2**32 - 1), "rusak", id="endless table"),
        pytest.param(with_number(PLAIN, entries(PLAIN)[b"name"] + 8, ">I", 12), "rusak", id="over the directory"),
        pytest.param(
            with_number(PLAIN, entries(PLAIN)[b"post"] + 12, ">I", 2**16), "rusak", id="a table over the next"
        ),
        pytest.param(PLAIN.replace(b"post", b"name", 1), "rusak", id="a table twice"),
        pytest.param(without_tables(PLAIN, "glyf", "loca"), "gambar titik", id="bitmaps alone"),
        pytest.param(with_table(PLAIN, "SVG ", b"<svg/>"), "berwarna", id="drawings in colour"),
        pytest.param(without_tables(PLAIN, "cmap"), "rusak", id="no letters' table"),
        pytest.param(with_table(PLAIN, "head", b"\xff" * 54), "rusak", id="a head of nonsense"),
        pytest.param(
            with_table(PLAIN, "loca", b"\xff" * 8), "tidak punya: A B .* dan 51 lagi", id="glyphs that are nowhere"
        ),
        pytest.param(make_font(flags=0x2), "melarang penyematan", id="embedding forbidden"),
        pytest.param(make_font(flags=0x208), "melarang penyematan", id="only bitmaps may be embedded"),
        pytest.param(make_font("Plus Jakarta Sans"), "sudah ada di Pegasus", id="a shipped family"),
        pytest.param(make_font("ARIMO"), "sudah ada di Pegasus", id="a shipped family in capitals"),
        pytest.param(make_font("Libertinus Serif"), "sudah ada di Pegasus", id="the typesetter's own family"),
        pytest.param(with_named(PLAIN, "A\nB"), "tidak wajar", id="a line end in the name"),
        pytest.param(with_named(PLAIN, "A" * 10_000), "tidak wajar", id="10,000 letters in the name"),
        pytest.param(with_named(PLAIN, '", "x"); #panic("mati'), "tidak wajar", id="code in the name"),
        pytest.param(with_named(PLAIN, '#read("/etc/passwd")'), "tidak wajar", id="a file in the name"),
        pytest.param(with_named(PLAIN, "<script>alert(1)</script>"), "tidak wajar", id="markup in the name"),
        pytest.param(with_named(PLAIN, "Huruf\u202eKantor"), "tidak wajar", id="turned round in the name"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(data: bytes, said: str) -> None:
    with pytest.raises(FontRefused, match=said):
        accept(data)


def test_a_font_that_takes_forever_to_read_is_stopped() -> None:
    begun = time.monotonic()

    with pytest.raises(FontRefused, match="rusak"):
        accept(with_table(PLAIN, "cmap", endless_cmap()))

    assert time.monotonic() - begun < fonts.FONT.limits.seconds + 2


def test_a_font_is_known_to_its_own_job_alone_though_the_child_stays_warm(tmp_path: Path) -> None:
    template = tmp_path / "line.typ"
    template.write_text(LINE)
    narrow, wide = tmp_path / "narrow", tmp_path / "wide"
    for folder, width in ((narrow, 100), (wide, 900)):
        folder.mkdir()
        (folder / "font.ttf").write_bytes(make_font("Sama", width=width))

    def drawn(*folders: Path) -> bytes:
        return render.png(template, {"family": "Sama", "words": "il"}, fonts=folders)

    plain = drawn()
    child = CARDS.pid
    first, second = drawn(narrow), drawn(wide)

    assert len({plain, first, second}) == 3
    assert [drawn(wide), drawn(), drawn(narrow), drawn(wide)] == [second, plain, first, second]
    assert CARDS.pid == child
    assert drawn(wide, narrow) == drawn(narrow, wide)


def test_a_variable_font_is_drawn_as_heavy_as_it_is_asked_for(tmp_path: Path) -> None:
    assert FONTS.is_dir()
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "font.ttf").write_bytes(make_font("Ubah", weights=(300, 800)))
    template = tmp_path / "line.typ"
    template.write_text(LINE.replace("size: 40pt", "size: 40pt, weight: d.weight"))

    def drawn(weight: int) -> bytes:
        data = {"family": "Ubah", "words": "il", "weight": weight}
        return render.png(template, data, fonts=[tmp_path / "f"])

    assert drawn(300) == drawn(300)
    assert drawn(300) != drawn(800)
