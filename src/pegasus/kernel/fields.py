"""Model fields of our own. Migrations may import this module."""

from typing import TYPE_CHECKING, Any

from django.db import models

from pegasus.kernel import crypto

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class EncryptedTextField(_Text):
    """A text that is encrypted at rest; it cannot be searched (keep a blind index beside it)."""

    def _column(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"  # noqa: SLF001 - _meta is Django's public door

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Encrypt on the way in; empty stays empty."""
        return crypto.encrypt(str(value), column=self._column()) if value else ""

    def from_db_value(self, value: Any, _expression: object, _connection: "BaseDatabaseWrapper") -> str:  # noqa: ANN401
        """Decrypt on the way out."""
        return crypto.decrypt(value, column=self._column()) if value else ""
