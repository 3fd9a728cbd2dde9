"""The end of a request: what every way of signing has in common."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from pegasus.archive.actions import keep
from pegasus.archive.models import Record
from pegasus.kernel import audit, jobs
from pegasus.signing.actions.refusals import AlreadyDecided, WrongRoad
from pegasus.signing.domain.verdicts import Likeness, SignatureFacts
from pegasus.signing.models import ReturnedFile, Signature, SignatureRequest

Road = SignatureRequest.Road
State = SignatureRequest.State


def check_open(request: SignatureRequest, road: str) -> None:
    """Refuse a request that was decided, and a way that its footer does not speak of."""
    if request.state != State.WAITING:
        raise AlreadyDecided
    if request.road not in {road, Road.ANY}:
        raise WrongRoad


@transaction.atomic
def keep_signed(
    request: SignatureRequest,
    data: bytes,
    signatures: Iterable[SignatureFacts],
    *,
    likeness: Likeness | str,
    by: str,
    at: datetime,
) -> Record:
    """Keep the signed file under the code that stands in it, with what each signature says."""
    close(request, State.SIGNED, by=by, at=at)
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
            claims_bsre=one.claims_bsre,
            signed_at=one.signed_at,
            intact=one.holds,
            covers_whole_file=one.covers_whole_file,
            trusted=one.trusted,
            visible=one.visible,
            checked_at=at,
        )
        for one in signatures
    )
    request.signed, request.likeness = record, str(likeness)
    request.save(update_fields=["signed", "likeness"])
    facts = {"record": record.pk, "sha256": record.sha256, "likeness": request.likeness}
    note("signing.signed", request, by=by, at=at, after=facts)
    if request.on_signed:
        jobs.wake(request.on_signed, request.pk)
    return record


def close(request: SignatureRequest, state: str, *, by: str, at: datetime) -> None:
    """A conditional UPDATE is the lock: two people who sign at once get one signed file."""
    waiting = SignatureRequest.objects.filter(pk=request.pk, state=State.WAITING)
    if not waiting.update(state=state, closed_at=at, closed_by=by):
        raise AlreadyDecided
    request.state, request.closed_at, request.closed_by = state, at, by


def note(action: str, request: SignatureRequest, *, by: str, at: datetime, after: dict[str, object]) -> None:
    """Write into the audit trail what was done with a request."""
    audit.record(
        action=action,
        subject=f"signature_request:{request.pk}",
        actor=by,
        at=at,
        office_id=request.office_id,
        after={"code": request.code, **after},
    )


def drop_returned(returned: ReturnedFile) -> None:
    """Delete the waiting copy of a returned file once its fate is written down."""
    transaction.on_commit(lambda: returned.file.delete(save=False))
