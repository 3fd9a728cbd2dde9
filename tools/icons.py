"""Draw the app icons (PNG) from our own mark: run it after changing `ui/static/ui/mark.svg`."""

from pathlib import Path

import typst

UI = Path(__file__).resolve().parent.parent / "src" / "pegasus" / "ui" / "static" / "ui"
PAGE = """
#set page(width: 512pt, height: 512pt, margin: 0pt, fill: rgb("#f7f5f0"))
#align(center + horizon, image("mark.svg", width: 330pt))
"""


def main() -> None:
    """Write one PNG per size; the mark stays inside the circle that phones cut out."""
    source = UI / "icons.typ"
    source.write_text(PAGE, encoding="utf-8")
    try:
        for size in (180, 192, 512):
            picture = typst.compile(str(source), format="png", ppi=72 * size / 512)
            (UI / f"icon-{size}.png").write_bytes(picture)
    finally:
        source.unlink()


if __name__ == "__main__":
    main()
