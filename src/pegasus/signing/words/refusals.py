"""Why something was not signed, taken or read, in plain words."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.archive.files import FileDamaged
from pegasus.archive.signable import CannotTypeset
from pegasus.signing.actions import AnotherDocument, DocumentRefused, NoTimestamp, WrongRoad
from pegasus.signing.certificates import CertificateUnusable, WrongPassphrase
from pegasus.signing.domain.verdicts import MOST_SIGNATURES
from pegasus.signing.words.sentences import filled
from pegasus.signing.words.signatures import moment
from pegasus.typeset.foreign import too_busy


def unreadable(problem: str) -> str:
    """Say why a file could not be read."""
    return {
        "not_pdf": _("Berkas ini bukan PDF."),
        "encrypted": _("PDF ini terkunci dengan kata sandi. Simpan tanpa kata sandi, lalu coba lagi."),
        "too_slow": _("Memeriksa PDF ini memakan waktu terlalu lama, jadi pemeriksaannya dihentikan."),
        "too_large": _("Berkas lebih besar dari 30 MB."),
        "empty": _("Berkas ini kosong."),
        "busy": too_busy(),
        "many_signatures": ngettext(
            "PDF ini memuat lebih dari %(count)d tanda tangan, jadi tidak diperiksa di sini.",
            "PDF ini memuat lebih dari %(count)d tanda tangan, jadi tidak diperiksa di sini.",
            MOST_SIGNATURES,
        )
        % {"count": MOST_SIGNATURES},
    }.get(problem, _("PDF ini rusak atau tidak tersusun menurut aturan, jadi tidak dapat diperiksa."))


def refused_certificate(refusal: CertificateUnusable) -> str:
    """Say why a .p12 cannot sign this document."""
    facts = refusal.facts
    for name in ("until", "since"):
        if name in facts:
            facts = facts | {name: moment(datetime.fromisoformat(facts[name]))}
    text = {
        "empty": _("Berkas sertifikat ini kosong."),
        "not_p12": _("Berkas ini bukan sertifikat .p12 (PKCS#12). Pilih berkas .p12 atau .pfx."),
        "rounds": _(
            "Berkas .p12 ini meminta penghitungan kunci yang jauh lebih lama daripada sertifikat biasa, jadi tidak "
            "dibuka. Minta berkas baru kepada penerbit sertifikatnya."
        ),
        "busy": too_busy(),
        "no_key": _("Berkas .p12 ini tidak memuat kunci privat. Ekspor ulang sertifikat bersama kuncinya."),
        "no_certificate": _("Berkas .p12 ini tidak memuat sertifikat untuk kuncinya."),
        "weak_key": _("Kunci sertifikat ini terlalu pendek atau jenisnya tidak didukung (RSA 2048 atau EC P-256)."),
        "expired": _("Sertifikat ini habis masa berlakunya pada %(until)s."),
        "not_yet_valid": _("Sertifikat ini baru berlaku mulai %(since)s."),
        "wrong_usage": _("Sertifikat ini bukan untuk tanda tangan (digitalSignature/nonRepudiation tidak ada)."),
        "another_person": _(
            "Sertifikat ini atas nama %(name)s, sedangkan dokumen ini menunggu tanda tangan %(expected)s."
        ),
    }[refusal.reason]
    return filled(text, facts)


def wrong_passphrase(_wrong: WrongPassphrase) -> str:
    """Say that the passphrase does not fit."""
    return _("Frasa sandi tidak cocok dengan berkas .p12 ini. Tidak ada yang disimpan; coba ketik lagi.")


def not_signed(reason: str, facts: dict[str, str]) -> str:
    """Say why a file that was brought back does not count as signed."""
    text = {
        "unsigned": _("PDF ini belum memuat tanda tangan elektronik. Unggah berkas yang sudah ditandatangani."),
        "broken": _(
            "Tanda tangan di PDF ini tidak cocok dengan isinya. Unduh lagi berkas aslinya, jangan disimpan ulang."
        ),
        "altered": _(
            "Ada tambahan di PDF ini setelah ditandatangani. Unggah berkas persis seperti diunduh dari tempat "
            "menandatangani."
        ),
        "not_bsre": _(
            "PDF ini ditandatangani dengan sertifikat dari %(issuer)s, padahal kaki halamannya menyebut BSrE. "
            "Tandatangani melalui BSrE/SRIKANDI, atau ajukan permintaan dengan cara lain."
        ),
        "not_pinned": _(
            "Sertifikat di PDF ini menyebut %(issuer)s sebagai penerbit, tetapi rantainya tidak sampai ke sertifikat "
            "induk BSrE yang dipasang di sini. Pastikan berkasnya berasal dari BSrE/SRIKANDI."
        ),
        "unchecked": _(
            "Tanda tangan di PDF ini tidak dapat diperiksa di sini, jadi belum dapat diterima. Minta berkas yang "
            "ditandatangani ulang, atau gunakan cara lain."
        ),
        "another_person": _(
            "PDF ini ditandatangani %(name)s, sedangkan yang diminta menandatangani adalah %(expected)s."
        ),
    }[reason]
    return filled(text, facts)


def not_typeset(refusal: Exception) -> str:
    """Say why a document could not be typeset for its signature."""
    if isinstance(refusal, CannotTypeset):
        return _("Dokumen ini tidak dapat disusun ulang karena data asalnya sudah berubah. Buat dokumennya lagi.")
    return _("Dokumen ini tidak dapat disusun ulang sekarang. Coba lagi nanti.")


def refused(refusal: Exception) -> str:
    """Say why nothing was signed or taken, for reasons that lie in the document or the machine."""
    if isinstance(refusal, AnotherDocument):
        return another_document(refusal)
    if isinstance(refusal, DocumentRefused):
        return refused_document(refusal.reason)
    for kind, text in (
        (FileDamaged, _("Naskah di arsip hilang atau berubah. Pulihkan dari cadangan dahulu, lalu tandatangani.")),
        (WrongRoad, _("Kaki halaman dokumen ini disiapkan untuk cara lain. Tarik permintaan ini, lalu ajukan lagi.")),
        (
            NoTimestamp,
            _("Layanan penanda waktu (TSA) tidak menjawab, jadi dokumen belum ditandatangani. Coba lagi nanti."),
        ),
        (
            OSError,
            _("Berkas tidak dapat disimpan: penyimpanan penuh atau tidak dapat ditulisi. Tidak ada yang berubah."),
        ),
    ):
        if isinstance(refusal, kind):
            return text
    return _("Cap tanda tangan tidak dapat dibuat, jadi dokumen belum ditandatangani. Coba lagi nanti.")


def another_document(refusal: AnotherDocument) -> str:
    """Say that what came back is not the document that was sent, and in what."""
    return {
        "page_count": _(
            "Ini bukan dokumen yang dikirim: berkas ini %(back)s halaman, yang dikirim %(sent)s halaman. Unggah hasil "
            "tanda tangan dari naskah yang diunduh di sini."
        ),
        "another_page": _(
            "Ini bukan dokumen yang dikirim: isi halaman %(number)s lain sama sekali. Unggah hasil tanda tangan dari "
            "naskah yang diunduh di sini."
        ),
    }[refusal.reason] % refusal.facts


def refused_document(reason: str) -> str:
    """Say why a document could not be taken or signed."""
    own = {
        "not_signable": _("PDF ini tidak dapat diberi kolom tanda tangan."),
        "not_comparable": _(
            "Halaman PDF ini tidak dapat dibandingkan dengan naskah yang dikirim, jadi belum dapat diterima."
        ),
        "returned_damaged": _(
            "Berkas yang kembali bukan lagi berkas yang diunggah dan ditampilkan di sini, jadi tidak diterima. Tolak "
            "berkas ini, lalu unggah lagi hasil tanda tangannya."
        ),
        "signature_failed": _("Hasil tanda tangan tidak lolos pemeriksaan sendiri, jadi tidak disimpan."),
    }
    return own.get(reason) or unreadable(reason)
