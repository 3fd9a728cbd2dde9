"""The contents of a report as data and back: what was declared final is kept, and never computed again."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pegasus.reports.domain.contents import Contents


class NotReadable(Exception):
    """The data was not written by `freeze`."""


def freeze(contents: Contents) -> dict[str, Any]:
    """Return the contents as plain data that JSON can hold."""
    return {one.name: _plain(getattr(contents, one.name)) for one in fields(contents)}


def thaw(data: Mapping[str, Any]) -> Contents:
    """Return the contents that were frozen; what a later version added has its default."""
    try:
        found: Contents = _read(Contents, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotReadable(str(error)) from error
    return found


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401 - types are values here
    """Read plain data as what a field's annotation says."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _typed(next(one for one in inner if one is not NoneType), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_typed(one, item) for one, item in zip(kinds, value, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _typed(inner[1], item) for key, item in value.items()}
    if is_dataclass(kind):
        return _read(kind, value)
    if isinstance(kind, type) and issubclass(kind, (datetime, date)):
        return kind.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def _read(kind: Any, value: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    hints = _hints(kind)
    given = {}
    for one in fields(kind):
        if one.name in value:
            given[one.name] = _typed(hints[one.name], value[one.name])
        elif one.default is MISSING and one.default_factory is MISSING:
            raise KeyError(one.name)
    return kind(**given)


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    return get_type_hints(kind)
