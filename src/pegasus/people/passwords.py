"""One-time passwords: shown once, changed at the first sign-in."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread


def one_time() -> str:
    """Return a fresh password that can be read out loud: four groups of four signs, 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _group in range(4))
