"""What we ask of a channel (STYLE 7). Adapters live in `pegasus.integrations`."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Message:
    """What leaves: the address is E.164 or an e-mail address, never logged."""

    attempt: UUID
    to_name: str
    address: str
    subject: str
    text: str
    picture: bytes | None = None
    picture_name: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the provider gave back when it took the message."""

    provider_id: str


class DeliveryError(Exception):
    """A message did not (surely) leave. `code` is the provider's own."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class NotSent(DeliveryError):
    """It surely did not leave (no connection, busy): trying again is safe."""


class Refused(DeliveryError):
    """Trying again cannot help (unknown number, revoked token)."""


class OutcomeUnknown(DeliveryError):
    """It may have left. A person must look first."""


class Channel(Protocol):
    """A way out. A manual channel is opened by a person and never sends by itself."""

    manual: bool

    def address_of(self, employee_phone: str, employee_email: str) -> str:
        """Return the address this channel needs, or an empty text when the person has none."""
        ...

    def send(self, message: Message) -> Receipt:
        """Send, or raise a DeliveryError. Manual channels raise Refused."""
        ...


class ManualChannel(Channel, Protocol):
    """A channel on which a person presses the last button."""

    def link(self, address: str, text: str) -> str:
        """Return the web address that opens the message, ready to be sent."""
        ...
