from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from pegasus.kernel import visitors

TRUSTED = (ip_network("127.0.0.1"), ip_network("10.0.5.0/24"))


def address(remote: str, said: str, settings: Settings, trusted: object = TRUSTED) -> str:
    settings.PEGASUS_TRUSTED_PROXIES = trusted
    headers = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    return visitors.client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))  # type: ignore[arg-type] # headers


@pytest.mark.parametrize(
    ("remote", "said", "found"),
    [
        ("127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "203.0.113.1, 10.0.5.9", "203.0.113.1"),
        ("127.0.0.1", "203.0.113.1:4711", "203.0.113.1"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "203.0.113.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.0.5.9", "10.0.5.9"),
        ("192.0.2.4", "203.0.113.1", "192.0.2.4"),
        ("", "203.0.113.1", ""),
    ],
)
def test_the_address_is_the_last_that_no_trusted_proxy_has(
    remote: str,
    said: str,
    found: str,
    settings: Settings,
) -> None:
    assert address(remote, said, settings) == found


def test_without_trusted_proxies_the_header_is_nothing(settings: Settings) -> None:
    assert address("127.0.0.1", "203.0.113.1", settings, trusted=()) == "127.0.0.1"


def test_a_line_of_ipv6_counts_once(settings: Settings) -> None:
    settings.PEGASUS_TRUSTED_PROXIES = ()
    lines = {visitors.line_of(RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{last}")) for last in (1, 2, "f")}

    assert lines == {"2001:db8:1:2::"}
