"""Encryption of single columns (AES-256-GCM) and blind indexes (HMAC-SHA256). Keys live in PEGASUS_DATA/keys."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PREFIX = "g1:"  # the key's name, so that a later key can be told from this one
NONCE_BYTES = 12


class UnreadableSecret(Exception):
    """The stored text was not written with this installation's key."""


@cache
def _key(name: str) -> bytes:
    path = settings.PEGASUS_DATA / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process made it first: theirs counts
        fresh.unlink()
    return bytes(path.read_bytes())


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key("columns"))


def encrypt(plain: str, *, column: str) -> str:
    """Encrypt a text; `column` is bound to it, so that it cannot be moved to another column."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, plain.encode(), column.encode())
    return PREFIX + urlsafe_b64encode(nonce + sealed).decode()


def decrypt(stored: str, *, column: str) -> str:
    """Return the plain text, or raise UnreadableSecret."""
    if not stored.startswith(PREFIX):
        raise UnreadableSecret(column)
    raw = urlsafe_b64decode(stored.removeprefix(PREFIX))
    try:
        return _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], column.encode()).decode()
    except InvalidTag:
        raise UnreadableSecret(column) from None


def blind_index(plain: str, *, column: str) -> str:
    """Return a fixed, secret digest of a text, by which equal texts of a column can be found without reading them."""
    return hmac.new(_key("index"), f"{column}\0{plain}".encode(), hashlib.sha256).hexdigest()
