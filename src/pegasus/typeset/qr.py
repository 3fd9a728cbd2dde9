"""QR codes as SVG, with a white ground of their own: on a dark page nothing could read them otherwise."""

from io import BytesIO

import segno


def svg(text: str) -> str:
    """Return a QR code of medium error correction with its quiet zone."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#000000", light="#ffffff", xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()
