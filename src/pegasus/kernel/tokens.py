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
    pk = number(token)
    return pk if pk is not None and same(sign(purpose, pk), token[:LONGEST]) else None


def number(token: str) -> int | None:
    """Return the number that a token claims, before anything is proven; None where there is none."""
    try:
        return base36_to_int(token[:LONGEST].partition("-")[0])
    except ValueError:
        return None


def same(right: str, token: str) -> bool:
    """Compare without telling by the time how much was right."""
    return hmac.compare_digest(right.encode(), token.encode())


def _digest(purpose: str, pk: int) -> str:
    key = f"pegasus.token.{purpose}.{settings.SECRET_KEY}".encode()
    return hmac.new(key, str(pk).encode(), sha256).hexdigest()[:DIGEST_CHARACTERS]
