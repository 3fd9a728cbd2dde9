"""What a pengingat says. The office may write its own words round a few variables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 1000  # characters of the finished message: longer ones break as an address of WhatsApp
VARIABLE = re.compile(r"\{([^{}\s]*)\}")
VARIABLES: Mapping[str, str] = {
    "nama": "Sari Wulandari",
    "hari_tayang": "Senin, 30 November 2026",
    "tautan": "/t/1-0123456789abcdef01234567/",
    "batas": "Jumat, 27 November 2026",
    "kantor": "BPS Provinsi Bengkulu",
}
SHIPPED: Mapping[int, str] = {
    5: (
        "Halo {nama}, Anda bertugas menyiapkan kartu Pegasus yang tayang {hari_tayang}.\n\n"
        "Tulis kata motivasi dan pilih templatnya di sini, cukup dari ponsel:\n{tautan}\n\n"
        "Kartu ditunggu paling lambat {batas}. Bila berhalangan, sampaikan lewat halaman yang sama, ya.\n\n"
        "Terima kasih,\n{kantor}"
    ),
    3: (
        "Halo {nama}, kartu Pegasus Anda tayang {hari_tayang} dan belum kami terima.\n\n"
        "Mari selesaikan sekarang, hanya beberapa menit:\n{tautan}\n\n"
        "Batasnya {batas}. Bila berhalangan, pilih “Tidak bisa minggu ini” di halaman itu agar ada penggantinya.\n\n"
        "Terima kasih,\n{kantor}"
    ),
}


class TextRefused(Exception):
    """The wording cannot be used."""


@dataclass(frozen=True)
class _Named(TextRefused):
    name: str


class UnknownVariable(_Named):
    """There is no such variable."""


class LinkMissing(TextRefused):
    """Without {tautan} nobody finds the page."""


@dataclass(frozen=True)
class TooLong(TextRefused):
    """The finished message is too long for a WhatsApp address."""

    length: int


def kind_of(offset: int) -> str:
    """Return the name under which an office keeps its wording."""
    return f"reminder-{offset}"


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; a variable that does not exist is refused, never sent as it is."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise UnknownVariable(found[1])
        return values[found[1]]

    return VARIABLE.sub(value, text)


def samples(base_url: str, office: str = VARIABLES["kantor"]) -> dict[str, str]:
    """Return what each variable becomes for Sari, in an office of this name, with a link of this installation."""
    return {**VARIABLES, "kantor": office, "tautan": f"{base_url}{VARIABLES['tautan']}"}


def preview(text: str, base_url: str, office: str = VARIABLES["kantor"]) -> str:
    """Return the message as Sari would get it."""
    return fill(text, samples(base_url, office))


def check(text: str, base_url: str) -> None:
    """Refuse a wording that would not work."""
    finished = preview(text, base_url)
    if "{tautan}" not in text:
        raise LinkMissing
    if len(finished) > LONGEST:
        raise TooLong(len(finished))
