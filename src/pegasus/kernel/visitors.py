"""Where a request comes from: the one answer for every limit and every record of an address."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# One line to the internet has a whole /64 in IPv6: counting single addresses would count nothing.
ONE_LINE = 64


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks; empty where the server names none.

    `X-Forwarded-For` is believed only from `PEGASUS_TRUSTED_PROXIES`, from its right end, as far as trusted proxies
    wrote it: what a visitor writes there changes nothing.
    """
    found = _read(request.META.get("REMOTE_ADDR", ""))
    if found is None:
        return ""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while said and _is_in(found, settings.PEGASUS_TRUSTED_PROXIES):
        before = _read(said.pop())
        if before is None:
            break
        found = before
    return str(found)


def line_of(request: HttpRequest) -> str:
    """Return what a limit counts by: the address, or the whole /64 of an IPv6 line."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ip_network(f"{address.partition('%')[0]}/{ONE_LINE}", strict=False).network_address)


def _read(text: str) -> Address | None:
    """Return an address as proxies write it, also with a port or in brackets."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _is_in(address: Address, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)
