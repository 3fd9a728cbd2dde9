"""A file that was signed elsewhere comes back: taken when it answers for itself, else put before the office."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.models import Record
from pegasus.signing import comparing, guarded
from pegasus.signing.actions.closing import check_open, drop_returned, keep_signed, note
from pegasus.signing.actions.refusals import AlreadyDecided, AnotherDocument, DocumentRefused, NotSigned
from pegasus.signing.domain.names import may_be_same, same_name
from pegasus.signing.domain.verdicts import Likeness, MatchQuestion, PageLikeness, Reading, SignatureFacts, compare
from pegasus.signing.models import ReturnedFile, SignatureRequest
from pegasus.signing.queries import (
    LARGEST_UPLOAD,
    asked_in_words,
    bsre_roots,
    content_of_returned,
    names_asked,
    returned_for,
    trust_roots,
)
from pegasus.typeset.foreign import FileRefused

Road = SignatureRequest.Road
State = ReturnedFile.State


def take_back(*, request: SignatureRequest, data: bytes, by: str, at: datetime) -> Record | ReturnedFile:
    """Take the file that was signed elsewhere; return its Record, or what waits until somebody answers for it.

    It is taken at once when it contains what was sent and bears the signature that was asked for. It is refused when
    it is another document or somebody else's signature. What lies between waits for a named person.
    """
    check_open(request, Road.BROUGHT_BACK)
    if len(data) > LARGEST_UPLOAD:
        raise DocumentRefused("too_large")
    sent = content_of(request.document)
    found = _read(data, at=at, base=len(sent) if data.startswith(sent) else 0)
    questions = [*_on_signers(request, found, at=at), *_on_issuer(request, found)]
    pages = [] if found.continues else _compared(sent, data)
    likeness = compare(continues=found.continues, pages=pages)
    if likeness is not Likeness.CONTINUED:
        questions.insert(0, MatchQuestion.PAGES)
    if not questions:
        return keep_signed(request, data, found.signatures, likeness=likeness, by=by, at=at)
    return _wait(request, data, found.signatures[-1], pages, questions=questions, likeness=likeness, by=by, at=at)


def confirm(*, returned: ReturnedFile, by: str, at: datetime) -> Record | ReturnedFile:
    """Note who says that both files show the same, signed by who was asked; take it when nothing else is open."""
    data, found = _read_again(returned, at=at)
    with transaction.atomic():
        changed = ReturnedFile.objects.filter(pk=returned.pk, state=State.WAITING, matched_at=None).update(
            matched_at=at, matched_by=by
        )
        if not changed:
            raise AlreadyDecided
        returned.matched_at, returned.matched_by = at, by
        note("signing.matched", returned.request, by=by, at=at, after=_facts(returned))
        return _take(returned, data, found, by=by, at=at)


def settle(*, returned: ReturnedFile, by: str, at: datetime) -> Record | ReturnedFile:
    """Read a waiting file again and take it when nothing is open: a root may have been pinned meanwhile."""
    data, found = _read_again(returned, at=at)
    with transaction.atomic():
        return _take(returned, data, found, by=by, at=at)


def _read_again(returned: ReturnedFile, *, at: datetime) -> tuple[bytes, Reading]:
    """Read the very file that came in and was shown, before anything is locked: nobody's writing waits for it."""
    if returned.state != State.WAITING:
        raise AlreadyDecided
    check_open(returned.request, Road.BROUGHT_BACK)
    try:
        data = content_of_returned(returned)
    except FileDamaged:
        raise DocumentRefused("returned_damaged") from None
    return data, _read(data, at=at, base=0)


def _take(returned: ReturnedFile, data: bytes, found: Reading, *, by: str, at: datetime) -> Record | ReturnedFile:
    """Make a returned file the signed Record, unless a question is still open."""
    asks_for_a_person = {MatchQuestion.PAGES, MatchQuestion.NAME} & set(returned.questions)
    if _on_issuer(returned.request, found) or (asks_for_a_person and returned.matched_at is None):
        return returned
    changed = ReturnedFile.objects.filter(pk=returned.pk, state=State.WAITING).update(
        state=State.TAKEN, decided_at=at, decided_by=by
    )
    if not changed:
        raise AlreadyDecided
    likeness = Likeness(returned.likeness)
    record = keep_signed(returned.request, data, found.signatures, likeness=likeness, by=by, at=at)
    drop_returned(returned)
    return record


