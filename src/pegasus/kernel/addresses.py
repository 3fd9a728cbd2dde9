"""Which web addresses lead to this very machine only, so that no phone can open them."""

import re
import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

LINK = re.compile(r"https?://[^\s<>\"”]+", re.IGNORECASE)


def reaches_phones(address: str) -> bool:
    """Tell whether another device can open an address: it names neither this machine's loopback nor "any address"."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return True  # no address at all
    if host == "localhost" or host.endswith(".localhost"):
        return False
    number = _number_of(host)
    if number is None:
        return True
    inner = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return not any(one.is_loopback or one.is_unspecified for one in (number, inner) if one is not None)


def _number_of(host: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        return ip_address(host)
    try:
        return ip_address(socket.inet_aton(host))  # browsers read 127.1 and 2130706433 in this old way too
    except OSError:
        return None


def unreachable_link(text: str) -> str:
    """Return the origin of the first link in a text that no phone can open; empty when there is none."""
    for link in LINK.findall(text):
        if not reaches_phones(link):
            scheme, _, rest = link.partition("://")
            return f"{scheme}://{rest.partition('/')[0]}"
    return ""
