from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pegasus.archive.actions import keep
from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.archive.signable import SigningCopy, SigningTerms, possible_signers, typesetter_of
from pegasus.people.models import Employee, Office
from pegasus.signing.actions.closing import close, note
from pegasus.signing.actions.refusals import NotRequestable, SignatureAlreadyAsked, SignerRefused
from pegasus.signing.actions.returned import refuse
from pegasus.signing.domain import footers
from pegasus.signing.models import SignatureRequest
from pegasus.signing.queries import can_be_requested, position_of, returned_for, waiting_on
from pegasus.signing.widget import Place

Road = SignatureRequest.Road
State = SignatureRequest.State


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
    origin: Record | None = None,
) -> SignatureRequest:
    """Ask for a signature on a document that already shows the code's QR and the road's footer.

    `origin` is the record that the document was typeset anew from; a document that replaces another was.
    """
    origin = origin or document.replaces
    # One lock for two who ask at once: the row of the record that both mean.
    Record.objects.select_for_update().get(pk=(origin or document).pk)
    if (waiting := waiting_on(origin or document)) is not None:
        raise SignatureAlreadyAsked(waiting)
    made = SignatureRequest.objects.create(
        office=office,
        subject=subject,
        title=title,
        road=road,
        code=code,
        document=document,
        origin=origin,
        signer=signer,
        on_signed=on_signed,
        place=place.as_json() if place else {},
        created_at=at,
        created_by=by,
    )
    note("signing.requested", made, by=by, at=at, after={"road": road, "document": document.sha256})
    return made


def ask(*, record: Record, road: str, signer: Employee | None, by: str, at: datetime) -> SignatureRequest:
    """Ask for a signature on a record: typeset anew where its kind can be, else on the file as it lies there."""
    if (waiting := waiting_on(record)) is not None:
        raise SignatureAlreadyAsked(waiting)
    if not can_be_requested(record):
        raise NotRequestable
    possible = possible_signers(record, on=_day(record.office, at))
    if possible is not None and signer not in possible.people:
        raise SignerRefused
    typesetter, code = typesetter_of(record.kind), new_code()
    copy = typesetter(record, _terms(record, code=code, road=road, signer=signer, at=at)) if typesetter else None
    with transaction.atomic():
        document = record if copy is None else _keep_copy(record, copy, by=by, at=at)
        return request_signature(
            office=record.office,
            subject=record.subject,
            title=record.title,
            road=road if copy else Road.ANY,
            code=code,
            document=document,
            origin=record if copy else None,
            signer=signer,
            on_signed=copy.on_signed if copy else "",
            by=by,
            at=at,
            place=_place_in(copy) if copy else None,
        )


def _day(office: Office, at: datetime) -> date:
    return at.astimezone(ZoneInfo(office.timezone)).date()


def _terms(record: Record, *, code: str, road: str, signer: Employee | None, at: datetime) -> SigningTerms:
    office = record.office
    on = _day(office, at)
    return SigningTerms(
        code=code,
        address=address_of(code),
        way=road,
        footer=footers.lines(road),
        signer_name=signer.name if signer else "",
        signer_position=position_of(office, signer, on=on) if signer else "",
        at=at,
    )


def _keep_copy(record: Record, copy: SigningCopy, *, by: str, at: datetime) -> Record:
    return keep(
        office=record.office,
        kind=record.kind,
        title=f"{record.title} (untuk ditandatangani)"[:250],
        data=copy.data,
        filename=record.filename,
        content_type="application/pdf",
        by=by,
        at=at,
        subject=record.subject,
        replaces=record,
    )


def _place_in(copy: SigningCopy) -> Place:
    """Return the room that the typesetter left; where it left none, the signature is invisible."""
    if copy.place is None:
        return Place(invisible=True)
    at = copy.place
    return Place(page=at.page, box=(at.left, at.bottom, at.right, at.top))


def address_of(code: str) -> str:
    """Return the public address that the QR of a document holds."""
    return settings.PEGASUS_BASE_URL.rstrip("/") + reverse("signing:verify", args=[code])


@transaction.atomic
def cancel(*, request: SignatureRequest, by: str, at: datetime) -> None:
    """Withdraw a request; its code from then on says so."""
    close(request, State.CANCELLED, by=by, at=at)
    if (returned := returned_for(request)) is not None:
        refuse(returned=returned, by=by, at=at)
    note("signing.cancelled", request, by=by, at=at, after={})
