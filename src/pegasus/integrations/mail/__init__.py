"""E-mail through Django's own connection. A mail server's yes means: it took the message.

Up to the command DATA nothing of the message has left, whatever breaks; only from there on an answer can be missed.
"""

import smtplib
from email.errors import MessageError

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from pegasus.delivery.ports import DeliveryError, Message, NotSent, OutcomeUnknown, Receipt, Refused

__all__ = ["Mail"]
BAD_ADDRESS = "bad_address"
# The ranges of SMTP answers (RFC 5321): try later, and never.
TEMPORARY, PERMANENT, BEYOND = 400, 500, 600


class Mail:
    """Sends a text by the office's mail server."""

    manual = False

    def address_of(self, employee_phone: str, employee_email: str) -> str:  # noqa: ARG002 - the port's signature
        """Return the e-mail address, or nothing."""
        return employee_email

    def send(self, message: Message) -> Receipt:
        """Connect, hand the message over, and say how sure we are of the outcome."""
        written = _written(message)
        connection = get_connection()
        try:
            _open(connection)
            handover = _Handover(connection)
            try:
                connection.send_messages([written])
            except OSError as error:  # every SMTPException is one
                raise _meaning(error, began=handover.began) from error
        finally:
            _close(connection)
        return Receipt(provider_id=_identity(message))


def _open(connection: BaseEmailBackend) -> None:
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < PERMANENT:
            raise NotSent("the mail server asks to sign in later", code=str(error.smtp_code)) from error
        raise Refused("the mail server does not accept our password", code=str(error.smtp_code)) from error
    except OSError as error:
        raise NotSent("the mail server does not answer", code=type(error).__name__) from error


def _identity(message: Message) -> str:
    return f"<{message.attempt}@pegasus>"


def _written(message: Message) -> EmailMessage:
    try:
        validate_email(message.address)
    except ValidationError as error:
        raise Refused("this is no e-mail address", code=BAD_ADDRESS) from error
    written = EmailMessage(
        subject=" ".join(message.subject.split()),
        body=message.text,
        to=[message.address],
        headers={"Message-ID": _identity(message)},
    )
    if message.picture is not None:
        written.attach(message.picture_name or "kartu.jpg", message.picture)
    try:
        written.message()
    except (ValueError, MessageError) as error:
        raise Refused("no message can be written with this", code=type(error).__name__) from error
    return written


class _Handover:
    """Notes the moment from which the server may have the message: the command DATA of this very connection."""

    def __init__(self, connection: object) -> None:
        self.began = False
        session = getattr(connection, "connection", None)
        if isinstance(session, smtplib.SMTP):
            self._data = session.data
            session.data = self._begin  # type: ignore[method-assign,assignment] # smtplib has no hook between RCPT and DATA
        else:
            self.began = True  # a backend that is not SMTP: nothing is known of its steps

    def _begin(self, message: object) -> tuple[int, bytes]:
        self.began = True
        return self._data(message)  # type: ignore[arg-type] # passed on as it came


def _meaning(error: OSError, *, began: bool) -> DeliveryError:
    """Tell what an error says about the message; only a plain 4xx or 5xx is believed."""
    code = _code_of(error)
    if code is None or not TEMPORARY <= code < BEYOND:
        if began:
            return OutcomeUnknown("the mail server's last word is missing", code=type(error).__name__)
        return NotSent("the connection broke before the message was handed over", code=type(error).__name__)
    if code >= PERMANENT:
        return Refused("the mail server refused the message", code=str(code))
    return NotSent("the mail server asks to try later", code=str(code))


def _code_of(error: OSError) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    if isinstance(error, (smtplib.SMTPSenderRefused, smtplib.SMTPDataError)):
        return error.smtp_code
    return None


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        pass  # the message's fate is settled already; a rude goodbye changes nothing
