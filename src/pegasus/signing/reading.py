"""Read a PDF that may be hostile and say what its signatures say.

`read` trusts nothing but is plain Python: a file can still make it slow or large. Files from outside go through
`guarded`, which has them read in a child process with limits of memory and time.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pegasus.signing.domain.verdicts import Change, Reading, SignatureFacts

MOST_PAGES = 2000
MOST_SIGNATURES = 20
MOST_DRAWING = 32 * 1024 * 1024
LONGEST_NAME = 200
ENDING = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
# Ties to the rest of the file, and how a stream happens to be packed.
NOT_DRAWN = {"/Parent", "/P", "/StructParent", "/StructParents", "/Length", "/Filter", "/DecodeParms"}
# What malformed files raise in the libraries below: their own errors, and plain ones where they did not expect it.
BROKEN = (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError)


def read(data: bytes, *, roots: Iterable[bytes] = (), at: datetime | None = None) -> Reading:
    """Return what the file is and what its signatures say; `roots` are certificates (PEM or DER) to trust."""
    if not data.lstrip().startswith(b"%PDF-"):
        return Reading(readable=False, problem="not_pdf")
    try:
        reader = PdfFileReader(BytesIO(data), strict=True)
        if reader.encrypted:
            return Reading(readable=False, problem="encrypted")
        embedded = reader.embedded_regular_signatures[:MOST_SIGNATURES]
    except BROKEN:
        return Reading(readable=False, problem="damaged")
    anchors = [found for root in roots if (found := _certificate(root)) is not None]
    found = tuple(_facts(one, anchors=anchors, at=at) for one in embedded)
    return Reading(
        readable=True,
        signatures=found,
        pages=_pages(data),
        ends_clean=bool(ENDING.search(data[-64:])),
    )


def _certificate(raw: bytes) -> x509.Certificate | None:
    """Return a root; a file that holds none trusts nobody."""
    try:
        found = x509.Certificate.load(pem.unarmor(raw)[2] if pem.detect(raw) else raw, strict=True)
        found.native  # noqa: B018 - asn1crypto parses when it is read
    except (ValueError, TypeError):
        return None
    return found


def _facts(embedded: Any, *, anchors: list[x509.Certificate], at: datetime | None) -> SignatureFacts:  # noqa: ANN401 - untyped library
    """Check one signature. A signature that cannot even be checked is a broken one, never a missing one."""
    name = str(embedded.field_name)[:120]
    try:
        context = ValidationContext(
            trust_roots=anchors, allow_fetching=False, revocation_mode="soft-fail", moment=at, best_signature_time=at
        )
        status = validate_pdf_signature(embedded, signer_validation_context=context)
        signer, issuers = _names(embedded)
        return SignatureFacts(
            field_name=name,
            signer_name=signer,
            issuer_names=issuers,
            signed_at=_moment(embedded, status),
            intact=bool(status.intact),
            valid=bool(status.valid),
            trusted=bool(status.trusted and status.bottom_line),
            covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            covers_revision=status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
            change=_change(status),
            timestamped=bool(status.timestamp_validity and status.timestamp_validity.valid),
            visible=_shows(embedded),
        )
    except (*BROKEN, InvalidSignature):
        return _broken(embedded, name)


def _shows(embedded: Any) -> bool:  # noqa: ANN401 - untyped library
    """Tell whether a signature has a rectangle on a page."""
    left, bottom, right, top = (float(edge) for edge in embedded.sig_field.get("/Rect", (0, 0, 0, 0)))
    return left != right and bottom != top


def _broken(embedded: Any, name: str) -> SignatureFacts:  # noqa: ANN401 - untyped library
    try:
        signer, issuers = _names(embedded)
    except BROKEN:
        signer, issuers = "", ()
    return SignatureFacts(
        field_name=name,
        signer_name=signer,
        issuer_names=issuers,
        signed_at=None,
        intact=False,
        valid=False,
        trusted=False,
        covers_whole_file=False,
        covers_revision=False,
        change=Change.UNKNOWN,
        problem="unreadable",
    )


def _change(status: Any) -> Change:  # noqa: ANN401 - untyped library
    level = status.modification_level
    if level is None or level == ModificationLevel.NONE:
        return Change.NOTHING
    if level <= ModificationLevel.FORM_FILLING and status.docmdp_ok:
        return Change.HARMLESS
    return Change.SUSPICIOUS


def _moment(embedded: Any, status: Any) -> datetime | None:  # noqa: ANN401 - untyped library
    if status.timestamp_validity is not None and status.timestamp_validity.valid:
        moment = status.timestamp_validity.timestamp
    else:
        moment = embedded.self_reported_timestamp
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _names(embedded: Any) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401 - untyped library
    """Return the signer's name and the names of the issuers up the chain, as far as the file carries it."""
    certificate = embedded.signer_cert
    by_subject = {other.subject.hashable: other for other in embedded.other_embedded_certs}
    issuers: list[str] = []
    current = certificate
    while current is not None and len(issuers) < 8:  # noqa: PLR2004 - no honest chain is longer
        name = _name(current.issuer)
        if name in issuers:
            break
        issuers.append(name)
        current = by_subject.get(current.issuer.hashable)
    return _name(certificate.subject), tuple(issuers)


def _name(name: x509.Name) -> str:
    native = name.native
    chosen = native.get("common_name") or native.get("organization_name") or name.human_friendly
    words = " ".join(chosen) if isinstance(chosen, list) else str(chosen)
    return "".join(letter for letter in words if letter.isprintable())[:LONGEST_NAME]


def _pages(data: bytes) -> tuple[str, ...]:
    """Return one digest per page of what is drawn on it; nothing for a file whose pages cannot be walked."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return tuple(_digests(pdf))
    except (pikepdf.PdfError, *BROKEN):
        return ()


def _digests(pdf: pikepdf.Pdf) -> Iterator[str]:
    seen: dict[tuple[int, int], bytes] = {}
    for page in list(pdf.pages)[:MOST_PAGES]:
        digest = sha256(",".join(str(round(float(edge))) for edge in page.mediabox).encode())
        digest.update(_drawing(page))
        digest.update(_weigh(page.resources, seen))
        yield digest.hexdigest()


def _drawing(page: pikepdf.Page) -> bytes:
    """Return what draws the page, however its spaces and its parts are laid out."""
    contents = page.obj.get("/Contents", pikepdf.Array())
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    raw = b"\n".join(bytes(part.read_bytes()) for part in parts)
    if len(raw) > MOST_DRAWING:
        raise ValueError("no honest page draws as much")
    return b" ".join(raw.split())


def _weigh(thing: Any, seen: dict[tuple[int, int], bytes]) -> bytes:  # noqa: ANN401 - any PDF object
    """Return a digest of what a page draws with (fonts, pictures, forms), whatever numbers its objects have."""
    number = thing.objgen if isinstance(thing, pikepdf.Object) and thing.is_indirect else (0, 0)
    if number in seen:
        return seen[number]
    if number != (0, 0):
        seen[number] = b"loop"
    digest = sha256()
    if isinstance(thing, pikepdf.Stream):
        digest.update(_decoded(thing))
    if isinstance(thing, (pikepdf.Stream, pikepdf.Dictionary)):
        for key in sorted(set(thing.keys()) - NOT_DRAWN):
            digest.update(key.encode() + _weigh(thing[key], seen))
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            digest.update(_weigh(item, seen))
    else:
        digest.update(str(thing).encode())
    if number != (0, 0):
        seen[number] = digest.digest()
    return digest.digest()


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # pictures in a compression of their own
        return bytes(stream.read_raw_bytes())
