"""PostgreSQL's own programs, with the password where no list of processes shows it."""

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo

# In one transaction with what follows: a dump knows only the tables that stood in it.
EMPTY = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user LOOP
    EXECUTE 'DROP TABLE ' || quote_ident(one.tablename) || ' CASCADE';
  END LOOP;
END $$;
"""


class ProgramFailed(Exception):
    """One of PostgreSQL's programs is missing or failed; the text says why."""


def dump(target: Path) -> None:
    """Write the whole database into a file."""
    _run("pg_dump", "--format=custom", f"--file={target}")


def check(source: Path) -> None:
    """Raise ProgramFailed where a dump cannot be read."""
    _run("pg_restore", "--list", str(source), connect=False)


def load(source: Path) -> None:
    """Put a dump in the place of all tables, in one transaction: all of it, or nothing has changed."""
    script, empty = source.with_suffix(".sql"), source.with_suffix(".empty.sql")
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source), connect=False)
        empty.write_text(EMPTY)
        _run(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"),
            *(f"--file={empty}", f"--file={script}"),
        )
    finally:
        script.unlink(missing_ok=True)
        empty.unlink(missing_ok=True)


def _run(program: str, *arguments: str, connect: bool = True) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProgramFailed(f"{program} tidak ada di komputer ini; pasang program klien PostgreSQL")
    facts = conninfo_to_dict(settings.PEGASUS_DATABASE_URL) if connect else {}
    password = facts.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    address = [f"--dbname={make_conninfo(**facts)}"] if connect else []  # type: ignore[arg-type] # text and numbers
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with our own settings
        [found, *address, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise ProgramFailed(f"{program}: {done.stderr.strip()[:400]}")
