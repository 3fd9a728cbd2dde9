"""What a list may be at most, and the sentences that say so."""

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150  # real lists stay under 30
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 5_000
MOST_COLUMNS = 60


class SheetRefused(Exception):
    """The file cannot be a staff list; its text is a sentence for people."""


def too_big() -> str:
    """Say that the file is too large to be a list."""
    return _("Berkas ini lebih besar dari 10 MB. Sisakan satu lembar daftar pegawai saja.")


def wrong_type() -> str:
    """Say that this is no list at all."""
    return _(
        "Berkas ini bukan XLSX atau CSV. Buka daftarnya, lalu simpan sebagai “Excel Workbook (.xlsx)” tanpa sandi."
    )


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
