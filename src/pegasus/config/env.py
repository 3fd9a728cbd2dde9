"""Read settings from the environment; a value that makes no sense stops the start with a clear sentence."""

import os
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import pyrage
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

SQLITE_INIT = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;"
)


LONG_ENOUGH = 20
NARROW_ENOUGH = 8  # the prefix of 10.0.0.0/8, the widest network that one office can own
OURS, OF_TESTS = "PEGASUS_", "PEGASUS_TEST_"
_asked: set[str] = set()


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, stripped."""
    _asked.add(name)
    return os.environ.get(name, default).strip()


def refuse_unknown() -> None:
    """Stop when a variable looks like ours and is none of those read so far: somebody mistyped it."""
    for name in sorted(os.environ):
        if name.startswith(OURS) and not name.startswith(OF_TESTS) and name not in _asked:
            near = get_close_matches(name, sorted(_asked), n=1)
            hint = f"; maksudnya {near[0]}?" if near else ""
            raise ImproperlyConfigured(f"{name} tidak dikenal{hint}")


def switch(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; only `true` and `false` are understood."""
    raw = text(name, "true" if default else "false").lower()
    if raw not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} berisi {raw!r}; tulis true atau false")
    return raw == "true"


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number between `least` and `most`."""
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} berisi {raw!r}; tulis bilangan bulat") from None
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name} berisi {value}; tulis bilangan dari {least} sampai {most}")
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
        raise ImproperlyConfigured(f"{name} berisi {raw!r}; tulis alamat seperti https://pegasus.example.go.id")
    return raw


@dataclass(frozen=True)
class Oidc:
    """The identity provider of the office's institution."""

    server: str
    client_id: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """What the content security policy lets a form lead to."""
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


def oidc() -> Oidc | None:
    """Return the identity provider; None when none is set, and a refusal when only a part is."""
    names = ("PEGASUS_OIDC_URL", "PEGASUS_OIDC_CLIENT_ID", "PEGASUS_OIDC_SECRET")
    given = {name: text(name) for name in names}
    label = text("PEGASUS_OIDC_NAME") or "akun instansi"
    if not any(given.values()):
        return None
    missing = ", ".join(name for name in names if not given[name])
    if missing:
        raise ImproperlyConfigured(f"Masuk lewat akun instansi baru diatur sebagian; lengkapi {missing}")
    return Oidc(address(names[0], ""), given[names[1]], given[names[2]], label)


def secret(name: str) -> str:
    """Return a secret that programs say to us; one so short that it can be tried out is refused."""
    raw = text(name)
    if raw and (len(raw) < LONG_ENOUGH or any(character.isspace() for character in raw)):
        raise ImproperlyConfigured(f"{name} terlalu pendek; tulis paling sedikit {LONG_ENOUGH} karakter tanpa spasi")
    return raw


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the addresses and networks of a list with commas; one so wide that it means anybody is refused."""
    raw = text(name)
    found = []
    for part in filter(None, (one.strip() for one in raw.split(","))):
        try:
            network = ip_network(part, strict=False)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} berisi {part!r}; tulis alamat proxy seperti 127.0.0.1 atau jaringan seperti 10.0.5.0/24"
            ) from None
        if network.prefixlen < NARROW_ENOUGH:
            raise ImproperlyConfigured(
                f"{name} berisi {part!r}; itu mencakup hampir semua orang. Tulis alamat proxy saja, misalnya 127.0.0.1"
            )
        found.append(network)
    return tuple(found)


def recipient(name: str) -> str:
    """Return a public key of age (`age1…`), or nothing."""
    raw = text(name)
    if raw:
        try:
            pyrage.x25519.Recipient.from_str(raw)
        except pyrage.RecipientError:
            raise ImproperlyConfigured(
                f"{name} berisi {raw!r}; tulis kunci publik age1… dari `pegasus backup --make-key BERKAS`"
            ) from None
    return raw


def refuse_half_restored(mark: Path) -> None:
    """Stop while a restore that was interrupted has left parts of two states side by side."""
    if mark.exists():
        raise ImproperlyConfigured(
            "pemulihan cadangan terputus di tengah jalan. Jalankan `pegasus restore` dengan cadangan itu sekali lagi: "
            "keadaan semula dikembalikan dulu, lalu cadangannya dipasang"
        )


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
        raise ImproperlyConfigured(
            f"{name} berisi {str(path)!r}; folder itu tidak dapat dibuat ({error.strerror})"
        ) from None
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name} berisi {str(path)!r}; folder itu tidak dapat ditulisi")
    return path


def _in_a_folder(file: Path) -> str:
    if not file.absolute().parent.is_dir():
        raise ImproperlyConfigured(f"PEGASUS_DATABASE_URL menunjuk {str(file)!r}, tetapi foldernya tidak ada")
    return str(file)


@dataclass(frozen=True)
class Mail:
    """How e-mail leaves: through a server, or into a folder to look at."""

    host: str = "localhost"
    port: int = 587
    user: str = ""
    password: str = ""
    ssl: bool = False
    folder: str = ""

    @property
    def tls(self) -> bool:
        """Tell whether the line is to be made safe before the password is said."""
        return bool(self.user) and not self.ssl


def mail(url: str) -> Mail:
    """Read `smtp://user:password@host:587`, `smtps://…:465` or `file:///folder`; nothing is no server."""
    parts = split(url)
    if not url:
        return Mail()
    if parts is not None and parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
        return Mail(folder=parts.path)
    if parts is None or parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "PEGASUS_EMAIL_URL harus seperti smtp://pengguna:sandi@host:587 atau file:///folder"
        )
    safe = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname,
        port=parts.port or (465 if safe else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=safe,
    )


def sender(name: str, default: str) -> str:
    """Return an e-mail address; a bare machine name behind the @ will do."""
    raw = text(name, default)
    try:
        validate_email(raw.replace("@localhost", "@localhost.local"))
    except ValidationError:
        raise ImproperlyConfigured(
            f"{name} berisi {raw!r}; tulis alamat surel seperti pegasus@example.go.id"
        ) from None
    return raw


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = split(url)
    if url.startswith("sqlite:///") and url.removeprefix("sqlite:///").strip("/"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _in_a_folder(Path(url.removeprefix("sqlite:///"))),
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
        "PEGASUS_DATABASE_URL harus seperti sqlite:///letak/berkas atau postgresql://pengguna:sandi@host:porta/nama"
    )
