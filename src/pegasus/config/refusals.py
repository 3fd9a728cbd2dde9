"""What the checks of the programming interface say, in plain words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The beginning of a check's name, and what to say; %(…)s are the check's own facts.
WORDS = (
    ("missing", gettext_lazy("Wajib diisi.")),
    ("date", gettext_lazy("Tulis tanggal seperti 2026-11-30.")),
    ("int", gettext_lazy("Tulis bilangan bulat.")),
    ("bool", gettext_lazy("Tulis true atau false.")),
    ("literal", gettext_lazy("Pilih salah satu: %(expected)s.")),
    ("string_too_long", gettext_lazy("Paling banyak %(max_length)s karakter.")),
    ("string_pattern", gettext_lazy("Bentuknya keliru; contoh yang benar: 2026Q4 atau 2026S2.")),
    ("greater_than_equal", gettext_lazy("Paling kecil %(ge)s.")),
    ("less_than_equal", gettext_lazy("Paling besar %(le)s.")),
)


def sentence_for(error: Mapping[str, Any]) -> str:
    """Say what is wrong with one value."""
    for beginning, words in WORDS:
        if str(error["type"]).startswith(beginning):
            return str(words) % (error.get("ctx") or {})
    return _("Nilai ini tidak dapat dipakai.")
