"""The process that typesets. It is started by `lanes`, imports neither Django nor Pegasus, and may be killed any time.

Arguments: the socket's descriptor, the folder of fonts, the limit of memory in bytes, the limit of time in seconds.
A request is JSON; an answer is one letter (`O` with the file, `E` with a sentence) and the rest.
"""

import json
import os
import resource
import sys
import threading
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any

import typst

KEPT = 16  # sets of fonts that stay read
GRACE = 5  # seconds beyond the parent's limit: a child whose parent is gone must end by itself


@lru_cache(maxsize=KEPT)
def fonts_in(*folders: str) -> typst.Fonts:
    """Return the fonts of exactly these folders, read once: an office's own ones are known to its own jobs alone."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))


def answer(request: dict[str, Any], shipped: str) -> bytes:
    """Compile one document; with a `label`, say first what the values of its labelled metadata are."""
    compiler = typst.Compiler(
        request["main"],
        root=request["root"],
        font_paths=fonts_in(shipped, *request.get("fonts", ())),
        package_path=request["root"],
    )
    try:
        out = compiler.compile(
            format=request["format"],
            ppi=request["ppi"],
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
        )
        asked = request.get("label")
        found = b"" if asked is None else str(compiler.query(asked, field="value")).encode()
    except (RuntimeError, ValueError, OSError) as error:
        return b"E" + f"{getattr(error, 'message', error)} {getattr(error, 'diagnostic', '')}".encode()
    if isinstance(out, list):
        return f"Ethe picture has {len(out)} pages; it must have one".encode()
    # What was asked about comes first, on one line: the file is the rest.
    return b"O" + (b"" if asked is None else json.dumps(json.loads(found)).encode() + b"\n") + (out or b"")


def main() -> None:
    """Answer requests until the other side is gone."""
    descriptor, folder, memory, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    fonts_in(folder)
    connection = Connection(int(descriptor))
    while True:
        try:
            request = json.loads(connection.recv_bytes())
        except EOFError:
            return
        # os._exit: nothing else stops a compilation that does not end.
        alarm = threading.Timer(float(seconds) + GRACE, os._exit, (70,))
        alarm.daemon = True
        alarm.start()
        connection.send_bytes(answer(request, folder))
        alarm.cancel()


if __name__ == "__main__":
    main()
