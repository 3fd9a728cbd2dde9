"""The cache in the database, which says so when nothing can be written."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, IntegrityError, OperationalError, connections, router

UNSAID = "the cache's commit failed: database or disk is full"


class CountingCache(DatabaseCache):
    """The cache that limits count in: a full disk is raised, where Django's own answers "not written" in silence.

    A limit would read that silence as "too many attempts".
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:  # noqa: ANN401 - Django's signature
        """Write; raise what the database said where it took nothing. Another's row under the key is no fault."""
        faults: list[DatabaseError] = []

        def listen(execute: Callable[..., Any], *args: Any) -> Any:  # noqa: ANN401 - Django's signature
            try:
                return execute(*args)
            except DatabaseError as fault:
                faults.append(fault)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(listen):
            written: bool = super()._base_set(mode, key, value, timeout)  # type: ignore[misc] # private to Django
        if written or mode == "touch" or any(isinstance(one, IntegrityError) for one in faults):
            return written
        raise faults[-1] if faults else OperationalError(UNSAID)
