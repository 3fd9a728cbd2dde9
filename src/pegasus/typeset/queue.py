"""Whose turn it is: so many children at once read foreign files, over all processes of this installation.

A file lock is a turn: the kernel lets go of it when its holders are gone, however they ended. The child holds it too,
so that one whose parent was killed still counts.
"""

import fcntl
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from django.conf import settings

from pegasus.typeset.refusal import FileRefused

# Of a web process's sixteen threads: the others answer pages, however many files wait.
MOST_INSIDE = 10
# Beyond those that are being read, so many of one kind wait in one process; the next is told to come again.
MOST_WAITING = 4
STEP = 0.02  # seconds between two looks

_inside = threading.BoundedSemaphore(MOST_INSIDE)
_of_kind: dict[str, int] = defaultdict(int)
_counting = threading.Lock()


@contextmanager
def turn(kind: str, *, at_once: int, patience: float) -> Iterator[IO[bytes]]:
    """Hold one of a kind's turns; raise FileRefused ("busy") when none came free in so many seconds."""
    with _counted(kind, at_once + MOST_WAITING), ExitStack() as stack:
        folder = settings.PEGASUS_DATA / "cache" / "foreign"
        folder.mkdir(parents=True, exist_ok=True)
        names = [folder / f"{kind}-{number}.lock" for number in range(at_once)]
        files = [stack.enter_context(name.open("wb")) for name in names]
        until = time.monotonic() + patience
        while True:
            for file in files:
                if _taken(file):
                    yield file
                    return
            if time.monotonic() > until:
                raise FileRefused("busy")
            time.sleep(STEP)


@contextmanager
def _counted(kind: str, most: int) -> Iterator[None]:
    """Bound how many threads of this process are here at all."""
    if not _inside.acquire(blocking=False):
        raise FileRefused("busy")
    try:
        with _counting:
            if _of_kind[kind] >= most:
                raise FileRefused("busy")
            _of_kind[kind] += 1
        try:
            yield
        finally:
            with _counting:
                _of_kind[kind] -= 1
    finally:
        _inside.release()


def _taken(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
