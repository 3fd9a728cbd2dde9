"""WhatsApp by hand: the phone's own app, with the message already written."""

from urllib.parse import quote

from pegasus.delivery.ports import Message, Receipt, Refused

__all__ = ["ManualWhatsApp"]


class ManualWhatsApp:
    """Opens a chat by `wa.me`; the person presses send. Nothing is known of what happens there."""

    manual = True

    def address_of(self, employee_phone: str, employee_email: str) -> str:  # noqa: ARG002 - the port's signature
        """Return the phone, or nothing."""
        return employee_phone

    def link(self, address: str, text: str) -> str:
        """Return the address that opens the chat with the text in it: digits only, as WhatsApp asks."""
        digits = "".join(character for character in address if character.isdecimal())
        return f"https://wa.me/{digits}?text={quote(text, safe='')}"

    def send(self, message: Message) -> Receipt:  # noqa: ARG002 - the port's signature
        """Refuse: only a person sends here."""
        raise Refused("a person sends on this channel", code="manual")
