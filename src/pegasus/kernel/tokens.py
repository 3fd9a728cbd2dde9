"""Short signed tokens for addresses: the row's number and a keyed digest of it."""

import hmac
from hashlib import sha256

from django.conf import settings
from django.utils.http import base36_to_int, int_to_base36

DIGEST_CHARACTERS = 24  # 96 bits
LONGEST = 40


def sign(purpose: str, pk: int) -> str:
    """Return a token for row `pk`; tokens of one purpose are worthless for another."""
    return f"{int_to_base36(pk)}-{_digest(purpose, pk)}"


def read(purpose: str, token: str) -> int | None:
    """Return the row's number, or None when the token is not ours."""
    number, _, digest = token[:LONGEST].partition("-")
    try:
        pk = base36_to_int(number)
    except ValueError:
        return None
    return pk if hmac.compare_digest(digest.encode(), _digest(purpose, pk).encode()) else None


def _digest(purpose: str, pk: int) -> str:
    key = f"pegasus.token.{purpose}.{settings.SECRET_KEY}".encode()
    return hmac.new(key, str(pk).encode(), sha256).hexdigest()[:DIGEST_CHARACTERS]
