"""Child processes that cannot outlive their parent, and leave nothing behind when they die."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds of life after which a child's earlier deaths are forgotten
WATCHDOG = Path(__file__).with_name("watchdog.py")
_libc = ctypes.CDLL(None, use_errno=True)


class Watchdog:
    """A small process that learns by the end of a pipe that we were killed, and then ends our children's sessions."""

    def __init__(self, *, grace: float) -> None:
        self._grace = grace
        self._process: subprocess.Popen[bytes] | None = None

    def tend(self, sessions: Iterable[int]) -> None:
        """Start it, anew if somebody killed it, and tell it what runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", "-S", str(WATCHDOG), str(self._grace)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        for session in sessions:
            self.tell(b"+", session)

    def tell(self, sign: bytes, session: int) -> None:
        """Say that a session begins (`+`) or has ended (`-`)."""
        if self._process is None or self._process.stdin is None:
            return
        try:
            os.write(self._process.stdin.fileno(), b"%s%d\n" % (sign, session))
        except BrokenPipeError:
            pass  # it was killed: `tend` starts another and tells it everything

    def close(self) -> None:
        """Let it end; whatever still runs of the sessions it was told of ends with it."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()
        self._process = None


def _die_with(parent: int, watchdog: Watchdog) -> Callable[[], None]:
    def arrange() -> None:
        # Told by the child itself, before it becomes another program: so there is no moment in which nobody knows it.
        watchdog.tell(b"+", os.getpid())
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we could ask to be told
            os._exit(1)

    return arrange


@dataclass
class Child:
    """A program that is kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    watchdog: Watchdog
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=SHORTEST_PAUSE)

    def start(self) -> None:
        """Start it in a session of its own, so that its whole family can be ended."""
        self.process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            self.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_die_with(os.getpid(), self.watchdog),  # noqa: PLW1509 - the supervisor has one thread
            stdin=subprocess.DEVNULL,
        )
        self.started = time.monotonic()

    def tend(self) -> int | None:
        """Bury it when it has died and start it again after a pause; return how it ended, if it just did."""
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self.start()
            return None
        ended = self.process.poll()
        if ended is None:
            return None
        self.end_family()
        self.process = None
        self.pause = SHORTEST_PAUSE if self._was_steady() else min(self.pause * 2, LONGEST_PAUSE)
        self.start_at = time.monotonic() + self.pause
        return ended

    def _was_steady(self) -> bool:
        return time.monotonic() - self.started > STEADY

    def end_family(self) -> None:
        """Kill what is left of its session: granian's workers would go on serving old code."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # nothing is left
        self.watchdog.tell(b"-", self.process.pid)

    def ask_to_stop(self) -> None:
        """Let it end its work."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def await_end(self, until: float) -> None:
        """Wait for its end until a moment of the monotonic clock, then end it and its family."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass  # it had its time
        self.end_family()
        self.process.wait()
