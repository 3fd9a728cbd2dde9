"""The sentences that tell why a row of a staff list is refused, or what to look at."""

from django.utils.translation import gettext as _

from pegasus.people.domain.row_reading import Remark
from pegasus.people.domain.staff_list import IdentityQuestion
from pegasus.people.models import Correction


def sentence(remark: Remark) -> str:
    """Say in one sentence what is the matter and what helps."""
    if remark.code == "duplicate":
        return _duplicate(remark)
    if remark.code == "nip_twice":
        return _("NIP ini sudah dipakai orang lain di baris %(row)s; periksa NIP siapa yang benar.") % {
            "row": remark.other
        }
    if remark.code == "namesake":
        return _("Nama dan timnya sama dengan baris %(row)s, tetapi orangnya lain; pastikan memang dua orang.") % {
            "row": remark.other
        }
    if remark.code in {"completes", "differs_above", "row_above_open"}:
        return _row_above(remark)
    return {
        **_name_sentences(),
        **_nip_sentences(),
        **_contact_sentences(),
        **_birth_date_sentences(),
        **_left_out_sentences(),
        **_leave_sentences(),
    }[remark.code]


def question_sentence(question: IdentityQuestion) -> str:
    """Say why a row is not taken until somebody has said who it is."""
    if question.known:
        known = question.known[0].name
        return {
            "name": _("Namanya sama persis dengan pegawai yang sudah tercatat. Apakah orang yang sama?"),
            "email": _("Surelnya milik %(name)s, namanya mirip. Apakah orang yang sama?") % {"name": known},
            "phone": _("Nomor HP-nya milik %(name)s, namanya mirip. Apakah orang yang sama?") % {"name": known},
        }[question.by]
    row = question.rows[0].row
    return {
        "name": _("Namanya sama persis dengan baris %(row)s. Apakah orang yang sama?") % {"row": row},
        "email": _("Surelnya sama dengan baris %(row)s, namanya mirip. Apakah orang yang sama?") % {"row": row},
        "phone": _("Nomor HP-nya sama dengan baris %(row)s, namanya mirip. Apakah orang yang sama?") % {"row": row},
    }[question.by]


def open_question_sentence(question: IdentityQuestion) -> str:
    """Say the same to who cannot answer at once, and where it can be answered."""
    return _("%(question)s Jawab di halaman Impor daftar pegawai. Sebelum dijawab, baris ini tidak disimpan.") % {
        "question": question_sentence(question)
    }


def field_label(field: str) -> str:
    """Return the word for a field of the list."""
    return {
        "name": _("Nama"),
        "title_before": _("Gelar depan"),
        "title_after": _("Gelar belakang"),
        "nip": _("NIP"),
        "team": _("Tim"),
        "position": _("Jabatan"),
        "birth_date": _("Tanggal lahir"),
        "email": _("Surel"),
        "phone": _("Nomor WhatsApp"),
        "kind": _("Jenis"),
        "starts_on": _("Mulai"),
        "ends_on": _("Hingga"),
        "note": _("Catatan"),
        "summary": _("Judul acara"),
        "text": _("Kata"),
        "meaning": _("Arti"),
        "author": _("Tokoh"),
        "source": _("Sumber"),
        "year": _("Tahun"),
        "theme": _("Tema"),
    }[field]


def asked_label(field: str) -> str:
    """Return the word for what a person asks to have put right."""
    return _("Data lain") if field == "other" else field_label(field)


def now_of(correction: Correction) -> str:
    """Return what is stored at the moment, to be held against what is asked for."""
    return "" if correction.field == "other" else str(getattr(correction.employee, correction.field))


def lacking(group: tuple[str, ...]) -> str:
    """Say which column has to be chosen before the list can be read."""
    return _("Pilih kolom yang berisi %(fields)s.") % {
        "fields": _(" atau ").join(field_label(field).lower() if field != "nip" else "NIP" for field in group)
    }


def phone_sentence(problem: str) -> str:
    """Say why a phone cannot be taken when it is typed into a form."""
    return {
        "number": _("Digit nomor ini tidak lengkap karena tersimpan sebagai angka. Tulis seluruh nomornya."),
        "landline": _("Ini nomor telepon rumah atau kantor. Tulis nomor HP yang memakai WhatsApp."),
        "several": _("Ada dua nomor. Tulis satu nomor saja."),
        "unreadable": _("Nomor ini bukan nomor HP yang lengkap. Contoh: 0812 3456 7890."),
    }[problem]


def nip_sentence(problem: str) -> str:
    """Say why a NIP cannot be taken."""
    return _nip_sentences()[f"nip_{problem}"]


def _duplicate(remark: Remark) -> str:
    key = {
        "nip": _("NIP-nya"),
        "email": _("surelnya"),
        "phone": _("nomor HP-nya"),
        "name": _("namanya"),
    }[remark.field]
    return _("Ganda: %(key)s sama dengan baris %(row)s, jadi orang ini sudah diambil dari sana.") % {
        "key": key,
        "row": remark.other,
    }


def _row_above(remark: Remark) -> str:
    return {
        "completes": _("Orang yang sama dengan baris %(row)s. Isi baris ini melengkapi baris itu."),
        "differs_above": _("Isinya berbeda dari baris %(row)s. Yang disimpan isi baris %(row)s."),
        "row_above_open": _(
            "Orang yang sama dengan baris %(row)s, yang belum dijawab siapa orangnya. Jawab baris %(row)s dahulu."
        ),
    }[remark.code] % {"row": remark.other}


