"""How a sentence is filled in."""

import re
from collections.abc import Mapping

# Three are an ellipsis and stay.
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


def filled(text: str, facts: Mapping[str, object]) -> str:
    """Return a sentence with its facts; a name that ends in a title ("M.Si.") gives it no second full stop."""
    return TWO_STOPS.sub(".", text % facts)
