"""Read a file from outside in a child process that may run out of time or memory without harm to anyone else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime

from pegasus.signing.domain.verdicts import Reading, from_plain

SECONDS = 25
SIGN = b"%PDF-"


def read(data: bytes, *, roots: Iterable[bytes] = (), at: datetime | None = None) -> Reading:
    """Return what the file is; a file that breaks the child is unreadable, whatever it did."""
    if not data.lstrip().startswith(SIGN):
        return Reading(readable=False, problem="not_pdf")
    asked = {"at": at.isoformat() if at else None, "roots": [root.decode("ascii", "ignore") for root in roots]}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "pegasus.signing.reading"],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            # Only where to find the modules: the child learns neither keys nor the database.
            env={"PYTHONPATH": os.pathsep.join(sys.path), "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return Reading(readable=False, problem="too_slow")
    if child.returncode != 0:
        return Reading(readable=False, problem="damaged")
    return from_plain(json.loads(child.stdout))
