"""Loaded before Django: every test run has a data folder of its own, cheap passwords and plain static files."""

import os
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="pegasus-tests-")
os.environ["PEGASUS_DATA"] = _data
os.environ.setdefault("PEGASUS_BASE_URL", "http://testserver")
for name in ("PEGASUS_EMAIL_URL", "PEGASUS_TEST_CLOCK"):
    os.environ.pop(name, None)

import pytest  # noqa: E402 - the environment must be set before Django reads its settings
from django.conf import settings  # noqa: E402 - as above
from hypothesis import settings as hypothesis_settings  # noqa: E402 - as above

# A busy machine is no fault of the code: properties are about what is true, not about how long it takes.
hypothesis_settings.register_profile("pegasus", deadline=None)
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


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    from django.core.cache import cache  # noqa: PLC0415 - after the settings

    cache.clear()
