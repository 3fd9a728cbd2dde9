"""What a list may be at most, and the sentences that say so."""

from django.utils.translation import gettext as _

from pegasus.people.readers.limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from pegasus.typeset.foreign import FileRefused, too_busy

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "SheetRefused", "refusal_of"]


class SheetRefused(Exception):
    """The file cannot be a list; its text is a sentence for people."""


def too_big() -> str:
    """Say that the file is too large to be a list."""
    return _("Berkas ini lebih besar dari 10 MB. Sisakan satu lembar daftarnya saja.")


def wrong_type() -> str:
    """Say that this is no list at all."""
    return _(
        "Berkas ini bukan XLSX, XLS, ODS, atau CSV. Buka daftarnya, lalu simpan sebagai “Excel Workbook (.xlsx)” "
        "tanpa sandi."
    )


def locked() -> str:
    """Say that the file is behind a password."""
    return _(
        "Berkas ini dilindungi sandi, jadi isinya tidak dapat dibaca. Buka di Excel, pilih File > Info > "
        "Protect Workbook > Encrypt with Password, kosongkan sandinya, simpan, lalu unggah lagi."
    )


def other_program() -> str:
    """Say that the file is a spreadsheet of another kind."""
    return _(
        "Ini berkas lembar kerja jenis lain, bukan XLSX, XLS, ODS, atau CSV. "
        "Buka di Excel, LibreOffice, atau Google Sheets, "
        "pilih Simpan sebagai (atau Unduh) “Excel Workbook (.xlsx)”, lalu unggah berkas itu. "
        "Isinya juga dapat disalin dan ditempel di sini."
    )


def swollen() -> str:
    """Say that the file holds far more than a list."""
    return _("Isi berkas ini jauh lebih besar daripada sebuah daftar, jadi tidak dibuka.")


def damaged() -> str:
    """Say that the file is broken."""
    return _("Berkas lembar kerja ini rusak atau tidak lengkap. Buka dan simpan ulang, lalu unggah lagi.")


def too_many_rows(rows: int) -> str:
    """Say how long the list is, and how long it may be."""
    return _("Lembar ini memuat %(rows)s baris; paling banyak 5.000. Hapus baris kosong di bawah daftar.") % {
        "rows": f"{rows:,}".replace(",", ".")
    }


def too_many_columns(width: int) -> str:
    """Say how wide the list is, and how wide it may be."""
    return _("Lembar ini memuat %(columns)s kolom; paling banyak 60. Hapus kolom yang tidak perlu.") % {
        "columns": f"{width:,}".replace(",", ".")
    }


def refusal_of(refused: FileRefused) -> SheetRefused:
    """Return the sentence for a word of a reader, or of the gate."""
    if refused.reason == "too_many_rows":
        return SheetRefused(too_many_rows(int(str(refused.facts["rows"]))))
    if refused.reason == "too_many_columns":
        return SheetRefused(too_many_columns(int(str(refused.facts["columns"]))))
    sentences = {
        "large": too_big,
        "busy": too_busy,
        "wrong_type": wrong_type,
        "locked": locked,
        "other_program": other_program,
        "calendar_damaged": lambda: _("Kalender ini rusak atau tidak lengkap. Ekspor lagi dari aplikasinya."),
        "calendar_empty": lambda: _("Tidak ada satu pun acara dalam kalender ini."),
        "calendar_big": lambda: _("Kalender ini lebih besar dari 3 MB. Ekspor hanya tahun yang diperlukan."),
        **dict.fromkeys(("swollen", "slow", "memory"), swollen),
    }
    return SheetRefused(sentences.get(refused.reason, damaged)())