def _facts(returned: ReturnedFile) -> dict[str, object]:
    """Return what the audit trail keeps of a returned file."""
    return {
        "sha256": returned.sha256,
        "likeness": str(returned.likeness),
        "questions": list(returned.questions),
        "certificate": returned.signer_name,
    }


@transaction.atomic
def refuse(*, returned: ReturnedFile, by: str, at: datetime) -> None:
    """Refuse a waiting file: it is not what was sent; the request goes on waiting."""
    changed = ReturnedFile.objects.filter(pk=returned.pk, state=State.WAITING).update(
        state=State.REFUSED, decided_at=at, decided_by=by
    )
    if not changed:
        raise AlreadyDecided
    drop_returned(returned)
    note("signing.returned_refused", returned.request, by=by, at=at, after=_facts(returned))


def _read(data: bytes, *, at: datetime, base: int) -> Reading:
    found = guarded.read(data, roots=trust_roots(), bsre=bsre_roots(), at=at, base=base)
    if not found.readable:
        raise DocumentRefused(found.problem)
    if not found.signatures:
        raise NotSigned("unsigned")
    if not found.holds:
        raise NotSigned(found.conclusion)
    return found


def _on_signers(request: SignatureRequest, found: Reading, *, at: datetime) -> list[MatchQuestion]:
    """Ask about a name that is written in another way; refuse whoever was not asked."""
    asked = names_asked(request, at=at)
    open_names = False
    for one in found.signatures:
        if any(same_name(one.signer_name, name) for name in asked):
            continue
        if not any(may_be_same(one.signer_name, name) for name in asked):
            raise NotSigned("another_person", name=one.signer_name or "–", expected=asked_in_words(request))
        open_names = True
    return [MatchQuestion.NAME] if open_names else []


def _on_issuer(request: SignatureRequest, found: Reading) -> list[MatchQuestion]:
    """The footer of this way names BSrE: only a chain to a pinned root makes it true (DESIGN 8)."""
    if request.road != Road.BROUGHT_BACK or any(one.is_bsre for one in found.signatures):
        return []
    issuer = found.signatures[-1].issuer_name
    if not any(one.claims_bsre for one in found.signatures):
        raise NotSigned("not_bsre", issuer=issuer)
    if bsre_roots():
        raise NotSigned("not_pinned", issuer=issuer)
    return [MatchQuestion.BSRE]


def _compared(sent: bytes, back: bytes) -> list[PageLikeness]:
    """Compare the pages as pictures; another document is refused."""
    try:
        pages = comparing.pages(sent, back)
    except FileRefused as refused:
        if refused.reason == "page_count":
            raise AnotherDocument("page_count", **refused.facts) from None
        raise DocumentRefused("not_comparable") from None
    other = next((page for page in pages if page.is_another), None)
    if other is not None:
        raise AnotherDocument("another_page", number=other.number)
    return pages


@transaction.atomic
def _wait(
    request: SignatureRequest,
    data: bytes,
    signature: SignatureFacts,
    pages: Sequence[PageLikeness],
    *,
    questions: Sequence[MatchQuestion],
    likeness: Likeness,
    by: str,
    at: datetime,
) -> ReturnedFile:
    """Keep the file until somebody answers for it; it takes the place of one that waited before."""
    earlier = returned_for(SignatureRequest.objects.select_for_update().get(pk=request.pk))
    if earlier is not None:
        refuse(returned=earlier, by=by, at=at)
    returned = ReturnedFile(
        request=request,
        sha256=sha256(data).hexdigest(),
        likeness=likeness,
        pages=[asdict(page) for page in pages],
        questions=[str(question) for question in questions],
        signer_name=signature.signer_name,
        issuer_name=signature.issuer_name,
        brought_at=at,
        brought_by=by,
    )
    returned.file.save(
        f"{request.office.code}/{request.code}-{returned.sha256[:16]}.pdf", ContentFile(data), save=False
    )
    returned.save(force_insert=True)
    note("signing.returned", request, by=by, at=at, after=_facts(returned))
    return returned
