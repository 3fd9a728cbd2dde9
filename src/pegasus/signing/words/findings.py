"""What a check found, in plain words: for the pages and for `pegasus verify`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import override
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.archive.models import Record
from pegasus.signing import queries
from pegasus.signing.domain.verdicts import Conclusion, MatchQuestion, Reading
from pegasus.signing.models import ReturnedFile, SignatureRequest
from pegasus.signing.queries import Standing, Verdict
from pegasus.signing.words.refusals import unreadable
from pegasus.signing.words.sentences import filled
from pegasus.signing.words.signatures import moment, signature_lines


@dataclass(frozen=True)
class Told:
    """A finding: `state` as the pills know it, one line that says it, and the facts behind it."""

    state: str
    headline: str
    lines: tuple[str, ...]
    # What is in force instead.
    successor: Record | None = None


def tell(verdict: Verdict, *, code: str = "") -> Told:
    """Say what is known of a file; `code` is the one whose page it was brought to."""
    office = verdict.record.office if verdict.record else verdict.request.office if verdict.request else None
    with override(office.timezone if office else None):
        lines = tuple(signature_lines(verdict.reading.signatures))
        if verdict.record is not None:
            return _of_record(verdict, verdict.record, code=code, lines=lines)
        if verdict.request is not None:
            return _of_request(verdict, verdict.request, lines)
        return _foreign(verdict.reading, lines)


def _of_record(verdict: Verdict, record: Record, *, code: str, lines: tuple[str, ...]) -> Told:
    """Say what one of our records is; what its signatures say was checked when it came in."""
    signatures = queries.stored_facts(record)
    facts = (
        _origin(record),
        *(signature_lines(signatures) if signatures else lines),
        *matching_lines(verdict.returned),
    )
    match verdict.standing:
        case Standing.KEPT:
            return Told("waiting", _("Berkas ini tersimpan di arsip kantor, tetapi tidak diterbitkan"), facts)
        case Standing.SUPERSEDED:
            return Told("waiting", _("Berkas ini asli, tetapi sudah diganti"), facts, verdict.successor)
        case Standing.UNMATCHED:
            return Told("waiting", _("Berkas ini belum dicocokkan dengan naskah yang dikirim"), facts)
    if code and code != record.code:
        return Told("waiting", _("Berkas ini asli, tetapi bukan dokumen dengan kode ini"), facts)
    return Told("done", _("Berkas ini persis sama dengan yang diterbitkan"), facts)


def _origin(record: Record) -> str:
    facts = {"title": record.title, "office": record.office.name, "when": moment(record.created_at)}
    if record.is_public:
        return _("%(title)s, diterbitkan %(office)s pada %(when)s.") % facts
    return _("Tersimpan di arsip %(office)s sejak %(when)s.") % facts


def _of_request(verdict: Verdict, request: SignatureRequest, lines: tuple[str, ...]) -> Told:
    """Say what a file is that was made for a signature or came back with one."""
    match verdict.standing:
        case Standing.SIGNED_SINCE:
            text = _("Ini naskah sebelum ditandatangani. Yang diterbitkan adalah berkas yang memuat tanda tangannya.")
            return Told("waiting", _("Berkas ini bukan yang diterbitkan"), (text,), verdict.successor)
        case Standing.WITHDRAWN:
            text = _("Permintaan tanda tangannya ditarik, jadi berkas ini tidak pernah diterbitkan.")
            return Told("late", _("Berkas ini tidak berlaku"), (text,))
        case Standing.REFUSED:
            text = _("Kantor menolaknya sebagai hasil tanda tangan untuk %(title)s.") % {
                "title": public_title(request)
            }
            return Told("late", _("Berkas ini ditolak kantor"), (text, *lines))
        case Standing.RETURNED:
            return Told("waiting", _("Berkas ini menunggu pemastian"), (*open_lines(verdict.returned), *lines))
    text = _("Ini naskah yang dikirim untuk ditandatangani, belum yang ditandatangani: belum diterbitkan.")
    return Told("waiting", _("Berkas ini belum diterbitkan"), (text,))


def public_title(request: SignatureRequest) -> str:
    """Return the title of a request's document as anybody may read it."""
    secret = request.document.security_class == Record.SecurityClass.CONFIDENTIAL
    return _("Dokumen tertutup") if secret else request.title


def matching_lines(returned: ReturnedFile | None) -> Iterable[str]:
    """Say who answered for a signed file that does not contain what was sent, or whose certificate names otherwise."""
    if returned is None or returned.matched_at is None:
        return
    facts = {"name": returned.matched_by, "when": moment(returned.matched_at), "certificate": returned.signer_name}
    if MatchQuestion.PAGES in returned.questions:
        yield (
            _(
                "Dicocokkan oleh %(name)s pada %(when)s, halaman demi halaman: bukan berkas yang persis sama dengan "
                "yang dikirim untuk ditandatangani."
            )
            % facts
        )
        yield from _differing(returned)
    if MatchQuestion.NAME in returned.questions:
        facts["signer"] = queries.asked_in_words(returned.request)
        yield filled(
            _(
                "Sertifikatnya tertulis atas nama %(certificate)s. %(name)s memastikan pada %(when)s bahwa itu "
                "tanda tangan %(signer)s."
            ),
            facts,
        )


def _differing(returned: ReturnedFile) -> Iterable[str]:
    count = sum(1 for page in returned.pages if page["changed"] > 0)
    if count:
        yield ngettext(
            "Sebagai gambar, %(count)d halaman tidak persis sama.",
            "Sebagai gambar, %(count)d halaman tidak persis sama.",
            count,
        ) % {"count": count}


def open_lines(returned: ReturnedFile | None) -> Iterable[str]:
    """Say what a returned file waits for."""
    if returned is None:
        return
    if MatchQuestion.PAGES in returned.questions and returned.matched_at is None:
        yield _(
            "Berkas ini tidak memuat berkas yang dikirim. Halaman-halamannya belum dicocokkan oleh petugas kantor."
        )
    if MatchQuestion.NAME in returned.questions and returned.matched_at is None:
        yield _("Sertifikatnya tertulis atas nama %(name)s, belum dipastikan sebagai tanda tangan yang diminta.") % {
            "name": returned.signer_name or "–"
        }
    if MatchQuestion.BSRE in returned.questions:
        yield _(
            "Sertifikatnya menyebut %(issuer)s sebagai penerbit. Menunggu pemastian: sertifikat induk BSrE belum "
            "dipasang di sini."
        ) % {"issuer": returned.issuer_name or "–"}
    yield from matching_lines(returned)


def _foreign(reading: Reading, lines: tuple[str, ...]) -> Told:
    """Say what a file is that is not ours byte for byte."""
    if reading.is_unjudged:
        return Told("waiting", _("Berkas ini tidak dapat dinilai di sini"), (unreadable(reading.problem),))
    if not reading.readable:
        return Told("late", _("Bukan berkas yang diterbitkan, dan tidak dapat dibaca"), (unreadable(reading.problem),))
    headline, state = {
        Conclusion.UNSIGNED: (_("Bukan berkas yang diterbitkan, dan tidak memuat tanda tangan"), "late"),
        Conclusion.BROKEN: (_("Bukan berkas yang diterbitkan; tanda tangannya tidak berlaku"), "late"),
        Conclusion.ALTERED: (_("Bukan berkas yang diterbitkan, dan ada tambahan setelah ditandatangani"), "late"),
        Conclusion.UNCHECKED: (
            _("Bukan berkas yang diterbitkan di sini, dan tanda tangannya tidak dapat diperiksa di sini"),
            "waiting",
        ),
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
