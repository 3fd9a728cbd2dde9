"""E-mail through Django's own connection. A mail server's yes means: it took the message."""

import smtplib
from email.errors import MessageError

from django.core.mail import EmailMessage, get_connection

from pegasus.delivery.ports import DeliveryError, Message, NotSent, OutcomeUnknown, Receipt, Refused

__all__ = ["Mail"]
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
            connection.open()
        except smtplib.SMTPAuthenticationError as error:
            raise Refused("the mail server does not accept our password", code=str(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent("the mail server does not answer", code=type(error).__name__) from error
        try:
            connection.send_messages([written])
        except smtplib.SMTPException as error:
            raise _meaning(error) from error
        except OSError as error:
            raise OutcomeUnknown("the connection broke while sending", code=type(error).__name__) from error
        finally:
            _close(connection)
        return Receipt(provider_id=_identity(message))


def _identity(message: Message) -> str:
    return f"<{message.attempt}@pegasus>"


def _written(message: Message) -> EmailMessage:
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
        raise Refused("this is no e-mail address", code=type(error).__name__) from error
    return written


def _meaning(error: smtplib.SMTPException) -> DeliveryError:
    """Tell what an SMTP error says about the message; only a plain 4xx or 5xx is believed."""
    code = _code_of(error)
    if code is None or not TEMPORARY <= code < BEYOND:
        return OutcomeUnknown("the mail server's last word is missing", code=type(error).__name__)
    if code >= PERMANENT:
        return Refused("the mail server refused the message", code=str(code))
    return NotSent("the mail server asks to try later", code=str(code))


def _code_of(error: smtplib.SMTPException) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    if isinstance(error, (smtplib.SMTPSenderRefused, smtplib.SMTPDataError)):
        return error.smtp_code
    return None


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined] # every mail backend has it
    except (OSError, smtplib.SMTPException):
        pass  # the message's fate is settled already; a rude goodbye changes nothing
