"""Settings for `pegasus restore` alone: a broken installation (torn database, lost keys) must not stop its repair."""

from pegasus.config.location import DATABASES, HALF_RESTORED, PEGASUS_DATA, PEGASUS_DATABASE_URL, PEGASUS_TEST_CLOCK

__all__ = ["DATABASES", "HALF_RESTORED", "PEGASUS_DATA", "PEGASUS_DATABASE_URL", "PEGASUS_TEST_CLOCK"]

SECRET_KEY = "nothing is signed while restoring"  # noqa: S105 - it guards nothing
INSTALLED_APPS = ["pegasus.kernel"]
USE_TZ = True
