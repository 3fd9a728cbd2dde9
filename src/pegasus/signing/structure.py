"""Where a signature field is read: in the structure tree, before what stands below it in its column.

Read aloud, a signature block is then heard as it is seen: the position, the signature, the name. The room itself holds
nothing that has a place in the tree, so the place is found by where the texts of the page stand.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf

Box = tuple[float, float, float, float]
# What may hold a Form element among its kids (ISO 32000-1, 14.8.4): a table's row may not.
GROUPS = {Name.Document, Name.Part, Name.Art, Name.Sect, Name.Div, Name.BlockQuote, Name.NonStruct, Name.TD}
CLOSE = 2.0  # points by which a text may stand out of its column


class TextAt(NamedTuple):
    """Where a marked piece of a page begins, in points from the page's bottom left corner."""

    mcid: int
    x: float
    y: float


def add_form(pdf: Pdf, page: Object, widget: Object, box: Box) -> None:
    """Hang the widget under a Form element and into the parent tree, so that a reader aloud finds it in its place."""
    root = pdf.Root.StructTreeRoot
    below = _element_below(root, page, box)
    parent = below.P if below is not None else _document_element(root)
    kid = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
    form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, Pg=page, K=kid))
    _add_kid(parent, form, before=below)
    if Name.ParentTree not in root:
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([])))
    tree = pikepdf.NumberTree(root.ParentTree)
    key = max([int(root.get(Name.ParentTreeNextKey, 0)), *(int(number) + 1 for number in tree)])
    tree[key] = form
    root.ParentTreeNextKey = key + 1
    widget.StructParent = key


def _document_element(root: Object) -> Object:
    kids = root.get(Name.K)
    if isinstance(kids, Array):
        kids = kids[0] if len(kids) else None
    return kids if isinstance(kids, Dictionary) and kids.get(Name.S) == Name.Document else root


def _element_below(root: Object, page: Object, box: Box) -> Object | None:
    """Return the element that begins nearest below a box, in its column; None where nothing does."""
    if Name.StructParents not in page or Name.ParentTree not in root:
        return None
    elements = pikepdf.NumberTree(root.ParentTree).get(int(page.StructParents))
    left, bottom, right, _ = box
    below = [
        text for text in _texts(page) if text.y <= bottom + CLOSE and left - CLOSE <= text.x <= right and text.y > 0
    ]
    if not below or not isinstance(elements, Array):
        return None
    nearest = max(below, key=lambda text: (text.y, -text.x))
    return _in_group(elements[nearest.mcid]) if nearest.mcid < len(elements) else None


def _in_group(element: Object) -> Object | None:
    """Return the element itself or what it lies in, as far up as a Form may stand beside it."""
    while isinstance(element, Dictionary) and isinstance(element.get(Name.P), Dictionary):
        if element.P.get(Name.S) in GROUPS:
            return element
        element = element.P
    return None


class TextPen:
    """Where the next text of a content stream goes."""

    def __init__(self) -> None:
        self._matrix, self._line = Matrix(), Matrix()
        self._saved: list[Matrix] = []

    def follow(self, name: str, given: list[Object]) -> None:
        """Move as an operator says; those that draw nothing elsewhere are passed over."""
        match name:
            case "q":
                self._saved.append(self._matrix)
            case "Q" if self._saved:
                self._matrix = self._saved.pop()
            case "cm":
                self._matrix = _matrix(given) @ self._matrix
            case "BT":
                self._line = Matrix()
            case "Tm":
                self._line = _matrix(given)
            case "Td" | "TD":
                self._line = Matrix().translated(float(given[0]), float(given[1])) @ self._line

    def at(self) -> tuple[float, float]:
        """Return the place on the page."""
        found = self._line @ self._matrix
        return found.e, found.f


def _texts(page: Object) -> Iterator[TextAt]:
    """Yield where each marked piece of text begins."""
    pen, marks, seen = TextPen(), list[int | None](), set[int]()
    for one in pikepdf.parse_content_stream(page):
        name, given = str(one.operator), list(one.operands)
        pen.follow(name, given)
        if name in {"BDC", "BMC"}:
            marks.append(_mcid(given[-1]))
        elif name == "EMC" and marks:
            marks.pop()
        elif name in {"Tj", "TJ"}:
            mcid = next((mark for mark in reversed(marks) if mark is not None), None)
            if mcid is not None and mcid not in seen:
                seen.add(mcid)
                yield TextAt(mcid, *pen.at())


def _matrix(given: list[Object]) -> Matrix:
    return Matrix(*(float(number) for number in given))


def _mcid(properties: Object) -> int | None:
    return int(properties.MCID) if isinstance(properties, Dictionary) and Name.MCID in properties else None


def _add_kid(parent: Object, kid: Object, *, before: Object | None) -> None:
    kids = parent.get(Name.K)
    if not isinstance(kids, Array):
        parent.K = Array([] if kids is None else [kids])
    place = next(
        (
            number
            for number, one in enumerate(parent.K)
            if before is not None and isinstance(one, Dictionary) and one.objgen == before.objgen
        ),
        len(parent.K),
    )
    parent.K.insert(place, kid)
