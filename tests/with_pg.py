"""Run a command with a throw-away PostgreSQL (`with_pg.py python -m pytest`); without its binaries say so, exit 0."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 180.0  # seconds for the server to come up
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=80", "shared_buffers=64MB")


def binaries() -> Path | None:
    """Return the folder with initdb and postgres, the newest version first."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    on_path = shutil.which("initdb")
    places = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    places += [*installed, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def owner() -> str | None:
    """Return the user under whom the server runs: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(command: list[str], folder: Path, place: Path) -> int:
    """Start the server in the folder, run the command, stop the server."""
    user, port, data = owner(), free_port(), folder / "data"
    if user:
        shutil.chown(folder, user)
    initdb = [
        str(place / "initdb"),
        "-D",
        str(data),
        "-U",
        "pegasus",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    subprocess.run(initdb, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
    options += [argument for setting in SETTINGS for argument in ("-c", setting)]
    start = [str(place / "postgres"), "-D", str(data), *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(start, user=user, cwd=folder, stdout=log, stderr=log)
    try:
        create = [str(place / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "pegasus", "pegasus"]
        until = time.monotonic() + PATIENCE
        while subprocess.run(create, check=False, capture_output=True).returncode:
            if server.poll() is not None or time.monotonic() > until:
                sys.stderr.write((folder / "log").read_text())
                return 1
            time.sleep(0.1)
        url = f"postgresql://pegasus@127.0.0.1:{port}/pegasus"
        return subprocess.run(command, check=False, env={**os.environ, "PEGASUS_DATABASE_URL": url}).returncode
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def main() -> int:
    """Run the arguments."""
    place = binaries()
    if place is None:
        print("with_pg: no PostgreSQL binaries here (set PG_BIN); these tests did NOT run on PostgreSQL")
        return 0
    memory = Path("/dev/shm")  # noqa: S108 - a folder with a random name is made in it
    parent = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix="pegasus-pg-", dir=parent, ignore_cleanup_errors=True) as folder:
        return run(sys.argv[1:], Path(folder), place)


if __name__ == "__main__":
    sys.exit(main())
