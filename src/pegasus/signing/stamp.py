"""Draw the visible part of a signature."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pegasus.kernel import dates
from pegasus.people.models import Office
from pegasus.typeset import qr, render

TEMPLATE = Path(__file__).with_name("documents") / "stamp.typ"
STATEMENT = "Ditandatangani secara elektronik\ndengan sertifikat kantor"


def draw(
    width: float, height: float, *, name: str, position: str, office: Office, address: str, code: str, at: datetime
) -> bytes:
    """Return the stamp as a PDF page; `address` is where its QR leads."""
    local = at.astimezone(ZoneInfo(office.timezone))
    moment = f"{dates.long_date(local)} pukul {local:%H.%M} {office.get_timezone_display()}"
    return render.pdf(
        TEMPLATE,
        {
            "title": f"Tanda tangan elektronik {name}",
            "width": width,
            "height": height,
            "statement": STATEMENT,
            "name": name,
            "position": position,
            "moment": f"{office.city}, {moment}" if office.city else moment,
            "code": code,
        },
        at=at,
        files={"qr.svg": qr.svg(address).encode()},
        standards=("a-2b",),
    )
