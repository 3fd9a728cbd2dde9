"""Links in the texts of messages: kept as marks, put in when a text is shown or sent.

A database, or a backup of it, that falls into strange hands must not open anybody's personal page. What is kept says
which link is meant; what it looks like, and at which address this installation is, is known when it is needed.
"""

import re
from collections.abc import Callable

ADDRESS = "⟦alamat⟧"
TOKEN = re.compile(r"(?<=/)([tj])/([0-9a-z]{1,13}-[0-9a-f]{24})/")
MARK = re.compile(r"⟦([tj])/(\d+)⟧")
# Somebody who writes a mark by hand must not get the link that it would stand for.
_BRACKETS = str.maketrans("⟦⟧", "[]")


def hide_links(text: str, *, base: str, number_of: Callable[[str], int | None]) -> str:
    """Return a text with marks for this installation's address and for its personal links.

    `number_of` returns the number of a link of ours by its token; a token that is not ours stays as it is.
    """

    def mark(found: re.Match[str]) -> str:
        number = number_of(found[2])
        return found[0] if number is None else f"⟦{found[1]}/{number}⟧"

    return TOKEN.sub(mark, text.translate(_BRACKETS).replace(base, ADDRESS))


def show_links(text: str, *, base: str, token_of: Callable[[int], str]) -> str:
    """Return a kept text with the address and the links put in."""
    whole = MARK.sub(lambda found: f"{found[1]}/{token_of(int(found[2]))}/", text)
    return whole.replace(ADDRESS, base)
