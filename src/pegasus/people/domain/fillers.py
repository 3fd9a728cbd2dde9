"""What people write where there is nothing to write: a dash, `belum ada`, in the NIP column also `Honorer`."""

import re

from pegasus.people.domain.columns import Value

# In these columns a word of the person's status says that there is no number yet; elsewhere it is a value.
NUMBERS = {"nip", "phone", "email", "birth_date"}
TEXTS = {"name", "title_before", "title_after", "team", "position"}
# Nothing but signs; what spreadsheets and databases write for nothing; `xxx`.
SIGNS = re.compile(r"[\W_]*|#(?:n/a|ref!|value!|name\?|null!|num!|div/0!)|x{3,}", re.IGNORECASE)
WORDS = {
    *("n/a", "n.a", "null", "none", "nan", "nil", "nihil", "kosong"),
    *("tidak ada", "tdk ada", "tak ada", "tidak punya", "belum ada", "blm ada", "belum punya", "belum diisi"),
}
# A number that only keeps the place: zeros, `xxxxxxxx xxxxxx x xxx`.
PLACEHOLDER = re.compile(r"[0xX*?_.,/\s-]*")
LONGEST = 30
EMPLOYED = {
    *("honorer", "honor", "tenaga honorer", "pegawai honorer", "ppnpn", "non asn", "nonasn", "non pns", "nonpns"),
    *("bukan asn", "bukan pns", "tenaga kontrak", "pegawai kontrak", "outsourcing", "outsource", "alih daya"),
    *("pramubakti", "pjlp", "thl", "phl", "pkwt", "ptt", "pegawai tidak tetap", "pegawai harian lepas"),
    *("tenaga harian lepas", "pppk", "p3k", "calon pppk", "pppk paruh waktu", "p3k paruh waktu", "cpns"),
}
STATUS = EMPLOYED | {
    *("kontrak", "satpam", "mitra", "magang", "tba", "tbd", "masih proses", "dlm proses", "masih diproses"),
    *("belum", "blm", "tidak", "tdk", "belum terbit", "belum keluar", "dalam proses", "proses", "menyusul", "lupa"),
    *("tidak tahu", "tidak diketahui", "belum diketahui", "non nip", "tanpa nip", "tidak ada nip", "belum ada nip"),
    *("tidak ada hp", "tidak punya hp", "tidak ada email", "tidak punya email", "tidak ada wa"),
}


# What may stand behind such a word: from whose money, since when.
_MORE = re.compile(r"(?<=[a-z]) (?:apbn|apbd|dipa|(?:tahun )?(?:19|20)\d\d)$")


def is_status(text: str) -> bool:
    """Tell whether a text is how somebody is employed, such as `Honorer` or `PPNPN`, and nothing else."""
    return _MORE.sub("", _words(text)) in EMPLOYED


def is_filler(value: Value, field: str) -> bool:
    """Tell whether a cell of a column means that there is nothing."""
    if isinstance(value, float):
        return value == 0 and field in NUMBERS | TEXTS
    if field in NUMBERS and is_status(value):
        return True
    if len(value) > LONGEST or any(digit in value for digit in "123456789"):
        return False
    words = _words(value)
    if SIGNS.fullmatch(value) or words in WORDS:
        return True
    if field in NUMBERS:
        return words in STATUS or PLACEHOLDER.fullmatch(value) is not None
    # A formula that points at an empty cell gives 0.
    return field in TEXTS and value == "0"


def _words(text: str) -> str:
    return " ".join(re.sub(r"[()\[\]*\-–—_\s]+", " ", text.casefold()).strip(" .,:;!").split())
