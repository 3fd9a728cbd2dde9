"""Put an empty signature field into a PDF before it is signed, so that PDF/UA-1 survives the visible stamp.

A visible widget must sit in a Form element of the structure tree (PDF/UA-1, 7.18.4). pyHanko signs into the field
that it finds; it does not know the structure tree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from pegasus.signing import structure

PRINTED_AND_LOCKED = 132


class NotSignable(Exception):
    """The file is no PDF that a field can be put into."""


@dataclass(frozen=True)
class Place:
    """Where the stamp goes: a page (-1 is the last) and a box in points from the page's bottom left corner.

    An invisible one is in the file and on no page: never over what stands there.
    """

    page: int = -1
    box: tuple[float, float, float, float] | None = None
    invisible: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the place as a row keeps it."""
        return {"invisible": True} if self.invisible else {"page": self.page, "box": self.box}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Place":
        """Return the place that `as_json` wrote."""
        if kept.get("invisible"):
            return cls(invisible=True)
        return cls(page=kept["page"], box=tuple(kept["box"]) if kept["box"] else None)


WIDTH, HEIGHT = 236.0, 76.0
MARGIN_RIGHT, MARGIN_BOTTOM = 71.0, 84.0


def add_field(pdf_bytes: bytes, *, name: str, label: str, place: Place) -> tuple[bytes, tuple[float, float]]:
    """Return the file with the field `name` in it, and the field's width and height."""
    try:
        with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
            page = _page(pdf, place)
            box = _box(page, place)
            widget = _widget(pdf, page, name=name, label=label, box=box)
            _into_form(pdf, widget)
            if Name.StructTreeRoot in pdf.Root:
                structure.add_form(pdf, page.obj, widget, box)
            out = BytesIO()
            # The same bytes for the same input; qpdf ends the file with a line feed, which pyHanko needs.
            pdf.save(out, deterministic_id=True)
    except pikepdf.PdfError as error:
        raise NotSignable(str(error)) from None
    return out.getvalue(), (box[2] - box[0], box[3] - box[1])


def _page(pdf: Pdf, place: Place) -> pikepdf.Page:
    number = place.page if place.page >= 0 else len(pdf.pages) + place.page
    if not 0 <= number < len(pdf.pages):
        raise NotSignable("no such page")
    return pdf.pages[number]


def _box(page: pikepdf.Page, place: Place) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    if place.invisible:
        return 0.0, 0.0, 0.0, 0.0
    if place.box is None:
        x, y = right - MARGIN_RIGHT - WIDTH, bottom + MARGIN_BOTTOM
        return max(left, x), y, right - MARGIN_RIGHT, y + HEIGHT
    x0, y0, x1, y1 = place.box
    if not (left <= x0 < x1 <= right and bottom <= y0 < y1 <= top):
        raise NotSignable("the stamp would lie outside its page")
    return place.box


def _widget(pdf: Pdf, page: pikepdf.Page, *, name: str, label: str, box: tuple[float, float, float, float]) -> Object:
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(name),
            TU=String(label),
            Contents=String(label),
            F=PRINTED_AND_LOCKED,
            Rect=Array([round(edge, 3) for edge in box]),
            P=page.obj,
        )
    )
    if Name.Annots not in page.obj:
        page.obj.Annots = Array([])
    page.obj.Annots.append(widget)
    page.obj.Tabs = Name.S
    return widget


def _into_form(pdf: Pdf, widget: Object) -> None:
    if Name.AcroForm not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([])))
    form = pdf.Root.AcroForm
    if Name.Fields not in form:
        form.Fields = Array([])
    form.Fields.append(widget)
    form.SigFlags = 3
