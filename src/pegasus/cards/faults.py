"""What is wrong with a design, said in sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pegasus.cards.domain.designs import Fault


def sentences(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Return each fault as where it is and a sentence."""
    return [{"where": fault.where, "text": sentence(fault)} for fault in list(faults)[:50]]


def sentence(fault: Fault) -> str:  # noqa: PLR0911, C901, PLR0912 - one sentence per kind of fault
    """Return what is wrong, as a sentence."""
    detail = {"detail": fault.detail}
    match fault.kind:
        case "off_card":
            return _("Kotak ini keluar dari kartu. Geser atau kecilkan.")
        case "out_of_sight":
            return _("Hiasan ini seluruhnya di luar kartu. Geser ke dalam.")
        case "no_extent":
            return _("Lebar dan tinggi paling sedikit 1 piksel.")
        case "not_a_number":
            return _("Isi dengan angka.")
        case "out_of_range":
            return _("Angka harus di antara %(detail)s.") % detail
        case "not_a_colour":
            return _("Tulis warna seperti #16325c.")
        case "not_a_choice":
            return _("Pilih salah satu: %(detail)s.") % detail
        case "too_long":
            return _("Paling panjang %(detail)s karakter.") % detail
        case "empty" | "missing":
            return _("Bagian ini belum diisi.")
        case "unknown_placeholder":
            return _("Tidak ada isian “{%(detail)s}” pada kartu.") % detail
        case "too_many":
            return _("Terlalu banyak; paling banyak %(detail)s.") % detail
        case "too_few":
            return _("Terlalu sedikit; paling sedikit %(detail)s.") % detail
        case "many_photos":
            return _("Satu ukuran memuat satu tempat foto.")
        case "many_pictures":
            return _("Satu ukuran memuat paling banyak %(detail)s gambar.") % detail
        case "above_largest":
            return _("Ukuran huruf terkecil melebihi yang terbesar.")
        case "same_id":
            return _("Dua elemen memakai tanda pengenal yang sama.")
        case "no_file":
            return _("Gambar ini tidak ada di kantor Anda. Unggah dulu.")
        case "no_font":
            return _("Huruf “%(detail)s” tidak ada di kantor Anda. Unggah dulu, atau pilih huruf lain.") % detail
        case "unknown_kind" | "unknown_key":
            return _("“%(detail)s” tidak dikenal dalam templat.") % detail
        case _:
            return _("Isi bagian ini tidak dapat dibaca.")
