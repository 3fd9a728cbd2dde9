"""Whether a file is another one with nothing but signatures behind it.

The library's own comparison starts from a signed revision; what is sent out is unsigned and has no form yet. So every
object of the sent file must be the same in the whole one, but for the few places where a signature is entered: then
its pages show what they showed, and the new fields beside.
"""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

# Stamps are a part of a page; what covers more of it, at once or in pieces, could show another paper.
LARGEST_STAMPS = 0.35
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
# Where a signature, its form, its data for checking and the file's own description are entered.
OF_CATALOG = {"/AcroForm", "/Extensions", "/DSS", "/Version", "/Perms", "/Metadata"}
OF_FORM = {"/Fields", "/SigFlags"}
# A form may bring pages of its own along, and a field may do something by itself.
OWN_PAGES = "/XFA"
ACTS = {"/A", "/AA"}
OF_FIELD = {"/V", "/AP", "/AS", "/F", "/Lock", "/M", "/MK", "/DA", "/TU", "/Contents"}


def continues(data: bytes, *, base: int) -> bool:
    """Tell whether what stands behind the first `base` bytes adds signatures and changes nothing that a page shows."""
    try:
        with pikepdf.open(BytesIO(data[:base])) as sent, pikepdf.open(BytesIO(data)) as whole:
            return _is_kept(sent, whole)
    except BROKEN:
        return False


def _is_kept(sent: Pdf, whole: Pdf) -> bool:
    catalog, form, info = sent.Root.objgen, _number(sent.Root.get(Name.AcroForm)), _number(sent.trailer.get(Name.Info))
    loose = {catalog: OF_CATALOG, form: OF_FORM}
    lists = {_number(page.obj.get(Name.Annots)) for page in sent.pages} | {_number(_fields_of(sent))}
    pages = {page.obj.objgen for page in sent.pages}
    if whole.Root.objgen != catalog:
        return False
    for before in sent.objects:
        number = before.objgen
        after = whole.get_object(number)
        if number in {info, _number(sent.Root.get(Name.Metadata))}:
            continue
        if number in lists and number != (0, 0):
            same = _only_adds_signatures(before, after)
        elif number in pages:
            same = _same(before, after, but={"/Annots"}) and _only_adds_signatures(
                before.get(Name.Annots), after.get(Name.Annots)
            )
        else:
            same = _same(before, after, but=loose.get(number, OF_FIELD if _is_signature(before) else set()))
        if not same:
            return False
    return not _has_own_pages(whole) and all(_leaves_to_be_read(page) for page in whole.pages)


def _number(thing: Object | None) -> tuple[int, int]:
    return thing.objgen if isinstance(thing, Object) and thing.is_indirect else (0, 0)


def _fields_of(pdf: Pdf) -> Object | None:
    form = pdf.Root.get(Name.AcroForm)
    return form.get(Name.Fields) if isinstance(form, Dictionary) else None


def _same(before: Object, after: Object, *, but: set[str]) -> bool:
    """Tell whether two objects are the same, leaving out some keys of a dictionary; references count by number."""
    if isinstance(before, Stream):
        return (
            isinstance(after, Stream)
            and _plain(before, but) == _plain(after, but)
            and before.read_raw_bytes() == after.read_raw_bytes()
        )
    if isinstance(before, Dictionary) and isinstance(after, Dictionary):
        return _plain(before, but) == _plain(after, but)
    return before.unparse(resolved=True) == after.unparse(resolved=True)


def _plain(thing: Object, but: set[str]) -> dict[str, bytes]:
    return {key: _written(thing, key) for key in sorted(set(thing.keys()) - but)}


def _written(thing: Object, key: str) -> bytes:
    value = thing[key]
    if isinstance(value, Object):
        return b"%d %d R" % value.objgen if value.is_indirect else value.unparse()
    return repr(value).encode()


def _only_adds_signatures(before: Object | None, after: Object | None) -> bool:
    """Tell whether a list of annotations or fields is the old one with signature fields behind it."""
    old = list(before) if isinstance(before, Array) else []
    new = list(after) if isinstance(after, Array) else []
    kept = [_number(one) for one in new[: len(old)]] == [_number(one) for one in old]
    return kept and all(_is_signature(one) for one in new[len(old) :])


def _is_signature(thing: object) -> bool:
    return isinstance(thing, Dictionary) and thing.get(Name.FT) == Name.Sig


def _has_own_pages(whole: Pdf) -> bool:
    form = whole.Root.get(Name.AcroForm)
    return form is not None and (not isinstance(form, Dictionary) or OWN_PAGES in form)


def _leaves_to_be_read(page: pikepdf.Page) -> bool:
    """Tell whether the stamps on a page leave most of it to be read, and do nothing but stand there."""
    stamps = [one for one in page.obj.get(Name.Annots, Array()) if _is_signature(one) and isinstance(one, Dictionary)]
    if any(ACTS & set(stamp.keys()) for stamp in stamps):
        return False
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    return sum(_area(stamp) for stamp in stamps) <= LARGEST_STAMPS * abs(x1 - x0) * abs(y1 - y0)


def _area(stamp: Dictionary) -> float:
    left, bottom, right, top = (float(edge) for edge in stamp.get(Name.Rect, (0, 0, 0, 0)))
    return abs(right - left) * abs(top - bottom)
