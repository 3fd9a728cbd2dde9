"""Read settings from the environment; a value that makes no sense stops the start with a clear sentence."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_INIT = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;"
)


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, stripped."""
    return os.environ.get(name, default).strip()


def switch(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; only `true` and `false` are understood."""
    raw = text(name, "true" if default else "false").lower()
    if raw not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} is {raw!r}; write true or false")
    return raw == "true"


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number between `least` and `most`."""
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {raw!r}; write a whole number") from None
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name} is {value}; write a number from {least} to {most}")
    return value


def address(name: str, default: str) -> str:
    """Return a http(s) address without a trailing slash."""
    raw = text(name, default).rstrip("/")
    parts = split(raw)
    if (
        parts is None
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
        or parts.username
    ):
        raise ImproperlyConfigured(f"{name} is {raw!r}; write an address such as https://pegasus.example.go.id")
    return raw


def split(raw: str) -> SplitResult | None:
    """Take an address apart; None where the host or the port cannot be one."""
    try:
        parts = urlsplit(raw)
        _port = parts.port  # read here, for it is checked only when it is read
    except ValueError:
        return None
    return parts


def folder(name: str, default: Path) -> Path:
    """Return a writable folder, made when missing."""
    path = Path(text(name) or default).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} is {str(path)!r}; this folder cannot be made: {error.strerror}") from None
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name} is {str(path)!r}; this folder cannot be written to")
    return path


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = split(url)
    if parts is not None and parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.split("///", 1)[-1],
            "CONN_MAX_AGE": None,
            # IMMEDIATE: a transaction that will write takes the lock at once, so it never fails half way.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_INIT},
        }
    if parts is not None and parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        }
    raise ImproperlyConfigured(
        "PEGASUS_DATABASE_URL must look like sqlite:///path or postgresql://user:password@host:port/name"
    )
