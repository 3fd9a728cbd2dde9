"""Read a PDF that may be hostile and say what its signatures say.

`read` trusts nothing but is plain Python: a file can still make it slow or large. Files from outside go through
`guarded`, which has them read in a child process with limits of memory and time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import DisallowedAlgorithmError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pegasus.signing import continuation, hybrids
from pegasus.signing.domain.verdicts import MOST_SIGNATURES, Change, Reading, SignatureFacts

LONGEST_NAME = 200
ENDING = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
# What malformed files raise in the libraries below: their own errors, and plain ones where they did not expect it.
BROKEN = (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError)


def read(
    data: bytes,
    *,
    roots: Iterable[bytes] = (),
    bsre: Iterable[bytes] = (),
    at: datetime | None = None,
    base: int = 0,
) -> Reading:
    """Return what the file is and what its signatures say; `roots` are certificates (PEM or DER) to trust.

    `bsre` are those of BSrE, trusted as well. With a `base`, tell whether the file goes on from that many bytes.
    """
    if not data.lstrip().startswith(b"%PDF-"):
        return Reading(readable=False, problem="not_pdf")
    try:
        reader = _reader(data)
        if reader.encrypted:
            return Reading(readable=False, problem="encrypted")
        embedded = reader.embedded_regular_signatures
    except BROKEN:
        return Reading(readable=False, problem="damaged")
    if len(embedded) > MOST_SIGNATURES:
        return Reading(readable=False, problem="many_signatures")
    anchors = Anchors.of(roots, bsre)
    found = tuple(_facts(one, anchors=anchors, at=at) for one in embedded)
    return Reading(
        readable=True,
        signatures=found,
        ends_clean=bool(ENDING.search(data[-64:])),
        continues=base > 0 and continuation.continues(data, base=base),
    )


def _reader(data: bytes) -> Any:  # noqa: ANN401 - untyped library
    """Read strictly, but for a file with two tables of references (hybrid): that is looked at below."""
    strict = PdfFileReader(BytesIO(data), strict=True)
    return PdfFileReader(BytesIO(data), strict=False) if strict.xrefs.hybrid_xrefs_present else strict


@dataclass(frozen=True)
class Anchors:
    """The certificates that signatures must lead to, and which of them are BSrE's."""

    all: tuple[x509.Certificate, ...]
    bsre: frozenset[bytes]

    @classmethod
    def of(cls, roots: Iterable[bytes], bsre: Iterable[bytes]) -> "Anchors":
        """Return the readable ones; a file that holds no certificate trusts nobody."""
        pinned = tuple(found for raw in bsre for found in _certificates(raw))
        others = tuple(found for raw in roots for found in _certificates(raw))
        return cls((*others, *pinned), frozenset(one.sha256 for one in pinned))


def _certificates(raw: bytes) -> list[x509.Certificate]:
    """Return the certificates of a file, one or many; those that cannot be read are left out."""
    try:
        parts = [found[2] for found in pem.unarmor(raw, multiple=True)] if pem.detect(raw) else [raw]
        found = [x509.Certificate.load(part, strict=True) for part in parts]
        for one in found:
            one.native  # noqa: B018 - asn1crypto parses when it is read
    except (ValueError, TypeError):
        return []
    return found


def _facts(embedded: Any, *, anchors: Anchors, at: datetime | None) -> SignatureFacts:  # noqa: ANN401 - untyped library
    """Check one signature. One that cannot be checked is told as such: neither broken nor missing."""
    name = str(embedded.field_name)[:120]
    try:
        context = ValidationContext(
            trust_roots=list(anchors.all),
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=at,
            best_signature_time=at,
        )
        status = validate_pdf_signature(embedded, signer_validation_context=context)
        covers_whole_file = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        if not hybrids.can_be_judged(embedded.reader, covers_whole_file=covers_whole_file):
            return _unchecked(embedded, name, "hybrid")
        signer, issuers = _names(embedded)
        trusted = bool(status.trusted and status.bottom_line)
        return SignatureFacts(
            field_name=name,
            signer_name=signer,
            issuer_names=issuers,
            signed_at=_moment(embedded, status),
            intact=bool(status.intact),
            valid=bool(status.valid),
            trusted=trusted,
            covers_whole_file=covers_whole_file,
            covers_revision=status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
            change=_change(status),
            timestamped=bool(status.timestamp_validity and status.timestamp_validity.valid),
            visible=_shows(embedded),
            is_bsre=trusted and _anchor(status) in anchors.bsre,
        )
    except DisallowedAlgorithmError:
        return _unchecked(embedded, name, "algorithm")
    except (*BROKEN, InvalidSignature):
        return _unchecked(embedded, name, "unreadable")


def _anchor(status: Any) -> bytes:  # noqa: ANN401 - untyped library
    """Return the digest of the certificate that a trusted chain ends in."""
    path = status.validation_path
    found = path.trust_anchor.authority.certificate if path is not None else None
    return bytes(found.sha256) if found is not None else b""


def _shows(embedded: Any) -> bool:  # noqa: ANN401 - untyped library
    """Tell whether a signature has a rectangle on a page."""
    left, bottom, right, top = (float(edge) for edge in embedded.sig_field.get("/Rect", (0, 0, 0, 0)))
    return left != right and bottom != top


def _unchecked(embedded: Any, name: str, problem: str) -> SignatureFacts:  # noqa: ANN401 - untyped library
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
        problem=problem,
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
