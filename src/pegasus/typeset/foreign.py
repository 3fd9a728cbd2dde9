"""The one gate for files from outside: pictures, PDF, SVG, fonts, certificates, workbooks.

Nothing of such a file is decoded in this process. A registered reader decodes it in a child with limits of memory,
processor time, time and size of the answer, when its turn comes (`queue`), and hands back plain facts and bytes. The
child knows neither keys nor the database, and what it was given stands in no argument and no environment.

    WORKBOOK = register(Reader("workbook", "pegasus.people.sheets.workbook:read", Limits(...)))
    found = read(WORKBOOK, data, sheet=2)          # runs `read(data, sheet=2)` there

The function returns `(facts, bytes)`, facts as JSON can carry them, or raises `FileRefused` with a word. Its module
and the packages above it import no Django.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from pegasus.typeset import queue
from pegasus.typeset.foreign_child import OUT_OF_MEMORY
from pegasus.typeset.refusal import FileRefused

__all__ = ["FileContents", "FileRefused", "Limits", "Reader", "read", "register", "registered", "too_busy"]

MEGABYTE = 1024 * 1024
CHILD = "pegasus.typeset.foreign_child"
# Threads and arenas take address space: as many on every machine, so that the limit means the same.
FRUGAL = {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Limits:
    """What one file of a kind may cost at most; `docs/explanation/foreign-files.md` lists them."""

    most_bytes: int
    memory: int
    cpu: int
    seconds: float
    answer: int
    at_once: int
    patience: float = 15.0


@dataclass(frozen=True)
class Reader:
    """What reads one kind of file: a function (`module:function`) that the child imports, and its limits."""

    name: str
    program: str
    limits: Limits


@dataclass(frozen=True)
class FileContents:
    """What a reader found: plain facts, and bytes where it makes a file."""

    facts: Any
    body: bytes = b""


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> Reader:
    """Enter a kind of file into the list that the documents and their test know; return it."""
    if _readers.setdefault(reader.name, reader) != reader:
        raise ValueError(f"two readers are called {reader.name}")
    return reader


def registered() -> list[Reader]:
    """Return every kind of file that passes the gate, by name."""
    return [_readers[name] for name in sorted(_readers)]


@sensitive_variables("data", "asked")
def read(reader: Reader, data: bytes, **asked: object) -> FileContents:
    """Return what a reader finds in a file, or raise FileRefused.

    The gate's own words: `large` (more bytes than its kind may have), `busy` (no turn came), `slow`, `memory` and
    `swollen` (a limit was reached), `broken` (the reader fell over). The others are the reader's.
    """
    if len(data) > reader.limits.most_bytes:
        raise FileRefused("large")
    with (
        queue.turn(reader.name, at_once=reader.limits.at_once, patience=reader.limits.patience) as held,
        tempfile.TemporaryDirectory(prefix="pegasus-foreign-") as folder,
    ):
        return _read(reader, data, asked, held, folder)


def too_busy() -> str:
    """Say that too many files came at once."""
    return _("Server sedang membaca banyak berkas lain. Tunggu sebentar, lalu kirim berkas ini sekali lagi.")


@sensitive_variables("data", "asked")
def _read(reader: Reader, data: bytes, asked: dict[str, object], held: IO[bytes], folder: str) -> FileContents:
    until = time.monotonic() + reader.limits.seconds
    child, connection = _started(reader.limits, held, folder)
    try:
        connection.send_bytes(json.dumps({"program": reader.program, "asked": asked}).encode())
        connection.send_bytes(data)
        head = json.loads(_received(connection, until, reader.limits.answer))
        if "refused" in head:
            raise FileRefused(head["refused"], **head["facts"])
        return FileContents(head["facts"], _received(connection, until, reader.limits.answer))
    except (EOFError, ConnectionError):
        # from None, here and below: no traceback may carry what was asked into a log.
        raise FileRefused(_how_it_ended(child)) from None
    finally:
        child.kill()
        child.wait()
        connection.close()


def _started(limits: Limits, held: IO[bytes], folder: str) -> tuple["subprocess.Popen[bytes]", Connection]:
    """Start a child; a new interpreter, not a fork: threads of the server hold locks that a fork would inherit."""
    ours, theirs = Pipe()
    bounds = [limits.memory, limits.cpu, limits.seconds, max(limits.most_bytes, limits.answer)]
    with theirs:
        child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            # -S: where to find the modules is said below, so the start need not look for it.
            [sys.executable, "-S", "-P", "-m", CHILD, str(theirs.fileno()), *map(str, bounds)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno(), held.fileno()],
            cwd=folder,
            # No more than this: the child learns neither keys nor the database.
            env={"PYTHONPATH": _modules(), "TMPDIR": folder, **FRUGAL},
        )
    return child, ours


def _modules() -> str:
    """Return where to find our modules and the libraries; never the child's own folder."""
    return os.pathsep.join(str(Path(path).absolute()) for path in sys.path if path)


def _received(connection: Connection, until: float, most: int) -> bytes:
    if not connection.poll(max(0.0, until - time.monotonic())):
        raise FileRefused("slow")
    try:
        return connection.recv_bytes(most)
    except EOFError:
        raise
    except OSError:  # longer than `most`
        raise FileRefused("swollen") from None


def _how_it_ended(child: "subprocess.Popen[bytes]") -> str:
    """Return a word for why a child hung up."""
    try:
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "broken"
    if code == OUT_OF_MEMORY:
        return "memory"
    return "slow" if code in {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL} else "broken"
