"""Nothing outlives a server that was killed, however deaf it is and whenever it happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.waiting import until

from pegasus.worker import watchdog

# A server that tends one deaf program, which has a deaf child of its own.
SERVER = """
import os, sys, time
from pegasus.worker.children import Child, Watchdog
deaf = ("import os, signal, time; [signal.signal(s, signal.SIG_IGN) for s in (15, 2, 1)];"
        "os.fork(); open(sys.argv[1] + '/' + str(os.getpid()), 'w').close(); time.sleep(600)")
dog = Watchdog(grace=0.2)
child = Child("deaf", [sys.executable, "-S", "-c", "import sys;" + deaf, sys.argv[1]], dict(os.environ), dog)
while True:
    dog.tend([child.process.pid] if child.process else [])
    child.tend()
    time.sleep(0.01)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for path in tmp_path.iterdir():
        if path.name.isdigit() and runs(int(path.name)):
            os.kill(int(path.name), signal.SIGKILL)


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[0] != b"Z"
    except OSError:
        return False


def members(folder: Path) -> list[int]:
    """The processes that carry the folder in their environment: server, watchdog, the deaf and its child."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"PEGASUS_TEST_FOLDER={folder}".encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return [process for process in found if process != os.getpid() and runs(process)]


def serve(folder: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PEGASUS_TEST_FOLDER": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", SERVER, str(folder)], env=environment)


def deaf_ones(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir() if path.name.isdigit()]


def test_a_deaf_program_and_its_child_die_with_a_killed_server(folder: Path) -> None:
    server = serve(folder)
    until(lambda: len(deaf_ones(folder)) == 2)

    server.kill()
    server.wait()

    until(lambda: members(folder) == [])
    assert not any(runs(process) for process in deaf_ones(folder))


@pytest.mark.parametrize("after", [0.0, 0.1, 0.2, 0.3, 0.4])
def test_nothing_stays_whenever_the_server_is_killed(folder: Path, after: float) -> None:
    server = serve(folder)
    time.sleep(after)  # any moment will do: before the watchdog, between fork and exec, after both

    server.kill()
    server.wait()

    until(lambda: members(folder) == [])


def test_a_killed_watchdog_is_replaced_and_told_everything(folder: Path) -> None:
    server = serve(folder)
    until(lambda: len(deaf_ones(folder)) == 2)
    (old,) = set(members(folder)) - {server.pid, *deaf_ones(folder)}
    os.kill(old, signal.SIGKILL)
    until(lambda: set(members(folder)) - {server.pid, old, *deaf_ones(folder)})

    server.kill()
    server.wait()

    until(lambda: members(folder) == [])


def test_only_the_sessions_told_of_are_ended() -> None:
    ours, other = (subprocess.Popen(["sleep", "600"], start_new_session=True) for _ in range(2))
    with ours, other:
        watchdog.end({ours.pid}, grace=5.0)

        assert ours.wait(timeout=60) == -signal.SIGTERM
        assert other.poll() is None
        other.kill()
