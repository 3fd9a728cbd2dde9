from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from pegasus.archive.actions import keep
from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.kernel import audit, jobs
from pegasus.people.models import Employee, Office
from pegasus.signing import guarded, pades, room, stamp
from pegasus.signing.certificates import Certificate, CertificateUnusable, WrongPassphrase, open_p12
from pegasus.signing.domain.footers import sentence
from pegasus.signing.domain.names import same_name
from pegasus.signing.domain.verdicts import Likeness, Reading, SignatureFacts, compare
from pegasus.signing.models import Signature, SignatureRequest
from pegasus.signing.pades import NoTimestamp
from pegasus.signing.queries import LARGEST_UPLOAD, read_own, trust_roots
from pegasus.signing.widget import NotSignable, Place
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong

__all__ = [
    "REFUSALS",
    "AlreadyDecided",
    "CertificateUnusable",
    "DocumentRefused",
    "NoTimestamp",
    "NotSigned",
    "WrongPassphrase",
    "WrongRoad",
    "cancel",
    "request_signature",
    "sentence",
    "sign_own",
    "take_back",
]

Road = SignatureRequest.Road
State = SignatureRequest.State


class AlreadyDecided(Exception):
    """The request was signed or cancelled before."""


class WrongRoad(Exception):
    """The document's footer was typeset for the other road, and a footer must not lie."""


