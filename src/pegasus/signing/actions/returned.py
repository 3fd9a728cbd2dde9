from datetime import datetime

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.signing import guarded
from pegasus.signing.actions.closing import check_open, keep_signed
from pegasus.signing.actions.refusals import DocumentRefused, NotSigned
from pegasus.signing.domain.verdicts import Reading, compare
from pegasus.signing.models import SignatureRequest
from pegasus.signing.queries import LARGEST_UPLOAD, read_own, trust_roots

Road = SignatureRequest.Road


def take_back(*, request: SignatureRequest, data: bytes, by: str, at: datetime) -> Record:
    """Take the file that was signed elsewhere, when its signatures hold for all of it."""
    check_open(request, Road.BROUGHT_BACK)
    if len(data) > LARGEST_UPLOAD:
        raise DocumentRefused("too_large")
    found = guarded.read(data, roots=trust_roots(), at=at)
    if not found.readable:
        raise DocumentRefused(found.problem)
    _check_signatures(request, found)
    sent = content_of(request.document)
    likeness = compare(sent=sent, back=data, sent_pages=read_own(sent).pages, back_pages=found.pages)
    return keep_signed(request, data, found.signatures, likeness=likeness, by=by, at=at)


def _check_signatures(request: SignatureRequest, found: Reading) -> None:
    if not found.signatures:
        raise NotSigned("unsigned")
    if not found.holds:
        raise NotSigned(found.conclusion)
    # The footer of this road names BSrE: it may stand only where a BSrE signature is in the file (DESIGN 8).
    if request.road == Road.BROUGHT_BACK and not any(one.is_bsre for one in found.signatures):
        raise NotSigned("not_bsre", issuer=found.signatures[-1].issuer_name)
