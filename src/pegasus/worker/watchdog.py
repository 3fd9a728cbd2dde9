"""The process that ends what a killed server leaves behind. It imports nothing of ours, so that it costs little.

Standard input carries a line per program: `+4711` when session 4711 begins, `-4711` when it has ended. Its end means
that the server is gone. Whatever is left of the sessions is then asked to end, and killed after the grace, given in
seconds: a program that is told to end while it still starts may lose the signal.
"""

import os
import signal
import sys
import time

TICK = 0.05  # seconds between two looks at what is left


def alive(sessions: set[int]) -> list[int]:
    """Return the processes that belong to the sessions, zombies left out."""
    found = []
    for name in os.listdir("/proc"):  # noqa: PTH208 - pathlib would double the start
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123 - as above
                # The name in brackets may hold blanks; after it: state, parent, group, session.
                state, _parent, _group, session = file.read().rpartition(b")")[2].split()[:4]
        except OSError:
            continue  # it has ended since
        if int(session) in sessions and state != b"Z":
            found.append(int(name))
    return found


def send(processes: list[int], what: signal.Signals) -> None:
    """Send a signal to each; who has ended since needs none."""
    for process in processes:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            pass


def end(sessions: set[int], grace: float) -> None:
    """Ask everything in the sessions to end, then kill what has not."""
    send(alive(sessions), signal.SIGTERM)
    until = time.monotonic() + grace
    while left := alive(sessions):
        if time.monotonic() >= until:
            send(left, signal.SIGKILL)
        time.sleep(TICK)


def main() -> None:
    """Listen until the server is gone, then end what it left."""
    for sent in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sent, signal.SIG_IGN)  # only the end of the server ends this process
    sessions: set[int] = set()
    for line in sys.stdin.buffer:
        number = int(line[1:])
        (sessions.add if line.startswith(b"+") else sessions.discard)(number)
    end(sessions, float(sys.argv[1]))


if __name__ == "__main__":
    main()
