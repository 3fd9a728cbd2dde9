"""Waiting for what other processes and threads do, however busy the machine is."""

import time
from collections.abc import Callable

PATIENCE = 240.0  # seconds: ends a test that would hang; no test is about how long something takes


def until(true: Callable[[], object], *, what: str = "", pause: float = 0.05) -> None:
    """Return as soon as `true()` holds; an AssertionError when it never does."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited {PATIENCE:.0f} s in vain: {what or true}"
        time.sleep(pause)
