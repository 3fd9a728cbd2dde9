"""One Pegasus per data folder: the server holds this lock, `restore` needs it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


class AlreadyRunning(Exception):
    """Another process serves this data folder."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the data folder, or raise AlreadyRunning at once; the kernel lets go when the process dies."""
    with (settings.PEGASUS_DATA / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
