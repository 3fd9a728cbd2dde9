"""How a worker waits: until something was written, until a moment, or until it is told to stop."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Protocol

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from pegasus.kernel.jobs.backend import CHANNEL

POLL = 0.03  # seconds; about one percent of a core when idle
STOP_CHECK = 0.5  # how long PostgreSQL may keep us from noticing a stop


class Wakeups(Protocol):
    """Tells that jobs may have been queued. Look at the table after each return; a return promises nothing."""

    def wait(self, seconds: float, stop: Event) -> None:
        """Return after so many seconds, or earlier when something was written or `stop` is set."""
        ...


class FileWakeups:
    """SQLite counts the commits of other connections in `PRAGMA data_version`; reading it costs microseconds."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._database.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, seconds: float, stop: Event) -> None:
        """Poll; a change since the last return ends the wait at once, so that none is missed."""
        polls = max(1, round(seconds / POLL))
        for _ in range(polls):
            found = self._version()
            if found != self._seen:
                self._seen = found
                return
            if stop.wait(min(POLL, seconds)):
                return


class NotifyWakeups:
    """PostgreSQL tells who LISTENs, at the commit of the one who queued."""

    def __init__(self, database: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._database = database

    def wait(self, seconds: float, stop: Event) -> None:
        """Wait for a notification; those that came meanwhile end the wait at once."""
        while seconds > 0 and not stop.is_set():
            step = min(STOP_CHECK, seconds)
            if list(self._database.notifies(timeout=step, stop_after=1)):
                return
            seconds -= step


@contextmanager
def _listening() -> Iterator[Wakeups]:
    # A connection of its own: one from the pool would go back with the LISTEN still on it.
    parameters = connection.get_connection_params()
    parameters.pop("pool", None)
    wanted = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    with psycopg.connect(**wanted, autocommit=True) as database:
        database.execute(f"LISTEN {CHANNEL}")
        yield NotifyWakeups(database)


@contextmanager
def _watching(path: Path) -> Iterator[Wakeups]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        yield FileWakeups(database)


def of(database: BaseDatabaseWrapper) -> AbstractContextManager[Wakeups]:
    """Return the way to wait on this database."""
    if database.vendor == "postgresql":
        return _listening()
    return _watching(Path(str(database.settings_dict["NAME"])))


# What the drivers raise outside Django's own queries when the database goes away.
LOST = (psycopg.Error, sqlite3.Error)
