"""The product's settings with a mail server of the tests."""

from pegasus.config.settings import *  # noqa: F403 - this is how Django settings are extended

EMAIL_BACKEND = "tests.mailing.DiaryBackend"
