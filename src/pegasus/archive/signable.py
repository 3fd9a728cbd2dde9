"""How a slice lets its documents be signed: each is typeset anew for its signature, with its room, footer and QR.

A slice calls `offer(kind, typesetter)` in its `AppConfig.ready`, for the kind of Record that it keeps. The typesetter
gets the Record that a signature is wanted for, and what the new file must show; it returns the file and the room that
it left (`typeset.render.signable`). `signing` does the rest: it keeps the file, asks, signs into the room, and answers
for it. A record of a kind that nobody offers is signed as it lies in the archive.

A kind whose documents not everybody may sign is offered with a rule too: it names whom one may ask on a day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pegasus.archive.models import Record
from pegasus.people.models import Employee, Office
from pegasus.typeset.render import PageBox


@dataclass(frozen=True)
class SigningTerms:
    """What a document that is typeset for one signature must show."""

    # It stands in the file as text, and its address in the QR beside the footer.
    code: str
    address: str
    # The way of signing (`SignatureRequest.Road`) and the sentences that its footer says, line by line.
    way: str
    footer: tuple[str, ...]
    # The one who was asked; empty where nobody is named. The signature block shows this name and no other.
    signer_name: str
    signer_position: str
    at: datetime

    def block(self, office: Office) -> dict[str, object]:
        """Return the signature block of a document that has no signer of its own: place, day, and who was asked."""
        day = self.at.astimezone(ZoneInfo(office.timezone)).date()
        facts = {"place": office.city, "date": day, "position": self.signer_position, "name": self.signer_name}
        return facts | {"signs": True}


@dataclass(frozen=True)
class SigningCopy:
    """A document typeset for its signature; without a place the signature stays invisible."""

    data: bytes
    place: PageBox | None
    # The job that is woken when the file is signed, by its path: the slice then knows its document as signed.
    on_signed: str = ""


@dataclass(frozen=True)
class PossibleSigners:
    """Whom one may ask to sign a document, the first to be proposed; where nobody: why, and what to do."""

    people: tuple[Employee, ...]
    obstacle: str = ""


class CannotTypeset(Exception):
    """The rows that the document was made from are gone or have changed: it cannot be typeset as it was."""


Typesetter = Callable[[Record, SigningTerms], SigningCopy]
SignerRule = Callable[[Record, date], PossibleSigners]
_typesetters: dict[str, Typesetter] = {}
_signer_rules: dict[str, SignerRule] = {}


def offer(kind: str, typesetter: Typesetter, *, signers: SignerRule | None = None) -> None:
    """Let records of a kind be typeset anew for their signature, and say who may sign them if not everybody may."""
    _typesetters[kind] = typesetter
    if signers is not None:
        _signer_rules[kind] = signers


def typesetter_of(kind: str) -> Typesetter | None:
    """Return how records of a kind are typeset for a signature, or None when they are signed as they are."""
    return _typesetters.get(kind)


def possible_signers(record: Record, *, on: date) -> PossibleSigners | None:
    """Return whom one may ask to sign a record on a day, or None when its kind says nothing of it."""
    rule = _signer_rules.get(record.kind)
    return rule(record, on) if rule is not None else None
