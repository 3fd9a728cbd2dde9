"""Child processes that typeset: warm ones for cards and for documents, so that no preview waits for a report.

They typeset our own templates. What strangers bring passes the gate (`foreign`), in children of its own.
"""

import atexit
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from django.conf import settings

CHILD = Path(__file__).with_name("child.py")
FONTS = Path(settings.ROOT) / ".assets" / "fonts"
GIGABYTE = 1024**3
# Beyond this a finished child is let go: its memory (decoded pictures of a report) never comes back otherwise.
HEAVY = GIGABYTE * 2 // 5


class TypesetFailed(Exception):
    """The document cannot be typeset; the text says why, for the log."""


class TypesetTookTooLong(TypesetFailed):
    """The limit of time was reached and the child was killed."""


class ChildKilled(TypesetFailed):
    """The child was killed from outside."""


class Lane:
    """One child at a time, started when needed, killed at its limit, replaced when it died."""

    def __init__(self, *, memory: int, seconds: float) -> None:
        self.memory = memory
        self.seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def run(self, request: Mapping[str, object]) -> bytes:
        """Typeset one request; raise TypesetFailed or TypesetTookTooLong."""
        with self._lock:
            try:
                reply = self._answer(json.dumps(request).encode())
            except ChildKilled:  # from outside, and not by this document: once more with a fresh child
                reply = self._answer(json.dumps(request).encode())
            self._let_go_when_heavy()
        if reply[:1] == b"E":
            raise TypesetFailed(reply[1:].decode(errors="replace"))
        return reply[1:]

    def stop(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._stop()

    @property
    def pid(self) -> int | None:
        """The process number of the child that is warm now."""
        return self._process.pid if self._process else None

    def _answer(self, request: bytes) -> bytes:
        connection = self._connection or self._start()
        try:
            connection.send_bytes(request)
            if connection.poll(self.seconds):
                return connection.recv_bytes()
        except (EOFError, OSError):
            code = self._ended()
            killed = code == -signal.SIGKILL
            raise (ChildKilled if killed else TypesetFailed)(f"the typesetting process died ({code})") from None
        self._stop()
        raise TypesetTookTooLong(f"not done after {self.seconds} s")

    def _start(self) -> Connection:
        if not FONTS.is_dir():
            raise TypesetFailed(f"{FONTS} is missing; run make setup")
        ours, theirs = Pipe()
        arguments = [str(theirs.fileno()), str(FONTS), str(self.memory), str(self.seconds)]
        # A new interpreter, not a fork: threads of the server hold locks that a fork would inherit.
        self._process = subprocess.Popen(  # noqa: S603 - our own script, no shell
            [sys.executable, "-P", str(CHILD), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._connection = ours
        return ours

    def _ended(self) -> int | None:
        """Return how a child that hung up ended."""
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(timeout=5) if self._process else None
        self._stop()
        return code

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _let_go_when_heavy(self) -> None:
        with contextlib.suppress(OSError):  # no /proc on this system: then it stays
            pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
            if pages * resource.getpagesize() > HEAVY:
                self._stop()

    def forget(self) -> None:
        """Leave the child to the process that started it; called in a fork."""
        self._lock = threading.Lock()
        if self._process is not None:
            _inherited.append(self._process)
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None


_inherited: list[object] = []
CARDS = Lane(memory=GIGABYTE * 3 // 2, seconds=10)
DOCUMENTS = Lane(memory=GIGABYTE * 2, seconds=60)


def _after_fork() -> None:
    CARDS.forget()
    DOCUMENTS.forget()


def _at_exit() -> None:
    CARDS.stop()
    DOCUMENTS.stop()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(_at_exit)
