"""Phone numbers as people in Indonesia write them, read into E.164. Only a mobile number can be on WhatsApp."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from pegasus.kernel.text import clean_figures

REGION, COUNTRY = "ID", "62"
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
# What separates two numbers in one cell; a lone blank or dash belongs to one number.
SEPARATORS = re.compile(r"[/;,|\n]| atau | & | dan ", re.IGNORECASE)
# Two numbers with nothing but a blank between them.
SIDE_BY_SIDE = re.compile(r"(?<!\d)(?:\+?62|0)8[\d-]{7,13}\s+(?:\+?62|0)8[\d-]{7,13}(?!\d)")
MARKS = "'`’‘\" "  # what spreadsheets and chats leave around a number
LONGEST = 60
# What people write beside a number to say what it is; any other letter makes the cell unreadable.
_WORDS = r"(?:wa|whats?app?|hp|ponsel|handphone|mobile|seluler|telp?|tlp|telepon|phone|nomor|no|aktif|pribadi|tel)"
LABEL_BEFORE = re.compile(rf"^(?:{_WORDS}\b[\s.:/()-]*)+(?=[+(\d])", re.IGNORECASE)
LABEL_AFTER = re.compile(
    rf"(?<=[\d)])[\s./,-]*(?:\(\s*(?:{_WORDS}[\s./]*)+\)|(?:[\s./]+{_WORDS})+)[\s.]*$", re.IGNORECASE
)
CHAT_ADDRESS = re.compile(r"^(?:https?://)?(?:wa\.me|api\.whatsapp\.com/send/?\?phone=)/?(?=\+?\d+$)", re.IGNORECASE)
EXTENSION = re.compile(r"\s*\(?\b(?:ext|extension|pes|pesawat|psw)\b[\s.:]*\d{1,6}\)?\s*$", re.IGNORECASE)
# A number that went through a data tool: `81234567801.0`, `81.234.567.801,0`, `8.1234567801E+10`.
DECIMALS = re.compile(r"(\+?\d{8,})[.,](\d{1,2}|0+)|([^.,]{8,})[.,](\d{1,2})|([^,]{8,}),(00?)")
# One digit after a last dot is no group of a number, and which decimal it would be nobody knows: `81.234.567.801.0`.
TORN = re.compile(r".*\d[.,]\d")
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
GROUPED = re.compile(r"[+(]?[\s(+]*\d(?:[\s().\-\u2010-\u2015\u2212]*\d)*[\s).]*")
# Seven digits or more, however grouped; a NIP in one piece is none, nor a day such as 2026-10-12 or 12/10/2026.
NUMBER = re.compile(
    r"(?<!\d)(?!\d{18}\b|\d{4}-\d{2}-\d{2}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b)"
    r"\+?\(?\d(?:[\s().-]{0,2}\d){6,}"
)

Problem = Literal["landline", "several", "number", "unreadable"]


@dataclass(frozen=True)
class Phone:
    """A number in E.164, or what is wrong with the text; never both."""

    e164: str = ""
    problem: Problem | None = None


def read(text: str) -> Phone:
    """Read one cell; an empty one is an empty number.

    It is read whole or not at all: the digits kept are those that were written, but for the national prefix.
    """
    text = clean_figures(text).strip().strip(MARKS)
    if not text:
        return Phone()
    if len(text) > LONGEST:
        return Phone(problem="unreadable")
    if SCIENTIFIC.fullmatch(text):
        return _from_scientific(text)
    if found := DECIMALS.fullmatch(text):
        # Three zeros may be a group of the number itself; other decimals are no number that anybody has.
        whole, decimals = (part for part in found.groups() if part is not None)
        return _from_digits(whole) if decimals in {"0", "00"} else Phone(problem="unreadable")
    return Phone(problem="unreadable") if TORN.fullmatch(text) else _from_written(text)


def _from_written(text: str) -> Phone:
    parts = [part for part in SEPARATORS.split(text) if any(map(str.isdigit, part))]
    if len(parts) > 1 or SIDE_BY_SIDE.search(text):
        return Phone(problem="several")
    text = LABEL_AFTER.sub("", LABEL_BEFORE.sub("", CHAT_ADDRESS.sub("", text)))
    without = EXTENSION.sub("", text)
    if without != text:
        # An extension belongs to a switchboard; a mobile number with one is not what was meant.
        return Phone(problem="landline" if _from_digits(without).problem == "landline" else "unreadable")
    return _from_digits(text)


def _from_scientific(text: str) -> Phone:
    """Read `8.1234567801E+10`, where every digit is there; a spreadsheet that rounds leaves fewer."""
    mantissa, _sign, exponent = text.replace(",", ".").upper().partition("E")
    fraction = mantissa.partition(".")[2]
    try:
        whole = f"{Decimal(text.replace(',', '.')):f}"
    except InvalidOperation:
        return Phone(problem="unreadable")
    return _from_digits(whole) if len(fraction) == int(exponent) else Phone(problem="number")


def _from_digits(text: str) -> Phone:
    if not GROUPED.fullmatch(text):
        return Phone(problem="unreadable")
    digits = "".join(filter(str.isdigit, text))
    international = _international(digits, has_plus="+" in text)
    try:
        number = phonenumbers.parse(f"+{international}" if international else digits, REGION)
    except phonenumbers.NumberParseException:
        return Phone(problem="unreadable")
    kind = phonenumbers.number_type(number)  # unknown for what is no valid number
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if kind == PhoneNumberType.UNKNOWN or not _is_whole(e164[1:], international or COUNTRY + digits, number):
        return Phone(problem="unreadable")
    if kind not in MOBILE:
        return Phone(problem="landline")
    return Phone(e164)


def _international(digits: str, *, has_plus: bool) -> str:
    """Return the digits with the country before them, or nothing where a landline's area is all that was written."""
    if digits.startswith("00"):  # the habit of old exchanges; the parser knows only the plus sign
        return digits[2:]
    if has_plus or digits.startswith(COUNTRY):
        return digits
    if digits.startswith("0"):
        return COUNTRY + digits[1:]
    return COUNTRY + digits if digits.startswith("8") else ""


def _is_whole(kept: str, written: str, number: phonenumbers.PhoneNumber) -> bool:
    """Tell whether nothing is lost or added: `62 0812…` and `+44 (0)79…` have one zero too many, and nothing else."""
    country = str(number.country_code)
    return kept in {written, country + written.removeprefix(country).removeprefix("0")}


def masked(text: str) -> str:
    """Hide what may be somebody's number, of a phone or a bank account: only its last three digits stay."""
    return NUMBER.sub(lambda found: f"•••• {''.join(filter(str.isdigit, found[0]))[-3:]}", clean_figures(text))
