"""What the pages of every import share: the kept list, its columns, the rows that need somebody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from pegasus.people import queries, reasons, sheets, uploads
from pegasus.people.access import OfficeRequest
from pegasus.people.domain.columns import Kind
from pegasus.people.intake import ColumnsForm
from pegasus.people.models import ImportMapping
from pegasus.people.sheets import Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 100  # rows of remarks on a page; the sheet to take home has them all


@dataclass(frozen=True)
class Arranged:
    """A kept list with the choice of its columns."""

    sheet: Sheet
    form: ColumnsForm
    remembered: ImportMapping | None

    @property
    def mapping(self) -> dict[str, int]:
        """The columns as they are chosen."""
        return self.form.mapping()

    @property
    def hidden(self) -> list[tuple[str, object]]:
        """What the button that takes the list sends along, so that it takes what was shown."""
        return [("lembar", self.sheet.chosen), *((f"k{column}", field) for field, column in self.mapping.items())]


def arranged(request: OfficeRequest, kept: uploads.Upload, kind: Kind) -> Arranged:
    """Read a kept list as the page asks: which sheet, which column is which; else as it was taken in last time."""
    office = request.actor.office
    asked = request.POST if request.method == "POST" else request.GET
    sheet = sheets.read(
        kept.data, kept.filename, kind=kind, chosen=_number(asked.get("lembar", "")), zone=office.timezone
    )
    remembered = queries.mapping_of(office, sheet.fingerprint)
    return Arranged(sheet, ColumnsForm(sheet, queries.columns_for(remembered, sheet), asked), remembered)


def context_of(arrangement: Arranged, token: str) -> dict[str, object]:
    """Return what the columns' part of a page needs."""
    columns = arrangement.form.columns()
    return {
        "form": arrangement.form,
        "sheet": arrangement.sheet,
        "source": source(arrangement.sheet.filename),
        "remembered": arrangement.remembered,
        "columns": [column for column in columns if column.is_taken],
        "other_columns": [column for column in columns if not column.is_taken],
        "sheet_names": list(enumerate(arrangement.sheet.names)) if len(arrangement.sheet.names) > 1 else [],
        "token": token,
        "at_once": AT_ONCE,
    }


def source(filename: str) -> str:
    """Return what to call a list: its file's name, or where it came from."""
    return _("Tabel yang ditempel") if filename == sheets.PASTED else filename


def with_labels(result: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """Return the kept remarks with the words of their fields."""
    rows = result[key]
    if not isinstance(rows, list):
        return []
    return [dict(row) | {"label": reasons.field_label(str(row["field"]))} for row in rows]


def remarks_file(groups: Iterable[tuple[str, Sequence[Mapping[str, object]]]], filename: str) -> HttpResponse:
    """Hand out remarks as a sheet to work through. Texts only: a stranger's cell must not become our formula."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_("Perlu diperbaiki"))
        page.set_column(1, 3, 22)
        page.set_column(4, 4, 90)
        bold = book.add_format({"bold": True})
        page.write_row(0, 0, [_("Baris"), _("Nama"), _("Hasil"), _("Kolom"), _("Alasan"), _("Isi sel")], bold)
        lines = [(row, outcome) for outcome, rows in groups for row in rows]
        for number, (row, outcome) in enumerate(lines, 1):
            page.write_number(number, 0, int(str(row["row"])))
            label = reasons.field_label(str(row["field"]))
            for column, text in enumerate((row["person"], outcome, label, row["reason"], row["value"]), 1):
                page.write_string(number, column, str(text))
    answer = HttpResponse(stream.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None  # noqa: PLR2004 - no workbook has a thousand sheets
