import pytest

from pegasus.publishing.domain import permalinks


@pytest.mark.parametrize(
    "text",
    [
        "https://www.instagram.com/p/DRabc_12-x/",
        "https://instagram.com/p/DRabc_12-x",
        "http://www.instagram.com/p/DRabc_12-x/?igsh=MzRl%3D",
        "  https://www.instagram.com/bps.bengkulu/p/DRabc_12-x/  ",
    ],
)
def test_an_address_of_a_post_gets_its_one_plain_form(text: str) -> None:
    assert permalinks.read(text) == "https://www.instagram.com/p/DRabc_12-x/"


def test_a_reel_stays_a_reel() -> None:
    assert permalinks.read("https://www.instagram.com/reel/DRabc_12/") == "https://www.instagram.com/reel/DRabc_12/"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "instagram",
        "https://www.instagram.com/bps.bengkulu/",
        "https://evil.example/p/DRabc_12/",
        "https://www.instagram.com.evil.example/p/DRabc_12/",
        "javascript:alert(1)//https://www.instagram.com/p/DRabc_12/",
        "https://www.instagram.com/p/DRabc_12/ https://www.instagram.com/p/DRabc_13/",
        "https://www.instagram.com/p/DRabc_12/?" + "x" * 400,
    ],
)
def test_anything_else_is_no_address_of_a_post(text: str) -> None:
    with pytest.raises(permalinks.NotAPermalink):
        permalinks.read(text)
