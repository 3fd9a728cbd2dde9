"""A whole Pegasus of its own for a test: a data folder, an empty database, and commands run as an office runs them."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings

from tests.plugin import migrated_database

SOURCES = Path(__file__).resolve().parent.parent / "src"


@dataclass(frozen=True)
class Installation:
    """Where it lives, and how to run things in it."""

    data: Path
    environment: dict[str, str]
    started: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def start(self, *command: str, output: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start `pegasus <command>`; what it says goes to a file."""
        with (output or self.data / "output.txt").open("ab") as log:
            self.started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "pegasus.config.cli", *command],
                    env=self.environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )
        return self.started[-1]

    def close(self) -> None:
        """Kill what a failed test left running."""
        for process in self.started:
            process.kill()
            process.wait()

    def python(self, program: str) -> str:
        """Run a few lines with Django set up, and return what they print."""
        lines = f"import django; django.setup()\n{program}"
        done = subprocess.run(
            [sys.executable, "-c", lines],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def installation(data: Path, *, like: Installation | None = None) -> Iterator[Installation]:
    """Make one: on SQLite in the folder, on PostgreSQL with a database that is dropped afterwards.

    `like` names one to begin as a copy of; nothing may be connected to its database.
    """
    data.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pegasus.config.settings",
        "PYTHONPATH": f"{SOURCES}{os.pathsep}{SOURCES.parent}",
        "PEGASUS_DATA": str(data),
        "PEGASUS_DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("PEGASUS_DEBUG", None)
    made = Installation(data, environment)
    if like is not None:
        shutil.copytree(like.data, data, dirs_exist_ok=True)
    if not settings.PEGASUS_DATABASE_URL.startswith("postgres"):
        if like is None and migrated_database().exists():
            shutil.copyfile(migrated_database(), data / "pegasus.sqlite3")  # saves migrating once more
        with closing(made):
            yield made
        return
    server, _, _ = settings.PEGASUS_DATABASE_URL.rpartition("/")
    name = f"scratch_{uuid.uuid4().hex[:12]}"
    template = f" TEMPLATE {like.environment['PEGASUS_DATABASE_URL'].rpartition('/')[2]}" if like else ""
    environment["PEGASUS_DATABASE_URL"] = f"{server}/{name}"
    with psycopg.connect(settings.PEGASUS_DATABASE_URL, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}{template}")
        try:
            with closing(made):
                yield made
        finally:
            database.execute(f"DROP DATABASE {name} WITH (FORCE)")
