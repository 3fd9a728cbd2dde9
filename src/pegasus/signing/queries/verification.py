"""What exactly a file is to this installation, and what its signatures say."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from pegasus.archive.models import Record
from pegasus.archive.queries import records_with_hash
from pegasus.signing import guarded, reading
from pegasus.signing.domain.verdicts import Likeness, Reading, VerifyAnswer, answer_on
from pegasus.signing.models import ReturnedFile, SignatureRequest
from pegasus.signing.queries.roots import bsre_roots, trust_roots

# Kept without a code in them, and put out by the office all the same: a card that is posted, a published list.
PUT_OUT = ("card", "roster")
UNREAD = Reading(readable=False)
State = SignatureRequest.State


class Standing(StrEnum):
    """What exactly this file is to this installation."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"  # issued, and replaced since
    UNMATCHED = "unmatched"  # signed elsewhere, and nobody said that it is what was sent
    WAITING = "waiting"  # made for a signature that is waited for
    SIGNED_SINCE = "signed_since"  # made for a signature; the file that carries it is another
    WITHDRAWN = "withdrawn"  # made for a request that was withdrawn
    RETURNED = "returned"  # came back signed, and waits until somebody answers for it
    REFUSED = "refused"  # came back signed, and was refused
    KEPT = "kept"  # in the archive, and never issued
    FOREIGN = "foreign"


OF_STATE = {
    State.WAITING: Standing.WAITING,
    State.SIGNED: Standing.SIGNED_SINCE,
    State.CANCELLED: Standing.WITHDRAWN,
}


@dataclass(frozen=True)
class Verdict:
    """What is known of a file: what it is to us, and what its signatures say."""

    sha256: str
    standing: Standing
    reading: Reading
    record: Record | None = None
    request: SignatureRequest | None = None
    # What is in force instead of it.
    successor: Record | None = None
    # Somebody of the office held it beside what was sent.
    returned: ReturnedFile | None = None
    # Whether this installation knows certificates that it trusts: then a signature must lead to one of them.
    knows_roots: bool = False

    @property
    def answer(self) -> VerifyAnswer:
        """Whether it was issued here and is intact; a foreign file can only be judged where roots are known."""
        if self.standing in {Standing.ISSUED, Standing.SUPERSEDED}:
            return VerifyAnswer.ISSUED
        if self.standing in {Standing.UNMATCHED, Standing.RETURNED}:
            return VerifyAnswer.OPEN
        if self.standing is not Standing.FOREIGN:
            return VerifyAnswer.NOT_ISSUED
        return answer_on(self.reading.conclusion, problem=self.reading.problem, knows_roots=self.knows_roots)


def verify(data: bytes, *, at: datetime | None = None) -> Verdict:
    """Return what is known of a file from anywhere; it is read in a child process with limits."""
    digest = sha256(data).hexdigest()
    roots, bsre = trust_roots(), bsre_roots()
    found = guarded.read(data, roots=roots, bsre=bsre, at=at)
    known = _known(digest)
    return replace(known, sha256=digest, reading=found, knows_roots=bool(roots or bsre))


def read_own(data: bytes, *, at: datetime | None = None) -> Reading:
    """Return what a file of our own making says; it needs no guard."""
    return reading.read(data, roots=trust_roots(), bsre=bsre_roots(), at=at)


def _known(digest: str) -> Verdict:
    """Return what rows say of exactly this file: issued before made for a signature before merely kept."""
    records = records_with_hash(digest)
    issued = records.filter(is_public=True).first()
    if issued is not None:
        return _issued(issued)
    returned = ReturnedFile.objects.filter(sha256=digest).select_related("request__office").order_by("-pk").first()
    if returned is not None and returned.state != ReturnedFile.State.TAKEN:
        waits = returned.state == ReturnedFile.State.WAITING
        standing = Standing.RETURNED if waits else Standing.REFUSED
        return Verdict("", standing, UNREAD, request=returned.request, returned=returned)
    asked = _made_for(digest)
    if asked is not None:
        return Verdict("", OF_STATE[State(asked.state)], UNREAD, request=asked, successor=asked.signed)
    kept = records.first()
    if kept is None:
        return Verdict("", Standing.FOREIGN, UNREAD)
    return Verdict("", Standing.ISSUED if kept.kind in PUT_OUT else Standing.KEPT, UNREAD, record=kept)


def _issued(record: Record) -> Verdict:
    successor = issued_after(record)
    if successor is not None:
        return Verdict("", Standing.SUPERSEDED, UNREAD, record=record, successor=successor)
    standing = Standing.ISSUED if is_matched(record) else Standing.UNMATCHED
    return Verdict("", standing, UNREAD, record=record, returned=matching_of(record))


def _made_for(digest: str) -> SignatureRequest | None:
    """Return the request that a file was made for: the one that waits, else that was signed, else withdrawn."""
    found = SignatureRequest.objects.filter(document__sha256=digest).select_related("office", "document", "signed")
    return min(
        found.order_by("-created_at", "-pk"), key=lambda one: list(OF_STATE).index(State(one.state)), default=None
    )


def issued_after(record: Record) -> Record | None:
    """Return the newest issued record that replaces this one, through whatever stands between."""
    found, seen, level = None, {record.pk}, [record.pk]
    while level:
        newer = Record.objects.filter(replaces__in=level).exclude(pk__in=seen).select_related("office")
        rows = sorted(newer, key=lambda one: (one.created_at, one.pk))
        seen.update(one.pk for one in rows)
        level = [one.pk for one in rows]
        found = next((one for one in reversed(rows) if one.is_public), found)
    return found


def matching_of(record: Record) -> ReturnedFile | None:
    """Return the confirmation by which a file that is not what was sent was taken all the same, if any."""
    return ReturnedFile.objects.filter(
        request__signed=record, sha256=record.sha256, state=ReturnedFile.State.TAKEN
    ).first()


def is_matched(record: Record) -> bool:
    """Tell whether a signed record contains what was sent out, or a named person said that it shows the same."""
    request = record.signed_by_request.first()
    if request is None or request.likeness in {"", Likeness.CONTINUED}:
        return True
    found = matching_of(record)
    return found is not None and found.matched_at is not None
