import pytest

from pegasus.kernel.addresses import reaches_phones, unreachable_link


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000",
        "http://127.0.0.1",
        "https://127.8.9.1/t/",
        "http://127.1:8000",
        "http://2130706433/",
        "http://localhost:8000",
        "http://LOCALHOST./",
        "http://pegasus.localhost",
        "http://0.0.0.0:8000",
        "http://[::1]:8000",
        "http://[::]",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_an_address_of_this_very_machine_reaches_no_phone(address: str) -> None:
    assert reaches_phones(address) is False


@pytest.mark.parametrize(
    "address",
    [
        "http://testserver",
        "http://192.168.1.20:8000",
        "https://pegasus.bps.go.id",
        "http://[fe80::1]:8000",
        "http://[::1",
    ],
)
def test_any_other_address_may_be_reached(address: str) -> None:
    assert reaches_phones(address) is True


def test_the_origin_of_the_first_such_link_is_found_in_a_text() -> None:
    text = "Lihat https://bps.go.id lalu http://127.0.0.1:8000/t/1-abc/ ya"

    assert unreachable_link(text) == "http://127.0.0.1:8000"
    assert unreachable_link("Lihat https://bps.go.id, bukan 127.0.0.1") == ""
