import os
import re
import signal
import threading
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pegasus.typeset import lanes, qr, render
from pegasus.typeset.lanes import GIGABYTE, Lane, TypesetFailed, TypesetTookTooLong

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
DOT = '#let d = json("/data.json")\n#set page(width: 4pt, height: 4pt, margin: 0pt, fill: none)\n'
LETTER = """#import "/lib/office.typ": *
#let d = json("/data.json")
#show: document.with(title: "Laporan", qr: "/files/qr.svg", note: d.note)
#letterhead(d.office)
= #d.words
#full-date("2026-11-30")
#data-table(columns: (auto, 1fr), header: ("No", "Nama"), rows: (("1", "Sari"), ("2", "Bayu")))
#signature-block(place: "Bengkulu", date: "2026-11-30", position: "Kepala", name: "Win Rizal")
"""
OFFICE = {"agency": "Badan Pusat Statistik", "region": "Provinsi Bengkulu", "address": "", "phone": None}


def typ(folder: Path, text: str) -> Path:
    path = folder / "it.typ"
    path.write_text(text, encoding="utf-8")
    return path


def letter(folder: Path, words: str = "Laporan triwulan", note: str = "KONSEP – belum ditandatangani") -> bytes:
    data = {"office": OFFICE, "words": words, "note": note}
    return render.pdf(typ(folder, LETTER), data, at=AT, files={"qr.svg": qr.svg("https://a.test/v/K7").encode()})


def request(folder: Path, text: str) -> dict[str, object]:
    path = typ(folder, text)
    (folder / "data.json").write_text("{}")
    plain: dict[str, object] = {"format": "png", "ppi": 72, "standards": [], "timestamp": None}
    return plain | {"root": str(folder), "main": str(path)}


def test_a_letter_is_pdf_a_2a_and_ua_1(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(letter(tmp_path))) as document, document.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Laporan"


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    assert letter(tmp_path) == letter(tmp_path)


def test_other_words_give_other_bytes(tmp_path: Path) -> None:
    assert letter(tmp_path) != letter(tmp_path, "Laporan semester")


def test_characters_that_no_font_has_do_not_stop_a_document(tmp_path: Path) -> None:
    assert letter(tmp_path, "Nama 你好 dan \ud800 dan \x00") == letter(tmp_path, "Nama □□ dan  dan ")


def test_a_tab_parts_words_as_a_blank_does(tmp_path: Path) -> None:
    assert letter(tmp_path, "Satu\tdua") == letter(tmp_path, "Satu dua")


@pytest.mark.parametrize("words", ['#panic("x") $x$ " \\ * _ @ref <l>', '#image("/etc/passwd")', "`a` = b\n- c"])
def test_words_are_never_markup(tmp_path: Path, words: str) -> None:
    assert letter(tmp_path, words).startswith(b"%PDF")


def test_a_point_is_a_pixel(tmp_path: Path) -> None:
    template = typ(tmp_path, DOT + "#place(dx: d.x * 1pt, rect(width: 1pt, height: 4pt, fill: red))")

    image = Image.open(BytesIO(render.png(template, {"x": 2})))

    rows = ["".join("R" if image.getpixel((x, y))[3] else "." for x in range(4)) for y in range(4)]  # type: ignore[index] # RGBA
    assert rows == ["..R."] * 4


def test_svg_carries_outlines_and_no_text(tmp_path: Path) -> None:
    svg = render.svg(typ(tmp_path, DOT + "#text(size: 2pt, d.words)"), {"words": "<script>a</script>"})

    assert "<path" in svg
    assert "<text" not in svg
    assert "<script" not in svg


def test_a_picture_of_two_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypesetFailed, match="2 pages"):
        render.png(typ(tmp_path, DOT + "a#pagebreak()b"), {})


@pytest.mark.parametrize("name", ["../a.png", "/etc/passwd", "a/b.png", ""])
def test_a_file_of_the_job_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        render.png(typ(tmp_path, DOT), {}, files={name: b""})


