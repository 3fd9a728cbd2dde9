"""What `make run` starts: the web server and the worker, both kept alive, both gone when this process is."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pegasus.kernel import lock
from pegasus.worker.children import Child, Watchdog

WEB_WORKERS = 2
WEB_THREADS = 16  # slow clients hold threads: with fewer, twenty of them shut everybody out
GRACE = 12.0  # seconds for requests and jobs under way when we are told to stop
TICK = 0.2
HEAD_START = 2.0  # seconds


class CannotServe(Exception):
    """The reason is a sentence for the one who started it."""


@contextmanager
def sole_server(data: Path) -> Iterator[None]:
    """Hold the data folder, so that it is served once."""
    try:
        with lock.alone():
            yield
    except lock.AlreadyRunning:
        raise CannotServe(
            f"Pegasus sudah berjalan dengan folder data {data}. Hentikan dulu, atau pakai PEGASUS_DATA lain."
        ) from None


def check_free(host: str, port: int) -> None:
    """Refuse an address that somebody else answers on, or that is not ours."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Alamat {host}:{port} tidak bisa dipakai ({error.strerror}). "
                "Hentikan program yang memakainya, atau pilih porta lain: make run PORT=8001."
            ) from None


def children(host: str, port: int, watchdog: Watchdog) -> list[Child]:
    """Return the two programs that make up a running Pegasus."""
    environment = {**os.environ, "PORT": str(port)}
    here = [sys.executable, "-m"]
    web = [*here, "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    web += ["--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS), "--backlog", "1024"]
    web += [
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "10",
        "--log-level",
        "error",
    ]  # its only warning is of our thread count
    return [
        Child("web", [*web, "pegasus.config.wsgi:application"], environment, watchdog),
        # The first page comes first: both load the same code, and jobs can wait a moment.
        Child(
            "worker",
            [*here, "pegasus.config.cli", "work"],
            environment,
            watchdog,
            start_at=time.monotonic() + HEAD_START,
        ),
    ]


class Supervisor:
    """Keeps children running until told to stop."""

    def __init__(self, family: list[Child], watchdog: Watchdog, *, address: str, say: Callable[[str], None]) -> None:
        self._family = family
        self._watchdog = watchdog
        self._address = address
        self._say = say
        self._stopping = False
        self._answered = False

    def stop(self, *_: object) -> None:
        """End everything soon; as a signal handler it only takes a note."""
        self._stopping = True

    def run(self) -> None:
        """Start all, tend them, and leave nothing behind."""
        for sent in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sent, self.stop)
        try:
            while not self._stopping:
                self._watchdog.tend(child.process.pid for child in self._family if child.process is not None)
                for child in self._family:
                    ended = child.tend()
                    if ended is not None:
                        self._say(f"{child.name} berhenti ({ended}); dijalankan lagi dalam {child.pause:.0f} detik.")
                self._greet()
                time.sleep(TICK)
        finally:
            self._end()

    def _greet(self) -> None:
        if not self._answered and answers(self._address):
            self._answered = True
            self._say(f"Pegasus siap di {self._address} (Ctrl-C untuk berhenti)")

    def _end(self) -> None:
        for child in self._family:
            child.ask_to_stop()
        until = time.monotonic() + GRACE
        for child in self._family:
            child.await_end(until)
        self._watchdog.close()


def answers(address: str) -> bool:
    """Tell whether the first page can be had."""
    try:
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own http address
            page.read(1)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return True  # it answers, if only with a refusal
    except OSError:
        return False
    return True
