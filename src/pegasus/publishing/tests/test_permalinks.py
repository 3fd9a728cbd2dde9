import pytest

from pegasus.publishing.domain import permalinks


@pytest.mark.parametrize(
    "text",
    [
        "https://www.instagram.com/p/DRabc_12-x/",
        "https://instagram.com/p/DRabc_12-x",
        "http://www.instagram.com/p/DRabc_12-x/?igsh=MzRl%3D",
        "  https://www.instagram.com/bps.bengkulu/p/DRabc_12-x/  ",
        "instagram.com/p/DRabc_12-x",
        "www.instagram.com/p/DRabc_12-x",
        "https://m.instagram.com/p/DRabc_12-x/",
        "HTTPS://WWW.INSTAGRAM.COM/p/DRabc_12-x/",
        "https://www.instagram.com/p/DRabc_12-x/#",
        "Lihat kiriman ini https://www.instagram.com/p/DRabc_12-x/?igsh=x",
        "Sudah tayang: https://www.instagram.com/p/DRabc_12-x/.",
        "(instagram.com/p/DRabc_12-x)",
        "https://www.instagram.com/p/DRabc_12-x/ https://www.instagram.com/p/DRabc_12-x/?igsh=x",
    ],
)
def test_an_address_of_a_post_gets_its_one_plain_form(text: str) -> None:
    assert permalinks.read_permalink(text) == "https://www.instagram.com/p/DRabc_12-x/"


@pytest.mark.parametrize("kind", ["reel", "reels"])
def test_a_reel_has_one_form(kind: str) -> None:
    address = f"https://www.instagram.com/{kind}/Cx12345678a/"

    assert permalinks.read_permalink(address) == "https://www.instagram.com/reel/Cx12345678a/"


@pytest.mark.parametrize("end", ["share/p/BAPaAAAAA", "share/reel/BAPaAAAAA/", "share/BAPaAAAAA"])
def test_what_the_share_button_gives_is_told_apart(end: str) -> None:
    with pytest.raises(permalinks.SharedAddress):
        permalinks.read_permalink(f"https://www.instagram.com/{end}")


def test_a_reel_stays_a_reel() -> None:
    assert (
        permalinks.read_permalink("https://www.instagram.com/reel/DRabc_12/")
        == "https://www.instagram.com/reel/DRabc_12/"
    )


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
        "https://notinstagram.com/p/DRabc_12/",
        "https://evil.example/www.instagram.com/p/DRabc_12/",
        "kantor@instagram.com/p/DRabc_12/",
        "https://www.instagram.com/stories/bps/3141592653/",
        "https://www.instagram.com/p/DRabc_12/ dan https://www.instagram.com/bps.bengkulu/",
    ],
)
def test_anything_else_is_no_address_of_a_post(text: str) -> None:
    with pytest.raises(permalinks.NotAPermalink):
        permalinks.read_permalink(text)
