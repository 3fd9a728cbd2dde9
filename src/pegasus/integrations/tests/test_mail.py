"""The mail channel against real sockets: what a mail server says, and what it does not say."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from pegasus.delivery.ports import DeliveryError, Message, NotSent, OutcomeUnknown, Refused
from pegasus.integrations.mail import Mail

MESSAGE = Message(uuid4(), "Sari", "sari@example.go.id", "Pengingat\r\nBcc: lain@example.go.id", "Halo Sari")


class FakeMailServer:
    """Speaks SMTP up to a point at which it answers badly, falls silent or hangs up."""

    def __init__(self, trouble: str = "", answer: str = "") -> None:
        self.trouble, self.answer = trouble, answer
        self.received: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._open.set()
        self._listener.close()

    def _serve(self) -> None:
        try:
            client, _ = self._listener.accept()
        except OSError:
            return
        with client, client.makefile("rwb") as line:
            if self.trouble == "CONNECT":
                self._be_trouble(line)
                return
            self._say(line, "220 fake")
            while raw := line.readline():
                words = raw.decode().split()
                verb = words[0].upper() if words else ""
                if not self._step(line, verb):
                    return

    def _step(self, line: object, verb: str) -> bool:
        if verb == self.trouble:
            return self._be_trouble(line)
        if verb == "DATA":
            self._say(line, "354 go on")
            self._read_message(line)
            return self._be_trouble(line) if self.trouble == "END" else self._say(line, "250 taken")
        if verb == "EHLO":
            return self._say(line, "250-fake\r\n250 AUTH PLAIN")
        if verb == "AUTH":
            return self._say(line, "235 welcome")
        return self._say(line, "221 bye" if verb == "QUIT" else "250 fine") and verb != "QUIT"

    def _read_message(self, line: object) -> None:
        text = []
        while (row := line.readline()) not in {b".\r\n", b""}:  # type: ignore[attr-defined]
            text.append(row.decode())
        self.received.append("".join(text))

    def _be_trouble(self, line: object) -> bool:
        if self.answer == "silence":
            self._open.wait(10)
            return False
        return self.answer != "hang up" and self._say(line, self.answer)

    @staticmethod
    def _say(line: object, words: str) -> bool:
        line.write(f"{words}\r\n".encode())  # type: ignore[attr-defined]
        line.flush()  # type: ignore[attr-defined]
        return True


@contextmanager
def mail_server(settings: object, trouble: str = "", answer: str = "") -> Iterator[FakeMailServer]:
    server = FakeMailServer(trouble, answer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port  # type: ignore[attr-defined]
    settings.EMAIL_TIMEOUT = 0.5  # type: ignore[attr-defined]
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False  # type: ignore[attr-defined]
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""  # type: ignore[attr-defined]
    try:
        yield server
    finally:
        server.close()


def test_a_message_that_the_server_takes_has_a_receipt(settings: object) -> None:
    with mail_server(settings) as server:
        receipt = Mail().send(MESSAGE)

    assert str(MESSAGE.attempt) in receipt.provider_id
    assert len(server.received) == 1
    assert "Halo Sari" in server.received[0]
    assert "\nBcc:" not in server.received[0]


def test_a_server_that_is_not_there_got_nothing(settings: object) -> None:
    with mail_server(settings) as server, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        settings.EMAIL_PORT = nobody.getsockname()[1]  # type: ignore[attr-defined]

        with pytest.raises(NotSent):
            Mail().send(MESSAGE)

    assert server.received == []


@pytest.mark.parametrize(
    ("trouble", "answer", "meaning"),
    [
        ("CONNECT", "hang up", NotSent),
        ("CONNECT", "silence", NotSent),
        ("CONNECT", "554 go away", NotSent),
        ("EHLO", "hang up", NotSent),
        ("EHLO", "silence", NotSent),
        ("AUTH", "hang up", NotSent),
        ("AUTH", "silence", NotSent),
        ("AUTH", "535 wrong password", Refused),
        ("AUTH", "454 not now", NotSent),
        ("MAIL", "hang up", NotSent),
        ("MAIL", "silence", NotSent),
        ("MAIL", "what?", NotSent),
        ("MAIL", "451 try later", NotSent),
        ("MAIL", "550 not from you", Refused),
        ("RCPT", "hang up", NotSent),
        ("RCPT", "silence", NotSent),
        ("RCPT", "what?", NotSent),
        ("RCPT", "421 closing", NotSent),
        ("RCPT", "450 mailbox busy", NotSent),
        ("RCPT", "550 no such person", Refused),
        ("END", "451 try later", NotSent),
        ("END", "554 looks like spam", Refused),
        ("END", "hang up", OutcomeUnknown),
        ("END", "silence", OutcomeUnknown),
        ("END", "what?", OutcomeUnknown),
        ("DATA", "hang up", OutcomeUnknown),
        ("DATA", "silence", OutcomeUnknown),
        ("DATA", "451 try later", NotSent),
        ("DATA", "554 no", Refused),
        ("QUIT", "hang up", None),
        ("QUIT", "silence", None),
    ],
)
def test_what_a_bad_answer_means(
    settings: object, trouble: str, answer: str, meaning: type[DeliveryError] | None
) -> None:
    with mail_server(settings, trouble, answer) as server:
        if trouble == "AUTH":
            settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "pegasus", "rahasia"  # type: ignore[attr-defined]
        found = outcome_of(MESSAGE)

    assert found is meaning
    assert len(server.received) == (trouble in {"END", "QUIT"})


def outcome_of(message: Message) -> type[Exception] | None:
    try:
        Mail().send(message)
    except Exception as error:  # noqa: BLE001 - which one is the question
        return type(error)
    return None


@pytest.mark.parametrize(
    "address",
    [
        *("sari\n@example", "sari", "sari@", "@example.go.id", "sari wulandari@example.go.id", "sari@@example.go.id"),
        *(
            "sari@example.go.id, lain@example.go.id",
            "Sari <sari@example.go.id>",
            "sari@example..go.id",
            "sári@x.go.id",
        ),
    ],
)
def test_what_is_no_address_is_refused_before_anything_leaves(settings: object, address: str) -> None:
    bad = Message(uuid4(), "Sari", address, "Pengingat", "Halo")

    with mail_server(settings) as server, pytest.raises(Refused) as refused:
        Mail().send(bad)

    assert refused.value.code == "bad_address"

    assert server.received == []
