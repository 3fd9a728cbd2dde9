"""The one clock. Rules never read it; views and jobs pass `now()` on as an argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Return this moment in UTC; a test may set it in the file that PEGASUS_TEST_CLOCK names."""
    pretended = _pretended.get()
    if pretended is not None:
        return pretended
    if settings.PEGASUS_TEST_CLOCK:
        return datetime.fromisoformat(Path(settings.PEGASUS_TEST_CLOCK).read_text(encoding="utf-8").strip())
    return datetime.now(UTC)


def machine() -> datetime:
    """Return the machine's own time in UTC, for leases alone: a test's clock must not end one."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """Return the date in a time zone such as `Asia/Jakarta`."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let a moment count as now in this thread: the demonstration office plays its past at the time it happened."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
