"""What a list may be at most, and the sentences that say so."""

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150  # real lists stay under 30
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PARTS = 500
MOST_ELEMENTS = 2_000_000  # a full list of 5,000 rows and 60 columns has a third of that
MOST_CELLS = 1_000_000  # of all sheets together, counted to their farthest cells
MOST_TEXT = 40_000_000  # signs in all cells: one long text can stand behind many
MOST_ROWS = 5_000
MOST_COLUMNS = 60


class SheetRefused(Exception):
    """The file cannot be a list; its text is a sentence for people."""


def too_big() -> str:
    """Say that the file is too large to be a list."""
    return _("Berkas ini lebih besar dari 10 MB. Sisakan satu lembar daftarnya saja.")


def wrong_type() -> str:
    """Say that this is no list at all."""
    return _(
        "Berkas ini bukan XLSX atau CSV. Buka daftarnya, lalu simpan sebagai “Excel Workbook (.xlsx)” tanpa sandi."
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
        "Ini berkas lembar kerja jenis lain, bukan XLSX atau CSV. Buka di Excel, LibreOffice, atau Google Sheets, "
        "pilih Simpan sebagai (atau Unduh) “Excel Workbook (.xlsx)”, lalu unggah berkas itu. "
        "Isinya juga dapat disalin dan ditempel di sini."
    )


def swollen() -> str:
    """Say that the file holds far more than a list."""
    return _("Isi berkas ini jauh lebih besar daripada sebuah daftar, jadi tidak dibuka.")


def damaged() -> str:
    """Say that the file is broken."""
    return _("Berkas Excel ini rusak atau tidak lengkap. Buka dan simpan ulang, lalu unggah lagi.")


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
