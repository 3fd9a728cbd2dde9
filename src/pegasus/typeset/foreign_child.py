"""The process in which one foreign file is read. It is started by `foreign`, imports no Django, and may die any time.

Arguments: the connection's descriptor, then the limits: memory in bytes, processor time and time in seconds, bytes
that a file of its folder may have. The request comes through the connection (what was asked, then the file), so that
nothing of it stands in the list of processes; the answer goes back the same way.
"""

import json
import os
import resource
import signal
import sys
from importlib import import_module
from multiprocessing.connection import Connection

from pegasus.typeset.refusal import FileRefused

OUT_OF_MEMORY = 71  # how this process ends when the file needs more memory than it may have
GRACE = 2  # seconds beyond the parent's patience: a child whose parent is gone must end by itself


def main() -> None:
    """Read one file within the limits and answer: what was found, or a word for why not."""
    descriptor, memory, cpu, seconds, largest = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu), int(cpu) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, float(seconds) + GRACE)
    connection = Connection(int(descriptor))
    try:
        request = json.loads(connection.recv_bytes())
        head, body = answer(request["program"], connection.recv_bytes(), request["asked"])
        connection.send_bytes(json.dumps(head).encode())
        connection.send_bytes(body)
    except MemoryError:
        # No tidying up: that would need memory too.
        os._exit(OUT_OF_MEMORY)


def answer(program: str, data: bytes, asked: dict[str, object]) -> tuple[dict[str, object], bytes]:
    """Run a reader (`module:function`) on a file."""
    module, _colon, name = program.partition(":")
    try:
        facts, body = getattr(import_module(module), name)(data, **asked)
    except FileRefused as refused:
        return {"refused": refused.reason, "facts": refused.facts}, b""
    return {"facts": facts}, body


if __name__ == "__main__":
    main()
