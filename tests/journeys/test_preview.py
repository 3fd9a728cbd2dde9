"""What a person sees before sending is what is posted: 300 cards by chance, in the browser and as files."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page

from pegasus.cards.domain.designs import SIZES
from pegasus.cards.tests.looks import noticed
from pegasus.cards.tests.random_cards import RandomCard, random_card

CARDS = 300
MOST = 0.001


def test_300_random_previews_look_like_their_files(browser: Browser) -> None:
    page = browser.new_page()

    shares = {}
    for number in range(CARDS):
        card = random_card(number)
        with Image.open(BytesIO(card.final())) as final:
            shares[card.name] = noticed(seen(page, card), final)
    page.close()

    worst = sorted(shares.items(), key=lambda item: item[1], reverse=True)[:10]
    print(f"of all pixels {sum(shares.values()) / CARDS:.5%} look different; most in {worst[0][0]}: {worst[0][1]:.4%}")
    assert [(name, f"{share:.4%}") for name, share in worst if share > MOST] == []


def seen(page: Page, card: RandomCard) -> Image.Image:
    """Return the preview as the browser shows it, a pixel of the card on each pixel of the screen."""
    width, height = SIZES[card.size]
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(
        f"<style>body {{ margin: 0 }} body > svg {{ display: block; width: 100% }}</style>{card.preview()}"
    )
    return Image.open(BytesIO(page.screenshot()))
