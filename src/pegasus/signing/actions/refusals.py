"""Why nothing was asked for, signed or taken."""

from pegasus.signing.models import SignatureRequest
from pegasus.signing.pades import NoTimestamp
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong


class AlreadyDecided(Exception):
    """The request was signed or cancelled before."""


class SignatureAlreadyAsked(Exception):
    """A signature on this document is waited for; `request` is the one."""

    def __init__(self, request: SignatureRequest) -> None:
        super().__init__(request.pk)
        self.request = request


class NotRequestable(Exception):
    """The record is no PDF, carries signatures, or was made for one signature alone."""


class SignerRefused(Exception):
    """A document of this kind is not signed by this person: its rule names others, or nobody."""


class WrongRoad(Exception):
    """The document's footer was typeset for the other road, and a footer must not lie."""


class NotSigned(Exception):
    """The file carries no signature, or none that holds; `reason` is a word for `words.py`."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class AnotherDocument(Exception):
    """What came back is not the document that was sent; `reason` is a word for `words.py`."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class DocumentRefused(Exception):
    """The file is not one that can be taken; `reason` is a word for `words.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REFUSALS = (WrongRoad, AnotherDocument, DocumentRefused, NoTimestamp, TypesetFailed, TypesetTookTooLong)
