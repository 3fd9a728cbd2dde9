"""Model fields of our own. Migrations may import this module."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from pegasus.kernel import crypto

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Text = models.TextField[str, str]
    _Date = models.TextField[date | str | None, date | None]
    _Index = models.CharField[str, str]
    _Exact = Exact[Any]
else:
    _Text = _Date = models.TextField
    _Index = models.CharField
    _Exact = Exact


def seal(model: type[models.Model], name: str, text: str) -> str:
    """Return a text as it lies in a model's encrypted field; it cannot be moved to another field."""
    return crypto.encrypt(text, column=_column(model, name))


def unseal(model: type[models.Model], name: str, stored: str) -> str:
    """Return the text that lies in a model's encrypted field, or raise UnreadableSecret."""
    return crypto.decrypt(stored, column=_column(model, name))


def _column(model: type[models.Model], name: str) -> str:
    return f"{model._meta.label_lower}.{name}"  # noqa: SLF001 - _meta is Django's public door


class _ExactlyEmpty(_Exact):
    """The one comparison that an encrypted column answers: whether anything is there."""

    def get_prep_lookup(self) -> Any:  # noqa: ANN401 - Django's signature
        """Refuse to look for a value: equal texts are encrypted to different ones, so it would find nothing."""
        if self.rhs:
            raise FieldError("An encrypted column cannot be searched; ask its blind index")
        return super().get_prep_lookup()


class _Encrypted(models.Field if TYPE_CHECKING else object):  # type: ignore[type-arg, misc, unused-ignore] # a mixin
    """What encrypted columns have in common: the cipher is bound to the column, and nothing can be looked up."""

    def get_lookup(self, lookup_name: str) -> Any:  # noqa: ANN401 - Django's signature
        """Offer `isnull` and the comparison with nothing."""
        if lookup_name == "exact":
            return _ExactlyEmpty
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"An encrypted column knows no {lookup_name!r}; ask its blind index")


class EncryptedTextField(_Encrypted, _Text):
    """A text that is encrypted at rest; it cannot be searched (keep a blind index beside it)."""

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Encrypt on the way in; empty stays empty."""
        return seal(self.model, self.name, str(value)) if value else ""

    def from_db_value(self, value: Any, _expression: object, _connection: "BaseDatabaseWrapper") -> str:  # noqa: ANN401
        """Decrypt on the way out."""
        return unseal(self.model, self.name, value) if value else ""


class EncryptedDateField(_Encrypted, _Date):
    """A day that is encrypted at rest; whether there is one can be asked of the database, which one cannot."""

    def to_python(self, value: Any) -> date | None:  # noqa: ANN401 - Django's signature
        """Take a day, or its ISO text."""
        return date.fromisoformat(value) if isinstance(value, str) and value else value or None

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Encrypt on the way in; nothing stays nothing."""
        day = self.to_python(value)
        return seal(self.model, self.name, day.isoformat()) if day else None

    def from_db_value(self, value: Any, _expression: object, _connection: "BaseDatabaseWrapper") -> date | None:  # noqa: ANN401
        """Decrypt on the way out."""
        return date.fromisoformat(unseal(self.model, self.name, value)) if value else None


class BlindIndexField(_Index):
    """The blind index of an encrypted text on the same row, by which equal texts are found; saved with the row.

    `of` names the other field, `fold` makes capital letters equal to small ones.
    """

    def __init__(self, *args: Any, of: str = "", fold: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - as above
        self.of, self.fold = of, fold
        super().__init__(*args, **{"max_length": 64, "blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        """Write down what it is the index of."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "fold": self.fold}

    def value_of(self, text: str) -> str:
        """Return the index of a text; that of none is empty. Equal texts of two columns have different ones."""
        plain = text.casefold() if self.fold else text
        return crypto.blind_index(plain, column=_column(self.model, self.of)) if plain else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        """Follow the other field."""
        value = self.value_of(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, value)
        return value


def index_of(model: type[models.Model], name: str, text: str) -> str:
    """Return the blind index by which rows are found whose encrypted field `name` holds a text."""
    return next(field for field in _indexes(model) if field.of == name).value_of(text)


def with_indexes(row: models.Model, names: Iterable[str]) -> list[str]:
    """Bring the blind indexes of the named fields up to date; return what to save: the fields and their indexes."""
    columns = list(names)
    for field in _indexes(type(row)):
        if field.of in columns:
            field.pre_save(row, False)
            columns.append(field.name)
    return columns


def _indexes(model: type[models.Model]) -> list[BlindIndexField]:
    return [field for field in model._meta.fields if isinstance(field, BlindIndexField)]  # noqa: SLF001 - as above
