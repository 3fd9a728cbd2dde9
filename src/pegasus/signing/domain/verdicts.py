"""What signatures in a file say, as plain facts, and the judgement that follows from them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

BSRE = re.compile(r"\bBSrE\b|\bBalai( Besar)? Sertifikasi Elektronik\b", re.IGNORECASE)


class Change(StrEnum):
    """What was done to a file after a signature."""

    NOTHING = "nothing"
    HARMLESS = "harmless"  # further signatures, timestamps, validation data
    SUSPICIOUS = "suspicious"
    UNKNOWN = "unknown"


class Conclusion(StrEnum):
    """The one line on a file's signatures."""

    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    BROKEN = "broken"
    ALTERED = "altered"
    INTACT = "intact"
    TRUSTED = "trusted"


@dataclass(frozen=True)
class SignatureFacts:
    """One signature in a PDF, as the cryptography found it."""

    field_name: str
    signer_name: str
    issuer_names: tuple[str, ...]
    signed_at: datetime | None
    intact: bool
    valid: bool
    trusted: bool
    covers_whole_file: bool
    covers_revision: bool
    change: Change
    problem: str = ""
    timestamped: bool = False
    visible: bool = True

    @property
    def issuer_name(self) -> str:
        """Who vouches for the signer."""
        return self.issuer_names[0] if self.issuer_names else ""

    @property
    def is_bsre(self) -> bool:
        """Whether the certificate says that BSrE issued it (the name alone; `trusted` tells whether it is proven)."""
        return any(BSRE.search(name) for name in self.issuer_names)

    @property
    def holds(self) -> bool:
        """Whether what was signed is still what stands in the file."""
        return (
            self.intact
            and self.valid
            and not self.problem
            and self.covers_revision
            and self.change in {Change.NOTHING, Change.HARMLESS}
        )


@dataclass(frozen=True)
class Reading:
    """What a file is: readable or not, its pages, its signatures in the order in which they were set."""

    readable: bool
    problem: str = ""
    signatures: tuple[SignatureFacts, ...] = ()
    # One digest per page of what is drawn on it: equal lists mean equal content, however the file was written.
    pages: tuple[str, ...] = ()
    ends_clean: bool = True

    @property
    def conclusion(self) -> Conclusion:
        """Put all signatures into one word; the worst decides."""
        if not self.readable:
            return Conclusion.UNREADABLE
        if not self.signatures:
            return Conclusion.UNSIGNED
        if not all(one.intact and one.valid and not one.problem for one in self.signatures):
            return Conclusion.BROKEN
        if not self.ends_clean or not all(one.holds for one in self.signatures):
            return Conclusion.ALTERED
        last = self.signatures[-1]
        if not last.covers_whole_file and last.change is not Change.HARMLESS:
            return Conclusion.ALTERED
        return Conclusion.TRUSTED if all(one.trusted for one in self.signatures) else Conclusion.INTACT

    @property
    def holds(self) -> bool:
        """Whether there are signatures and all of them hold for the file as it is."""
        return self.conclusion in {Conclusion.INTACT, Conclusion.TRUSTED}


class Likeness(StrEnum):
    """How a file that came back compares with the one that was sent out."""

    CONTINUED = "continued"  # the same bytes, with signatures appended
    SAME_PAGES = "same_pages"  # written anew, but every page draws the same
    DIFFERENT = "different"


def compare(*, sent: bytes, back: bytes, sent_pages: tuple[str, ...], back_pages: tuple[str, ...]) -> Likeness:
    """Tell whether a signed file is the document that was sent out."""
    if back.startswith(sent):
        return Likeness.CONTINUED
    if sent_pages and sent_pages == back_pages:
        return Likeness.SAME_PAGES
    return Likeness.DIFFERENT


def to_plain(reading: Reading) -> dict[str, object]:
    """Return a reading as JSON can carry it."""
    plain = asdict(reading)
    for one in plain["signatures"]:
        one["signed_at"] = one["signed_at"].isoformat() if one["signed_at"] else None
    return plain


def from_plain(plain: Mapping[str, object]) -> Reading:
    """Return the reading that `to_plain` wrote."""
    given = dict(plain)
    signatures = given.pop("signatures")
    pages = given.pop("pages")
    if not isinstance(signatures, Iterable) or not isinstance(pages, Iterable):
        raise TypeError("a reading has lists of signatures and pages")
    return Reading(
        signatures=tuple(_signature(one) for one in signatures),
        pages=tuple(str(page) for page in pages),
        **given,  # type: ignore[arg-type] # written by to_plain
    )


def _signature(plain: Mapping[str, object]) -> SignatureFacts:
    given = dict(plain)
    moment = given.pop("signed_at")
    names = given.pop("issuer_names")
    change = given.pop("change")
    return SignatureFacts(
        signed_at=datetime.fromisoformat(str(moment)) if moment else None,
        issuer_names=tuple(names),  # type: ignore[arg-type] # written by to_plain
        change=Change(str(change)),
        **given,  # type: ignore[arg-type] # written by to_plain
    )