class NotSigned(Exception):
    """The file carries no signature, or none that holds; `reason` is a word for `words.py`."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class DocumentRefused(Exception):
    """The file is not one that can be taken; `reason` is a word for `words.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REFUSALS = (WrongRoad, DocumentRefused, NoTimestamp, TypesetFailed, TypesetTookTooLong)


@transaction.atomic
def request_signature(  # noqa: PLR0913 - a request is its facts
    *,
    office: Office,
    subject: str,
    title: str,
    road: str,
    code: str,
    document: Record,
    signer: Employee | None,
    on_signed: str,
    by: str,
    at: datetime,
    place: Place | None = None,
) -> SignatureRequest:
    """Ask for a signature on a document that already shows the code's QR and the road's footer."""
    made = SignatureRequest.objects.create(
        office=office,
        subject=subject,
        title=title,
        road=road,
        code=code,
        document=document,
        signer=signer,
        on_signed=on_signed,
        place={"page": place.page, "box": place.box} if place else {},
        created_at=at,
        created_by=by,
    )
    _note("signing.requested", made, by=by, at=at, after={"road": road, "document": document.sha256})
    return made


@transaction.atomic
def cancel(*, request: SignatureRequest, by: str, at: datetime) -> None:
    """Withdraw a request; its code from then on says so."""
    _close(request, State.CANCELLED, by=by, at=at)
    _note("signing.cancelled", request, by=by, at=at, after={})


@sensitive_variables("p12", "passphrase")
def sign_own(
    *, request: SignatureRequest, p12: bytes, passphrase: str, by: str, at: datetime, place: Place | None = None
) -> Record:
    """Sign with an own certificate: PAdES with a visible stamp. The .p12 and its passphrase are kept nowhere."""
    _check_open(request, Road.OWN_CERTIFICATE)
    certificate = open_p12(p12, passphrase, at=at)
    _check_person(request, certificate)
    document = content_of(request.document)
    try:
        signed = pades.sign(
            document,
            certificate=certificate,
            wish=_wish(request, certificate, place or _place_of(request, document)),
            stamp=partial(
                stamp.draw,
                name=certificate.name,
                position=request.signer.position if request.signer else "",
                office=request.office,
                address=settings.PEGASUS_BASE_URL + reverse("signing:verify", args=[request.code]),
                code=request.code,
                at=at,
            ),
            tsa=settings.PEGASUS_TSA_URL,
            at=at,
        )
    except NotSignable:
        raise DocumentRefused("not_signable") from None
    found = read_own(signed, at=at)
    # Nothing is kept or claimed before the file itself says that it is signed.
    if not (found.holds and len(found.signatures) == 1 and found.signatures[0].covers_whole_file):
        raise DocumentRefused("signature_failed")
    return _keep_signed(request, signed, found.signatures, likeness="", by=by, at=at)


def take_back(*, request: SignatureRequest, data: bytes, by: str, at: datetime) -> Record:
    """Take the file that was signed elsewhere, when its signatures hold for all of it."""
    _check_open(request, Road.BROUGHT_BACK)
    if len(data) > LARGEST_UPLOAD:
        raise DocumentRefused("too_large")
    found = guarded.read(data, roots=trust_roots(), at=at)
    if not found.readable:
        raise DocumentRefused(found.problem)
    _check_signatures(request, found)
    sent = content_of(request.document)
    likeness = compare(sent=sent, back=data, sent_pages=read_own(sent).pages, back_pages=found.pages)
    return _keep_signed(request, data, found.signatures, likeness=likeness, by=by, at=at)


def _check_open(request: SignatureRequest, road: str) -> None:
    if request.state != State.WAITING:
        raise AlreadyDecided
    if request.road not in {road, Road.ANY}:
        raise WrongRoad


def _check_person(request: SignatureRequest, certificate: Certificate) -> None:
    """A certificate signs for the person who is asked, or for the office itself."""
    office = request.office
    signer = request.signer
    allowed = [office.name, f"{office.agency} {office.region}"]
    if signer is not None:
        allowed.append(signer.name)
    if signer is None or any(same_name(certificate.name, name) for name in allowed):
        return
    raise CertificateUnusable("another_person", name=certificate.name, expected=signer.full_name)


def _check_signatures(request: SignatureRequest, found: Reading) -> None:
    if not found.signatures:
        raise NotSigned("unsigned")
    if not found.holds:
        raise NotSigned(found.conclusion)
    # The footer of this road names BSrE: it may stand only where a BSrE signature is in the file (DESIGN 8).
    if request.road == Road.BROUGHT_BACK and not any(one.is_bsre for one in found.signatures):
        raise NotSigned("not_bsre", issuer=found.signatures[-1].issuer_name)


def _wish(request: SignatureRequest, certificate: Certificate, place: Place) -> pades.Wish:
    return pades.Wish(
        label=f"Tanda tangan elektronik {certificate.name}",
        reason=f"Menandatangani {request.title} ({request.code})",
        location=request.office.city,
        place=place,
    )


def _place_of(request: SignatureRequest, document: bytes) -> Place:
    """Return where the stamp goes: where the asker said, else where the last page is empty."""
    asked = request.place
    if not asked:
        return room.find(document) or Place()
    return Place(page=asked["page"], box=tuple(asked["box"]) if asked["box"] else None)


@transaction.atomic
def _keep_signed(
    request: SignatureRequest,
    data: bytes,
    signatures: Iterable[SignatureFacts],
    *,
    likeness: Likeness | str,
    by: str,
    at: datetime,
) -> Record:
    """Keep the signed file under the code that stands in it, with what each signature says."""
    _close(request, State.SIGNED, by=by, at=at)
    document = request.document
    record = keep(
        office=request.office,
        kind=document.kind,
        title=request.title,
        data=data,
        filename=document.filename,
        content_type="application/pdf",
        by=by,
        at=at,
        subject=request.subject,
        code=request.code,
        is_public=True,
        replaces=document,
    )
    Signature.objects.bulk_create(
        Signature(
            record=record,
            field_name=one.field_name,
            signer_name=one.signer_name,
            issuer_name=one.issuer_name,
            is_bsre=one.is_bsre,
            signed_at=one.signed_at,
            intact=one.holds,
            covers_whole_file=one.covers_whole_file,
            trusted=one.trusted,
            checked_at=at,
        )
        for one in signatures
    )
    request.signed, request.likeness = record, str(likeness)
    request.save(update_fields=["signed", "likeness"])
    _note("signing.signed", request, by=by, at=at, after={"record": record.pk, "sha256": record.sha256})
    if request.on_signed:
        jobs.wake(request.on_signed, request.pk)
    return record


def _close(request: SignatureRequest, state: str, *, by: str, at: datetime) -> None:
    """A conditional UPDATE is the lock: two people who sign at once get one signed file."""
    waiting = SignatureRequest.objects.filter(pk=request.pk, state=State.WAITING)
    if not waiting.update(state=state, closed_at=at, closed_by=by):
        raise AlreadyDecided
    request.state, request.closed_at, request.closed_by = state, at, by


def _note(action: str, request: SignatureRequest, *, by: str, at: datetime, after: dict[str, object]) -> None:
    audit.record(
        action=action,
        subject=f"signature_request:{request.pk}",
        actor=by,
        at=at,
        office_id=request.office_id,
        after={"code": request.code, **after},
    )
