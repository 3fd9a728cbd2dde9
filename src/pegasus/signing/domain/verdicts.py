"""What signatures in a file say, as plain facts, and the judgement that follows from them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

# Each is checked against the whole file; a file with more is not judged by the first of them.
MOST_SIGNATURES = 20
# Nothing is known against a file that nobody had the time to read.
NOT_READ = {"busy", "too_slow", "many_signatures"}
# A system that signs adds to a page and takes nothing away; one that redraws it moves its ink by a hair at most.
MOST_MISSING = 0.15
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
    BROKEN = "broken"  # a digest or a signature's own value does not match
    ALTERED = "altered"  # something was added that no signature covers
    UNCHECKED = "unchecked"  # it cannot be judged here, which says nothing against it
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
    # Why it could not be checked here: "hybrid", "algorithm", "unreadable". The facts above are then unknown.
    problem: str = ""
    timestamped: bool = False
    visible: bool = True
    # Its chain leads to a BSrE root that is pinned in this installation.
    is_bsre: bool = False

    @property
    def issuer_name(self) -> str:
        """Who vouches for the signer."""
        return self.issuer_names[0] if self.issuer_names else ""

    @property
    def claims_bsre(self) -> bool:
        """Whether the certificate calls its issuer BSrE: anybody can write that."""
        return any(BSRE.search(name) for name in self.issuer_names)

    @property
    def is_broken(self) -> bool:
        """Whether it was checked, and the file's digest or the signature's own value does not match."""
        return not self.problem and not (self.intact and self.valid)

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
    ends_clean: bool = True
    # Whether it is what was sent out with nothing but signatures behind it (asked for with `base` alone).
    continues: bool = False

    @property
    def is_unjudged(self) -> bool:
        """Whether it was left unread for want of time, which says nothing against it."""
        return not self.readable and self.problem in NOT_READ

    @property
    def conclusion(self) -> Conclusion:
        """Put all signatures into one word; the worst decides."""
        if not (self.readable and self.signatures):
            return Conclusion.UNSIGNED if self.readable else Conclusion.UNREADABLE
        if any(one.is_broken for one in self.signatures):
            return Conclusion.BROKEN
        if any(one.problem for one in self.signatures):
            return Conclusion.UNCHECKED
        if self._is_added_to:
            return Conclusion.ALTERED
        return Conclusion.TRUSTED if all(one.trusted for one in self.signatures) else Conclusion.INTACT

    @property
    def _is_added_to(self) -> bool:
        """Whether there is something behind the last signature that is neither a signature nor data to check one."""
        last = self.signatures[-1]
        if not self.ends_clean or not all(one.holds for one in self.signatures):
            return True
        return not last.covers_whole_file and last.change is not Change.HARMLESS

    @property
    def holds(self) -> bool:
        """Whether there are signatures and all of them hold for the file as it is."""
        return self.conclusion in {Conclusion.INTACT, Conclusion.TRUSTED}


class VerifyAnswer(IntEnum):
    """Whether a file was issued here and is intact: what `pegasus verify` leaves with."""

    ISSUED = 0
    NOT_ISSUED = 1
    UNREADABLE = 2
    OPEN = 3


def answer_on(conclusion: Conclusion, *, problem: str, knows_roots: bool) -> VerifyAnswer:
    """Answer for a file that no row knows: not ours, unless nothing here could tell."""
    if conclusion == Conclusion.UNREADABLE:
        return VerifyAnswer.OPEN if problem in NOT_READ else VerifyAnswer.UNREADABLE
    if conclusion == Conclusion.UNCHECKED or (conclusion == Conclusion.INTACT and not knows_roots):
        return VerifyAnswer.OPEN
    return VerifyAnswer.NOT_ISSUED


class MatchQuestion(StrEnum):
    """What a returned file leaves open until somebody answers for it."""

    PAGES = "pages"  # it does not contain the file that was sent
    NAME = "name"  # its certificate writes the signer in another way
    BSRE = "bsre"  # it calls its issuer BSrE, and no root is pinned here


@dataclass(frozen=True)
class PageLikeness:
    """How one returned page compares with the one that was sent, as pictures; shares lie between 0 and 1."""

    number: int
    # Of all pixels, those that differ; of the sent ink, what is gone from its place, and what is not even near it.
    changed: float
    lost: float
    missing: float
    # Where they differ: left, top, right, bottom as shares of the page; empty where nothing does.
    where: tuple[float, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both pages show the same picture."""
        return self.changed == 0

    @property
    def is_another(self) -> bool:
        """Whether so much of what was sent is missing that it is the page of another document."""
        return self.missing > MOST_MISSING


class Likeness(StrEnum):
    """How a file that came back compares with the one that was sent out."""

    CONTINUED = "continued"  # the same bytes, with nothing but signatures behind them
    SAME_PAGES = "same_pages"  # written anew, but every page shows the same picture
    DIFFERENT = "different"  # written anew, and the pages differ to the eye


def compare(*, continues: bool, pages: Sequence[PageLikeness]) -> Likeness:
    """Tell whether a signed file is the document that was sent out; no pages compared are never the same."""
    if continues:
        return Likeness.CONTINUED
    return Likeness.SAME_PAGES if pages and all(page.is_same for page in pages) else Likeness.DIFFERENT


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
    if not isinstance(signatures, Iterable):
        raise TypeError("a reading has a list of signatures")
    return Reading(
        signatures=tuple(_signature(one) for one in signatures),
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
