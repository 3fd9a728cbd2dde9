"""Why a row cannot be a card, as sentences for people."""

from django.utils.translation import gettext as _

from pegasus.cards.domain import bulk, lint, wording
from pegasus.cards.models import BulkRow


def reason(row: BulkRow) -> str:
    """Return the sentence of a row's problem."""
    values = {
        "detail": row.detail,
        "most": wording.LONGEST,
        "name": bulk.LONGEST_NAME,
        "source": bulk.LONGEST_SOURCE,
        "word": lint.LONGEST_WORD,
    }
    return (_SENTENCES.get(row.problem, _fallback)() % values) if row.problem else ""


_SENTENCES = {
    "no_name": lambda: _("Namanya kosong atau bukan nama."),
    "number": lambda: _("Di kolom nama ada nomor panjang (NIP atau telepon). Sisakan namanya saja."),
    "name_long": lambda: _("Namanya %(detail)s karakter; paling banyak %(name)d."),
    "empty": lambda: _("Tidak ada katanya, dan tidak ada ucapan untuk semua."),
    "too_long": lambda: _("Katanya %(detail)s karakter; paling banyak %(most)d."),
    "long_word": lambda: _(
        "Ada kata yang terlalu panjang untuk satu baris (paling banyak %(word)d huruf): %(detail)s"
    ),
    "source_long": lambda: _("Sumbernya %(detail)s karakter; paling banyak %(source)d."),
    "missing": lambda: _("Tidak ada huruf untuk: %(detail)s"),
    "day": lambda: _("Tanggal “%(detail)s” tidak terbaca."),
    "day_far": lambda: _("Tanggal “%(detail)s” lebih dari setahun dari hari ini."),
    "twice": lambda: _("Sama dengan baris %(detail)s."),
    "not_greeted": lambda: _("Ulang tahun ini tidak diucapkan: orangnya keberatan, pindah, atau tanggalnya dihapus."),
    "not_drawn": lambda: _("Kartu ini tidak berhasil digambar. Coba lagi; bila tetap gagal, pendekkan katanya."),
}


def _fallback() -> str:
    return _("Baris ini tidak dapat menjadi kartu.")
