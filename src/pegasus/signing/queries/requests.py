"""Requests to sign: who sees them, who may do what, and what is open."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pegasus.archive.files import stored_content
from pegasus.archive.models import Record
from pegasus.archive.queries import CONFIDANTS
from pegasus.people.models import Employee, Office, Role
from pegasus.people.queries import holders_of, role_label
from pegasus.signing.domain.verdicts import Change, SignatureFacts
from pegasus.signing.models import ReturnedFile, Signature, SignatureRequest

LARGEST_UPLOAD = 30 * 1024 * 1024
OVERSEERS = ("ca", "cc", "cl", "head", "admin", "assessor")
SIGNERS = ("head", "cc")


def requests_of(office: Office) -> QuerySet[SignatureRequest]:
    """The only door to requests: those of one office, newest first."""
    return (
        SignatureRequest.objects.filter(office=office)
        .select_related("office", "document", "signed", "signer")
        .order_by("-created_at", "-pk")
    )


def requests_for(employee: Employee, roles: Collection[str]) -> QuerySet[SignatureRequest]:
    """Return the requests that a person may see: all for who oversees, else those they are asked to sign."""
    found = requests_of(employee.office)
    if not set(roles) & set(OVERSEERS):
        return found.filter(signer=employee)
    if set(roles) & set(CONFIDANTS):
        return found
    closed = Q(document__security_class=Record.SecurityClass.CONFIDENTIAL)
    return found.exclude(closed & ~Q(signer=employee))


def matching(requests: QuerySet[SignatureRequest], *, text: str, state: str) -> QuerySet[SignatureRequest]:
    """Narrow requests by words of the title or the code, and by state."""
    if text:
        requests = requests.filter(Q(title__icontains=text) | Q(code__iexact=text.strip()))
    return requests.filter(state=state) if state else requests


def requests_on(record: Record) -> QuerySet[SignatureRequest]:
    """Return the requests on a record, on the copy that was typeset for its signature, and on its subject."""
    about = Q(document=record) | Q(origin=record) | Q(document__replaces=record)
    if record.subject:
        about |= Q(subject=record.subject, document__kind=record.kind)
    return requests_of(record.office).filter(about)


def is_signing_copy(record: Record) -> bool:
    """Tell whether a record was typeset for one signature: its footer and QR speak of that one alone."""
    return record.requests_to_sign.exclude(origin=None).exists()


def can_be_requested(record: Record) -> bool:
    """Tell whether a signature can be asked for: a PDF without signatures, on which nobody's is waited for."""
    if record.content_type != "application/pdf" or record.signatures.exists() or is_signing_copy(record):
        return False
    own = Q(document=record) | Q(origin=record)
    signed = requests_of(record.office).filter(own, state=SignatureRequest.State.SIGNED)
    return not signed.exists() and waiting_on(record) is None


def waiting_on(record: Record) -> SignatureRequest | None:
    """Return the request on a record, its signing copy or its subject that waits for a signature, if any."""
    return requests_on(record).filter(state=SignatureRequest.State.WAITING).first()


def position_of(office: Office, employee: Employee, *, on: date) -> str:
    """Return a person's position as documents name it: by their highest role, else as the staff list has it."""
    for role in (Role.HEAD, Role.CC, Role.CL, Role.CA):
        if holders_of(office, role, on=on).filter(pk=employee.pk).exists():
            return f"Kepala {office.name}" if role == Role.HEAD else role_label(office, role)
    return employee.position


def waiting_for(employee: Employee, roles: Collection[str]) -> QuerySet[SignatureRequest]:
    """Return the requests that wait for this person's signature."""
    mine = Q(signer=employee)
    if set(roles) & set(SIGNERS):
        mine |= Q(signer=None)
    return requests_of(employee.office).filter(mine, state=SignatureRequest.State.WAITING)


def may_sign(request: SignatureRequest, employee: Employee, roles: Collection[str]) -> bool:
    """Tell whether a person may sign: the one who is asked; with nobody named, who signs for the office."""
    if request.signer_id is not None:
        return request.signer_id == employee.pk
    return bool(set(roles) & set(SIGNERS))


def may_bring_back(request: SignatureRequest, employee: Employee, roles: Collection[str]) -> bool:
    """Tell whether a person may upload the file signed elsewhere: its signature proves who signed."""
    return may_sign(request, employee, roles) or bool(set(roles) & {"ca", "admin"})


def request_behind(code: str) -> SignatureRequest | None:
    """Return the request whose code stands in a document: for the public page alone."""
    return (
        SignatureRequest.objects.select_related("office", "document", "signed").filter(code=code[:16].upper()).first()
    )


def signatures_of(record: Record) -> QuerySet[Signature]:
    """Return what the signatures of a record say, in the order in which they were set."""
    return Signature.objects.filter(record=record).order_by("signed_at", "pk")


def names_asked(request: SignatureRequest, *, at: datetime) -> list[str]:
    """Return whose name a certificate may bear: the one who was asked (else who leads), or the office's."""
    office = request.office
    names = [office.name, f"{office.agency} {office.region}".strip()]
    if request.signer is not None:
        return [request.signer.name, *names]
    on = at.astimezone(ZoneInfo(office.timezone)).date()
    leaders = [person.name for role in SIGNERS for person in holders_of(office, role, on=on)]
    return [*leaders, *names]


def asked_in_words(request: SignatureRequest) -> str:
    """Return who was asked, as a sentence names them."""
    return request.signer.full_name if request.signer else _("pimpinan kantor")


def returned_for(request: SignatureRequest) -> ReturnedFile | None:
    """Return the file that came back for a request and waits until somebody answers for it, if any."""
    return request.returned_files.filter(state=ReturnedFile.State.WAITING).first()


def content_of_returned(returned: ReturnedFile) -> bytes:
    """Return the bytes that came in and were shown, or raise FileDamaged when the stored file is gone or another."""
    return stored_content(returned.file, digest=returned.sha256)


def stored_facts(record: Record) -> tuple[SignatureFacts, ...]:
    """Return what the signatures of a record said when it came in."""
    return tuple(
        SignatureFacts(
            field_name=one.field_name,
            signer_name=one.signer_name,
            issuer_names=("BSrE",) if one.claims_bsre and not one.issuer_name else (one.issuer_name,),
            signed_at=one.signed_at,
            intact=one.intact,
            valid=one.intact,
            trusted=one.trusted,
            covers_whole_file=one.covers_whole_file,
            covers_revision=True,
            change=Change.NOTHING if one.covers_whole_file else Change.HARMLESS,
            visible=one.visible,
            is_bsre=one.is_bsre,
        )
        for one in signatures_of(record)
    )