def _name_sentences() -> dict[str, str]:
    return {
        "name_missing": _("Nama kosong."),
        "name_strange": _("Ini bukan nama orang: berisi rumus, kode, atau tanpa huruf."),
        "name_long": _("Nama atau gelarnya terlalu panjang (nama paling banyak 120 huruf, gelar 80)."),
        "name_number": _("Sel nama berisi nomor lain. Pisahkan nama dan nomornya ke kolom masing-masing."),
        "name_two": _("Sel nama berisi keterangan lain. Pisahkan namanya ke kolom sendiri."),
        "by_name": _("Sama persis dengan yang sudah tercatat, tetapi tanpa NIP. Tidak ada yang diubah."),
        "name_replaced": _("NIP-nya tercatat atas nama yang lain sama sekali; namanya diganti menurut daftar."),
        "returns": _("Tercatat sudah keluar, tetapi ada dalam daftar; diaktifkan kembali."),
        "only_name": _("Hanya nama yang terisi; pastikan ini orang, bukan judul bagian."),
        "too_long": _("Terlalu panjang; hanya bagian depannya yang disimpan."),
    }


def _nip_sentences() -> dict[str, str]:
    return {
        "nip_number": _(
            "NIP tersimpan sebagai angka sehingga digit terakhirnya hilang. "
            "Ubah kolom NIP menjadi teks, lalu ketik ulang."
        ),
        "nip_digits": _("NIP harus 18 digit."),
        "nip_two": _("Di baris ini ada dua NIP yang berbeda. Periksa mana yang benar."),
        "nip_letters": _("NIP hanya boleh berisi angka."),
        "nip_birth_date": _("Delapan digit pertama NIP bukan tanggal lahir yang ada."),
        "nip_appointment": _("Digit 13–14 NIP bukan bulan pengangkatan (01–12) dan bukan tanda PPPK (21–29)."),
        "nip_sex": _("Digit ke-15 NIP harus 1 atau 2."),
        "nip_serial": _("Tiga digit terakhir NIP tidak boleh 000."),
        "nip_age": _("Menurut NIP, usia saat diangkat tidak wajar (di bawah 16 atau di atas 60 tahun); periksa lagi."),
        "nip_changed": _("NIP berbeda dari yang tercatat; diganti dengan yang ada dalam daftar."),
    }


def _contact_sentences() -> dict[str, str]:
    return {
        "phone_number": _(
            "Nomor tersimpan sebagai angka sehingga digitnya tidak lengkap. Tanpa WhatsApp sampai diketik ulang."
        ),
        "phone_landline": _("Nomor telepon rumah atau kantor; tanpa WhatsApp sampai diganti nomor HP."),
        "phone_several": _("Dua nomor dalam satu sel; tanpa WhatsApp sampai dipilih satu."),
        "phone_unreadable": _("Bukan nomor HP yang lengkap; tanpa WhatsApp sampai diperbaiki."),
        "email_strange": _("Alamat surel tidak lengkap; tidak disimpan."),
        "email_several": _("Ada beberapa alamat surel dalam satu sel. Tidak disimpan sampai dipilih satu."),
        "shared": _("Dipakai juga oleh orang lain dalam daftar; pastikan benar."),
        "shared_known": _("Dipakai juga oleh pegawai lain di kantor ini. Pastikan benar."),
    }


def _birth_date_sentences() -> dict[str, str]:
    return {
        "birth_date_strange": _("Tanggal lahir tidak terbaca; tidak disimpan."),
        "birth_date_swapped": _("Hari dan bulan lahir tertukar menurut NIP. Yang disimpan tanggal menurut NIP."),
        "birth_date_not_nip": _("Tanggal lahir berbeda dari NIP. Yang disimpan tanggal menurut NIP."),
        "birth_date_may_be_swapped": _(
            "Di baris lain hari dan bulan lahir tertukar, mungkin di sini juga. Periksa tanggal lahirnya."
        ),
    }


def _left_out_sentences() -> dict[str, str]:
    return {
        "total": _("Baris jumlah, bukan pegawai."),
        "numbering": _("Baris nomor kolom, bukan pegawai."),
        "note": _("Judul atau catatan, bukan pegawai."),
        "beside": _("Pangkat, status, atau nomor lain di samping nama atau NIP, tidak disimpan."),
    }


def _leave_sentences() -> dict[str, str]:
    return {
        "nobody": _("Tidak ada pegawai dengan nama, NIP, atau surel ini di kantor ini."),
        "several": _("Lebih dari satu pegawai bernama ini; tulis NIP-nya."),
        "other_name": _("NIP-nya milik pegawai lain; periksa NIP atau namanya."),
        "left": _("Mulainya sesudah hari terakhir pegawai ini di kantor ini."),
        "day_missing": _("Tanggal mulai kosong."),
        "day_unreadable": _("Tanggal tidak terbaca. Tulis seperti 12 Oktober 2026 atau 12/10/2026."),
        "day_impossible": _("Tanggal ini tidak ada dalam kalender."),
        "day_far": _("Tahunnya harus antara 1970 dan 2100."),
        "day_twice": _("Kolom mulai atau hingga memuat beberapa tanggal. Tulis semuanya di kolom mulai saja."),
        "backwards": _("Hari terakhir lebih awal daripada hari pertama."),
        "recurring": _("Acara berulang; tulis setiap ketidakhadiran sebagai acara sendiri."),
        "cancelled": _("Acara ini dibatalkan."),
        "kind_unknown": _("Jenisnya tidak dikenali; dicatat sebagai “Lainnya”."),
        "kind_missing": _("Jenisnya kosong; dicatat sebagai “Lainnya”."),
        "one_day": _("Tanggal hingga kosong; dicatat satu hari."),
        "long": _("Lebih dari enam bulan; pastikan tahunnya benar."),
        "overlaps": _("Bertumpuk dengan ketidakhadiran lain yang sudah tercatat; keduanya dicatat."),
    }
