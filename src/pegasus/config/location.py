"""Where the office's data lies: all that `restore` needs to know, and what every other command needs first."""

from pathlib import Path

from pegasus.config import env

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

PEGASUS_DATA = env.folder("PEGASUS_DATA", ROOT / "data")
PEGASUS_DATABASE_URL = env.text("PEGASUS_DATABASE_URL") or f"sqlite:///{PEGASUS_DATA / 'pegasus.sqlite3'}"
# Stands there while `restore` moves things: what it says is needed to undo them.
HALF_RESTORED = PEGASUS_DATA / "restoring.json"
# For tests alone: a file whose first line is the moment that counts as now.
PEGASUS_TEST_CLOCK = env.text("PEGASUS_TEST_CLOCK")
DATABASES = {"default": env.database(PEGASUS_DATABASE_URL)}
