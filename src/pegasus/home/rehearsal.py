"""Building the demonstration office beside the web requests: it takes a minute, and people see how far it is.

The state stands in the cache, which all processes share. A build whose process died falls silent and counts as failed.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from threading import Thread

from django.core.cache import cache
from django.db import connections

from pegasus.home.demo import build
from pegasus.kernel import clock
from pegasus.people.models import User

KEY = "home.rehearsal"
KEPT = timedelta(hours=6)
SILENT = timedelta(minutes=3)
WHOLE = 100

Spawn = Callable[[Callable[[], None]], None]
Build = Callable[..., User]


@dataclass(frozen=True)
class Progress:
    """How far the build is; `told_at` is by the machine's clock, in seconds."""

    percent: int
    told_at: float
    username: str = ""
    failed: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether the office is ready."""
        return bool(self.username)


def progress() -> Progress | None:
    """Return how far a build is, or None when nobody has started one."""
    stored = cache.get(KEY)
    if stored is None:
        return None
    found = Progress(**stored)
    silent = clock.machine().timestamp() - found.told_at > SILENT.total_seconds()
    return replace(found, failed=True) if silent and not found.is_done else found


def start(*, at: datetime, build: Build = build, spawn: Spawn | None = None) -> bool:
    """Begin a build unless one is under way; tell whether this call began it."""
    if not cache.add(KEY, asdict(_told(0)), KEPT.total_seconds()):
        return False
    (spawn or _in_a_thread)(lambda: _run(build, at))
    return True


def _run(build: Build, at: datetime) -> None:
    told = -1

    def tell(done: int, of: int) -> None:
        nonlocal told
        percent = min(WHOLE * done // max(of, 1), WHOLE - 1)
        if percent > told:
            told = percent
            _keep(_told(percent))

    try:
        user = build(at=at, progress=tell)
    except BaseException:
        _keep(replace(_told(max(told, 0)), failed=True))
        raise
    _keep(replace(_told(WHOLE), username=user.username))


def _in_a_thread(work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    Thread(target=run, name="rehearsal", daemon=True).start()


def _told(percent: int) -> Progress:
    return Progress(percent, clock.machine().timestamp())


def _keep(found: Progress) -> None:
    cache.set(KEY, asdict(found), KEPT.total_seconds())
