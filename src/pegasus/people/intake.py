"""A list on its way in: where it comes from, and which of its columns is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.people import reasons, sheets
from pegasus.people.domain import nip, phones
from pegasus.people.sheets import Sheet

SAMPLES = 3
LONGEST_SAMPLE = 40
MOST_PASTED = 4_000_000


class ListForm(forms.Form):
    """A list to take in: a file, or a table from the clipboard."""

    sheet = forms.FileField(
        label=gettext_lazy("Daftar pegawai"),
        required=False,
        help_text=gettext_lazy(
            "XLSX, XLS, ODS, atau CSV, paling banyak 5.000 baris. Letak judul dan nama kolomnya bebas."
        ),
        error_messages={"empty": gettext_lazy("Berkas ini kosong.")},
    )
    pasted = forms.CharField(
        label=gettext_lazy("Atau tempel tabelnya"),
        required=False,
        strip=False,  # an empty first cell is a cell
        max_length=MOST_PASTED,
        help_text=gettext_lazy("Salin sel di Excel atau Google Sheets, termasuk baris judulnya, lalu tempel di sini."),
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("Tabel ini terlalu besar untuk ditempel. Unggah berkasnya saja.")},
    )

    def clean(self) -> dict[str, Any]:
        """Take one of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        file, pasted = cleaned.get("sheet"), (cleaned.get("pasted") or "").strip()
        if not self.errors and not file and not pasted:
            self.add_error("sheet", _("Pilih berkasnya, atau tempel tabelnya di bawah."))
        if file and pasted:
            self.add_error("pasted", _("Ada berkas dan ada tempelan. Pilih salah satu; kosongkan yang lain."))
        return cleaned

    def given(self) -> tuple[str, bytes]:
        """Return the list's name and its content, or raise SheetRefused."""
        file = self.cleaned_data["sheet"]
        if not file:
            return sheets.PASTED, self.cleaned_data["pasted"].encode()
        if file.size > sheets.MOST_BYTES:
            raise sheets.SheetRefused(sheets.too_big())
        return file.name, file.read()


@dataclass(frozen=True)
class Column:
    """One column of the list, with what stands in it and the choice that belongs to it."""

    letter: str
    heading: str
    samples: list[str]
    bound: BoundField
    is_taken: bool


class ColumnsForm(forms.Form):
    """What each column is."""

    def __init__(self, sheet: Sheet, mapping: Mapping[str, int], data: Mapping[str, str] | None) -> None:
        self.sheet = sheet
        guessed = {_key(column): field for field, column in mapping.items()}
        # A form that came back counts as a whole; one that did not is the guess.
        came = data is not None and any(_key(column) in data for column in range(sheet.width))
        super().__init__(data if came else guessed)
        needed = {field for group in sheet.kind.needed for field in group}
        choices = [("", _("– tidak diambil –"))]
        for field in sheet.kind.fields:
            label = reasons.field_label(field)
            choices.append((field, _("%(field)s (wajib)") % {"field": label} if field in needed else label))
        for column, heading in enumerate(sheet.headings):
            self.fields[_key(column)] = forms.ChoiceField(label=heading, choices=choices, required=False)
        self.came = came

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns claim, and a list without what it needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        seen: dict[str, str] = {}
        for key, field in list(cleaned.items()):
            if field and field in seen:
                self.add_error(
                    key,
                    _("%(field)s sudah dipilih untuk kolom %(other)s. Satu isian, satu kolom.")
                    % {"field": reasons.field_label(field), "other": seen[field]},
                )
            elif field:
                seen[field] = str(self.fields[key].label)
        lacking = self.sheet.kind.lacks(self.mapping())
        if lacking:
            self.add_error(None, reasons.lacking(lacking))
        return cleaned

    def mapping(self) -> dict[str, int]:
        """Return the column of each field that has one."""
        return {field: int(key[1:]) for key, field in self.cleaned_data.items() if field}

    def columns(self) -> list[Column]:
        """Return every column that has a heading or anything in it."""
        shown = []
        for column, heading in enumerate(self.sheet.headings):
            samples = _samples(self.sheet, column)
            bound = self[_key(column)]
            if samples or heading != _("Kolom %(letter)s") % {"letter": sheets.letter(column)} or bound.errors:
                taken = bool(bound.value()) or bool(bound.errors)
                shown.append(Column(sheets.letter(column), heading, samples, bound, taken))
        return shown


def _key(column: int) -> str:
    return f"k{column}"


def _samples(sheet: Sheet, column: int) -> list[str]:
    """Return some different cells of a column; what may be a phone is masked."""
    texts = (_shown(row.cells[column]) for row in sheet.people if column < len(row.cells) and row.cells[column] != "")
    return list(islice(dict.fromkeys(islice(texts, 20 * SAMPLES)), SAMPLES))


def _shown(value: str | float) -> str:
    text = f"{value:.15g}" if isinstance(value, float) else " ".join(value.split())
    text = text if nip.read(value).digits else phones.masked(text)
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"
