"""Pretended screenshots: a phone's screen with a group chat or a feed that shows the card."""

from functools import cache
from io import BytesIO
from typing import Literal

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 720, 1480
PAPER = {"group": "#e9e2d6", "instagram": "#ffffff"}
BAR = {"group": "#1f5f53", "instagram": "#ffffff"}


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(settings.ROOT / ".assets" / "fonts" / f"PlusJakartaSans-{name}.ttf"), size)


def screenshot(card: bytes, *, place: Literal["group", "instagram"], title: str, caption: str, clock: str) -> bytes:
    """Return a JPEG that looks like a phone's screenshot of the posted card."""
    picture = Image.open(BytesIO(card)).convert("RGB")
    screen = Image.new("RGB", (WIDTH, HEIGHT), PAPER[place])
    draw = ImageDraw.Draw(screen)
    on_bar = "white" if place == "group" else "#1b1f24"
    draw.rectangle((0, 0, WIDTH, 150), fill=BAR[place])
    draw.text((36, 18), clock, font=_font("SemiBold", 24), fill=on_bar)
    draw.ellipse((36, 66, 100, 130), fill="#d9b38c")
    draw.text((124, 78), title, font=_font("SemiBold", 30), fill=on_bar)
    left, width = (60, 600) if place == "group" else (0, WIDTH)
    height = round(picture.height * width / picture.width)
    if place == "group":
        draw.rounded_rectangle((left - 16, 190, left + width + 16, 206 + height + 190), 22, fill="white")
    screen.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (left, 206))
    _lines(draw, caption, left + (0 if place == "group" else 36), 226 + height, width - 60)
    out = BytesIO()
    screen.save(out, "JPEG", quality=82)
    return out.getvalue()


def _lines(draw: ImageDraw.ImageDraw, text: str, x: int, y: int, width: int) -> None:
    font = _font("Regular", 24)
    line = ""
    for word in text.split():
        if font.getlength(f"{line} {word}") > width:
            draw.text((x, y), line, font=font, fill="#1b1f24")
            line, y = word, y + 34
        else:
            line = f"{line} {word}".strip()
    draw.text((x, y), line, font=font, fill="#1b1f24")
