"""What a check found, and why a file was refused, in plain words: for the pages and for `pegasus verify`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime, override
from django.utils.translation import gettext as _

from pegasus.archive.files import FileDamaged
from pegasus.archive.signable import CannotTypeset
from pegasus.signing.actions import DocumentRefused, NoTimestamp, WrongRoad
from pegasus.signing.certificates import CertificateUnusable, WrongPassphrase
from pegasus.signing.domain.verdicts import Change, Conclusion, Reading, SignatureFacts
from pegasus.signing.queries import Verdict
from pegasus.typeset.foreign import too_busy


@dataclass(frozen=True)
class Told:
    """A finding: `state` as the pills know it, one line that says it, and the facts behind it."""

    state: str
    headline: str
    lines: tuple[str, ...]


def moment(at: datetime) -> str:
    """Return a moment as people write it, in the time zone in force, which it names."""
    local = localtime(at)
    return f"{date_format(local, 'j F Y H.i')} {local.tzname()}"


def tell(verdict: Verdict, *, code: str = "") -> Told:
    """Say what is known of a file; `code` is the one whose page it was brought to."""
    if verdict.issued is not None:
        with override(verdict.issued.office.timezone):
            return _issued(verdict, code=code, lines=tuple(signature_lines(verdict.reading.signatures)))
    lines = tuple(signature_lines(verdict.reading.signatures))
    if verdict.waiting is not None:
        text = _("Ini naskah yang dikirim untuk ditandatangani, belum yang ditandatangani: belum diterbitkan.")
        return Told("waiting", _("Berkas ini belum diterbitkan"), (text,))
    return _foreign(verdict.reading, lines)


def _issued(verdict: Verdict, *, code: str, lines: tuple[str, ...]) -> Told:
    record = verdict.issued
    if record is None:
        raise ValueError("not issued here")
    facts = (
        _("%(title)s, diterbitkan %(office)s pada %(when)s.")
        % {"title": record.title, "office": record.office.name, "when": moment(record.created_at)}
        if record.is_public
        else _("Tersimpan di arsip %(office)s sejak %(when)s.")
        % {"office": record.office.name, "when": moment(record.created_at)},
        *lines,
    )
    if code and code != record.code:
        return Told("waiting", _("Berkas ini asli, tetapi bukan dokumen dengan kode ini"), facts)
    return Told("done", _("Berkas ini persis sama dengan yang diterbitkan"), facts)


def _foreign(reading: Reading, lines: tuple[str, ...]) -> Told:
    """Say what a file is that is not ours byte for byte."""
    if not reading.readable:
        return Told("late", _("Bukan berkas yang diterbitkan, dan tidak dapat dibaca"), (unreadable(reading.problem),))
    headline, state = {
        Conclusion.UNSIGNED: (_("Bukan berkas yang diterbitkan, dan tidak memuat tanda tangan"), "late"),
        Conclusion.BROKEN: (_("Bukan berkas yang diterbitkan; tanda tangannya tidak berlaku"), "late"),
        Conclusion.ALTERED: (_("Bukan berkas yang diterbitkan; berkas ini diubah setelah ditandatangani"), "late"),
        Conclusion.INTACT: (
            _("Bukan berkas yang diterbitkan di sini, tetapi isinya utuh sejak ditandatangani"),
            "waiting",
        ),
        Conclusion.TRUSTED: (
            _("Bukan berkas yang diterbitkan di sini, tetapi tanda tangannya sah dan dipercaya"),
            "done",
        ),
    }[reading.conclusion]
    if reading.conclusion == Conclusion.UNSIGNED:
        lines = (_("Isinya tidak dapat dipastikan: minta berkas asli kepada kantor yang menerbitkan."),)
    return Told(state, headline, lines)


def unreadable(problem: str) -> str:
    """Say why a file could not be read."""
    return {
        "not_pdf": _("Berkas ini bukan PDF."),
        "encrypted": _("PDF ini terkunci dengan kata sandi. Simpan tanpa kata sandi, lalu coba lagi."),
        "too_slow": _("Memeriksa PDF ini memakan waktu terlalu lama, jadi pemeriksaannya dihentikan."),
        "too_large": _("Berkas lebih besar dari 30 MB."),
        "empty": _("Berkas ini kosong."),
        "busy": too_busy(),
    }.get(problem, _("PDF ini rusak atau tidak tersusun menurut aturan, jadi tidak dapat diperiksa."))


def signature_lines(signatures: Iterable[SignatureFacts]) -> Iterable[str]:
    """Say what each signature says, one line each."""
    for one in signatures:
        yield " ".join(part for part in (_who(one), _whole(one), _whose(one), _unseen(one)) if part)


def _who(one: SignatureFacts) -> str:
    if not one.signer_name:
        return _("Ada tanda tangan yang tidak dapat dibaca.")
    facts = {"name": one.signer_name, "issuer": one.issuer_name or "–"}
    if one.signed_at is None:
        return _("%(name)s menandatangani dengan sertifikat dari %(issuer)s.") % facts
    facts["when"] = moment(one.signed_at)
    return _("%(name)s menandatangani pada %(when)s dengan sertifikat dari %(issuer)s.") % facts


def _whole(one: SignatureFacts) -> str:
    if not (one.intact and one.valid) or one.problem:
        return _("Tanda tangan ini tidak cocok dengan isi berkas: isinya berubah, atau tanda tangannya rusak.")
    if one.change == Change.SUSPICIOUS:
        return _("Isi berkas diubah setelah tanda tangan ini.")
    if one.change == Change.HARMLESS:
        return _("Setelah itu hanya ditambahkan tanda tangan atau data pemeriksaan; isinya tidak berubah.")
    if not one.covers_whole_file:
        return _("Ada tambahan di akhir berkas yang tidak ikut ditandatangani.")
    return _("Isinya tidak berubah sejak ditandatangani.")


def _whose(one: SignatureFacts) -> str:
    if not one.holds:
        return ""
    if one.trusted and one.is_bsre:
        return _("Sertifikat BSrE, dan rantainya dipercaya di sini.")
    if one.trusted:
        return _("Bukan sertifikat BSrE; rantainya dipercaya di sini.")
    if one.is_bsre:
        return _("Sertifikatnya menyebut BSrE sebagai penerbit, tetapi rantainya belum dipastikan di sini.")
    return _("Bukan sertifikat BSrE; pemiliknya menurut sertifikat itu sendiri.")


def _unseen(one: SignatureFacts) -> str:
    if one.visible or not one.holds:
        return ""
    return _("Tanda tangannya ada di dalam berkas tanpa cap di halaman, karena tidak ada tempat kosong untuknya.")


def refused_certificate(refusal: CertificateUnusable) -> str:
    """Say why a .p12 cannot sign this document."""
    facts = refusal.facts
    for name in ("until", "since"):
        if name in facts:
            facts = facts | {name: moment(datetime.fromisoformat(facts[name]))}
    return {
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
    }[refusal.reason] % facts


def wrong_passphrase(_wrong: WrongPassphrase) -> str:
    """Say that the passphrase does not fit."""
    return _("Frasa sandi tidak cocok dengan berkas .p12 ini. Tidak ada yang disimpan; coba ketik lagi.")


def not_signed(reason: str, facts: dict[str, str]) -> str:
    """Say why a file that was brought back does not count as signed."""
    return {
        "unsigned": _("PDF ini belum memuat tanda tangan elektronik. Unggah berkas yang sudah ditandatangani."),
        "broken": _(
            "Tanda tangan di PDF ini tidak cocok dengan isinya. Unduh lagi berkas aslinya, jangan disimpan ulang."
        ),
        "altered": _(
            "PDF ini diubah setelah ditandatangani. Unggah berkas persis seperti diunduh dari tempat menandatangani."
        ),
        "not_bsre": _(
            "PDF ini ditandatangani dengan sertifikat dari %(issuer)s, padahal kaki halamannya menyebut BSrE. "
            "Tandatangani melalui BSrE/SRIKANDI, atau ajukan permintaan dengan jalan lain."
        ),
    }[reason] % facts


def not_typeset(refusal: Exception) -> str:
    """Say why a document could not be typeset for its signature."""
    if isinstance(refusal, CannotTypeset):
        return _("Dokumen ini tidak dapat disusun ulang karena data asalnya sudah berubah. Buat dokumennya lagi.")
    return _("Dokumen ini tidak dapat disusun ulang sekarang. Coba lagi nanti.")


def refused(refusal: Exception) -> str:
    """Say why nothing was signed or taken, for reasons that lie in the document or the machine."""
    if isinstance(refusal, DocumentRefused):
        return refused_document(refusal.reason)
    if isinstance(refusal, FileDamaged):
        return _("Naskah di arsip hilang atau berubah. Pulihkan dari cadangan dahulu, lalu tandatangani.")
    if isinstance(refusal, WrongRoad):
        return _("Kaki halaman dokumen ini disiapkan untuk jalan lain; tarik permintaan ini dan ajukan lagi.")
    if isinstance(refusal, NoTimestamp):
        return _("Layanan penanda waktu (TSA) tidak menjawab, jadi dokumen belum ditandatangani. Coba lagi nanti.")
    if isinstance(refusal, OSError):
        return _("Berkas tidak dapat disimpan: penyimpanan penuh atau tidak dapat ditulisi. Tidak ada yang berubah.")
    return _("Cap tanda tangan tidak dapat dibuat, jadi dokumen belum ditandatangani. Coba lagi nanti.")


def refused_document(reason: str) -> str:
    """Say why a document could not be taken or signed."""
    own = {
        "not_signable": _("PDF ini tidak dapat diberi kolom tanda tangan."),
        "signature_failed": _("Hasil tanda tangan tidak lolos pemeriksaan sendiri, jadi tidak disimpan."),
    }
    return own.get(reason) or unreadable(reason)
