"""Loaded before Django: every test run has a data folder of its own, cheap passwords and plain static files."""

import atexit
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_data = tempfile.mkdtemp(prefix="pegasus-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["PEGASUS_DATA"] = _data
os.environ.setdefault("PEGASUS_BASE_URL", "http://testserver")
for name in ("PEGASUS_EMAIL_URL", "PEGASUS_TEST_CLOCK"):
    os.environ.pop(name, None)

import pytest  # noqa: E402 - the environment must be set before Django reads its settings
from django.conf import settings  # noqa: E402 - as above
from hypothesis import HealthCheck  # noqa: E402 - as above
from hypothesis import settings as hypothesis_settings  # noqa: E402 - as above

from tests.migrating import migrate_to_newest  # noqa: E402 - as above

# A busy machine is no fault of the code: properties are about what is true, not about how long it takes.
hypothesis_settings.register_profile("pegasus", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("pegasus")


def pytest_configure() -> None:
    """Choose the settings that make tests fast; nothing that an office relies on changes."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file, as in an office: databases in memory lock and wake differently between threads.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{_data}/test.sqlite3"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Path(_data, "static").mkdir(exist_ok=True)


def migrated_database() -> Path:
    """Return where the migrated, empty SQLite database of exactly these migrations and libraries is kept."""
    source = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256((source / "requirements.txt").read_bytes())
    for path in sorted((source / "src").glob("pegasus/**/migrations/*.py")):
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir(), f"pegasus-migrated-{os.getuid()}-{digest.hexdigest()[:16]}.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Lay a copy of the migrated database where the tests look for theirs: migrating takes a minute, copying none."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    kept = migrated_database()
    if name and kept.exists():
        shutil.copyfile(kept, name)
    return bool(name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep the database that had to be migrated, for the next run and the other processes."""
    name, kept = settings.DATABASES["default"].get("TEST", {}).get("NAME"), migrated_database()
    if name and not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(name)) as database, closing(sqlite3.connect(fresh)) as copy:
            database.backup(copy)
        fresh.replace(kept)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    from django.core.cache import cache  # noqa: PLC0415 - after the settings

    cache.clear()


@pytest.fixture
def newest(transactional_db: None) -> Iterator[None]:
    """Bring the tables up to date after a test that went back to older ones."""
    yield
    migrate_to_newest()
