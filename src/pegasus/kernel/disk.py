"""A disk that takes nothing more, as the system says it or as SQLite does."""

import errno

from django.db import OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
SAID = ("disk is full", "readonly database")


def is_full(error: BaseException | None) -> bool:
    """Tell whether the disk behind an error is full or locked."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError) and any(said in str(error) for said in SAID)