def test_a_link_is_copied_so_that_the_job_holds_no_links(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("isi")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    root = tmp_path / "job"
    root.mkdir()

    render._fill(root, typ(tmp_path, DOT), {}, {"a.txt": tmp_path / "link.txt"})  # noqa: SLF001 - the folder is gone after

    assert not (root / "files" / "a.txt").is_symlink()
    assert [path for path in root.rglob("*") if path.is_symlink()] == []


@pytest.mark.parametrize("path", ["../../etc/passwd", "/../etc/passwd", "https://a.test/a.png"])
def test_a_template_cannot_read_outside_its_job(tmp_path: Path, path: str) -> None:
    with pytest.raises(TypesetFailed):
        render.png(typ(tmp_path, DOT + f'#read("{path}")'), {})


def test_a_package_from_the_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypesetFailed):
        render.png(typ(tmp_path, '#import "@preview/cetz:0.3.0"'), {})


def test_a_document_that_does_not_end_is_killed_and_the_next_one_comes_out(tmp_path: Path) -> None:
    lane = Lane(memory=GIGABYTE, seconds=0.7)
    endless = "#let n = 0\n" + "#for a in range(100000) { for b in range(100000) { n += 1 } }\n#n"
    started = time.monotonic()

    with pytest.raises(TypesetTookTooLong):
        lane.run(request(tmp_path, endless))

    assert time.monotonic() - started < 5
    assert lane.run(request(tmp_path, DOT)).startswith(b"\x89PNG")
    lane.stop()


def test_a_document_that_eats_all_memory_ends_alone_and_the_next_one_comes_out(tmp_path: Path) -> None:
    lane = Lane(memory=GIGABYTE // 2, seconds=20)
    greedy = '#let a = "x" * 60000000\n#for i in range(40) { a = a + a }\n#a.len()'

    with pytest.raises(TypesetFailed):
        lane.run(request(tmp_path, greedy))

    assert lane.run(request(tmp_path, DOT)).startswith(b"\x89PNG")
    lane.stop()


def test_a_child_that_was_killed_is_replaced(tmp_path: Path) -> None:
    lane = Lane(memory=GIGABYTE, seconds=10)
    lane.run(request(tmp_path, DOT))
    first = lane.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)

    assert lane.run(request(tmp_path, DOT)).startswith(b"\x89PNG")

    assert lane.pid != first
    lane.stop()


def test_threads_share_a_lane(tmp_path: Path) -> None:
    pictures: list[bytes] = []
    template = typ(tmp_path, DOT + "#rect(width: 2pt, height: 2pt, fill: blue)")
    threads = [threading.Thread(target=lambda: pictures.append(render.png(template, {}))) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(pictures) == 6
    assert len(set(pictures)) == 1


def test_a_fork_leaves_the_child_to_its_parent(tmp_path: Path) -> None:
    template = typ(tmp_path, DOT)
    expected = render.png(template, {})
    child = lanes.CARDS.pid

    pid = os.fork()
    if pid == 0:
        fine = lanes.CARDS.pid is None and render.png(template, {}) == expected
        lanes.CARDS.stop()
        os._exit(0 if fine else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert render.png(template, {}) == expected
    assert lanes.CARDS.pid == child


def test_a_signable_document_tells_where_it_left_room(tmp_path: Path) -> None:
    template = typ(
        tmp_path,
        '#import "/lib/office.typ": signature-place\n#set document(title: "x")\n'
        "#set page(width: 400pt, height: 300pt, margin: 20pt)\nsatu #pagebreak()\n"
        "#place(top + left, dx: 30pt, dy: 50pt, block(width: 100pt, signature-place(width: 100%, height: 40pt)))",
    )

    data, place = render.signable(template, {}, at=AT)

    assert place == render.PageBox(page=1, left=50, bottom=190, right=150, top=230)
    assert data == render.pdf(template, {}, at=AT)


def test_a_document_without_room_says_so(tmp_path: Path) -> None:
    template = typ(tmp_path, '#set document(title: "x")\nsatu')

    assert render.signable(template, {}, at=AT) == (render.pdf(template, {}, at=AT), None)
