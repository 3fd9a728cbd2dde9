"""Phone numbers as people in Indonesia write them, read into E.164. Only a mobile number can be on WhatsApp."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

REGION = "ID"
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
# What separates two numbers in one cell; a lone blank or dash belongs to one number.
SEPARATORS = re.compile(r"[/;,|\n]| atau | & | dan ", re.IGNORECASE)
MARKS = "'`’‘\" \u00a0\u200e\u202a\u202c"  # what spreadsheets and chats leave around a number
LONGEST = 40
# Seven digits or more, however grouped; a NIP in one piece is none, nor a day such as 2026-10-12 or 12/10/2026.
NUMBER = re.compile(
    r"(?<!\d)(?!\d{18}\b|\d{4}-\d{2}-\d{2}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b)"
    r"\+?\(?\d(?:[\s().-]{0,2}\d){6,}"
)

Problem = Literal["landline", "several", "unreadable"]


@dataclass(frozen=True)
class Phone:
    """A number in E.164, or what is wrong with the text; never both."""

    e164: str = ""
    problem: Problem | None = None


def read(text: str) -> Phone:
    """Read one cell; an empty one is an empty number."""
    text = text.strip(MARKS)
    if not text:
        return Phone()
    if len([part for part in SEPARATORS.split(text) if any(map(str.isdigit, part))]) > 1:
        return Phone(problem="several")
    try:
        number = phonenumbers.parse(_as_the_parser_reads(text), REGION)
    except phonenumbers.NumberParseException:
        return Phone(problem="unreadable")
    if not phonenumbers.is_valid_number(number):
        return Phone(problem="unreadable")
    if phonenumbers.number_type(number) not in MOBILE:
        return Phone(problem="landline")
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def masked(text: str) -> str:
    """Hide what may be somebody's number, of a phone or a bank account: only its last three digits stay."""
    return NUMBER.sub(lambda found: f"•••• {''.join(filter(str.isdigit, found[0]))[-3:]}", text)


def _as_the_parser_reads(text: str) -> str:
    # `0062…` is the habit of old exchanges; the parser knows only the plus sign.
    return re.sub(r"^00", "+", text[:LONGEST])
