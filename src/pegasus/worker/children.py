"""Child processes that cannot outlive their parent, and leave nothing behind when they die."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds of life after which a child's earlier deaths are forgotten
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with(parent: int) -> Callable[[], None]:
    def arrange() -> None:
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
            preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - the supervisor has one thread
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
