from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from pegasus.archive.models import Record
from pegasus.archive.queries import record_behind, successor_of
from pegasus.archive.views.files import hand_out
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.signing import queries, words
from pegasus.signing.domain.verdicts import Change, SignatureFacts
from pegasus.signing.forms import AnyFileForm
from pegasus.signing.models import Signature, SignatureRequest
from pegasus.signing.uploads import before_reading, too_often

Security = Record.SecurityClass


@dataclass(frozen=True)
class Shown:
    """What the public page says about a code, and nothing that it must not say."""

    code: str
    state: str
    headline: str
    title: str
    office: Office
    at: datetime
    sha256: str = ""
    lines: tuple[str, ...] = ()
    successor: Record | None = None
    downloadable: bool = False


def _too_large(request: HttpRequest, code: str = "") -> HttpResponse:
    told = words.Told("late", _("Berkas ini tidak diperiksa"), (words.unreadable("too_large"),))
    return _page(request, code, told=told, status=413)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_reading(_too_large)
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Tell anybody what stands behind a code; a file that is brought along is compared with it."""
    if request.method != "POST":
        typed = "".join(sign for sign in request.GET.get("kode", "") if sign.isalnum() or sign == "-")[:16].upper()
        return redirect("signing:verify", typed) if typed and not code else _page(request, code)
    if too_often(request):
        text = _("Terlalu banyak pemeriksaan dari tempat ini. Coba lagi sepuluh menit lagi.")
        return _page(request, code, told=words.Told("late", _("Berkas ini belum diperiksa"), (text,)), status=429)
    form = AnyFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, code, form=form)
    shown = _shown(code)
    with timezone.override(shown.office.timezone if shown else timezone.get_current_timezone()):
        verdict = queries.verify(form.cleaned_data["file"], at=clock.now())
        told = words.tell(verdict, code=shown.code if shown else "")
        return _page(request, code, told=told, checked=verdict.sha256)


@require_GET
def public_file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out a file that the office stands behind, when it is open to everybody."""
    record = record_behind(code)
    if record is None or not _is_open(record):
        raise Http404
    return hand_out(request, record, shown="lihat" in request.GET)


def _page(
    request: HttpRequest,
    code: str,
    *,
    form: AnyFileForm | None = None,
    told: words.Told | None = None,
    checked: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = _shown(code) if code else None
    unknown = bool(code) and shown is None
    context = {
        "code": code[:16],
        "shown": shown,
        "unknown": unknown,
        "form": form or AnyFileForm(),
        "told": told,
        "checked": checked,
    }
    with timezone.override(shown.office.timezone if shown else timezone.get_current_timezone()):
        return render(request, "signing/verify.html", context, status=404 if unknown and status == 200 else status)  # noqa: PLR2004 - a plain answer


def _shown(code: str) -> Shown | None:
    """Return what may be said about a code, or None when no document of any office bears it."""
    record = record_behind(code)
    if record is not None and record.is_public:
        return _of_record(record)
    request = queries.request_behind(code)
    return _of_request(request) if request is not None else None


def _of_record(record: Record) -> Shown:
    successor = successor_of(record)
    signatures = tuple(_facts(one) for one in queries.signatures_of(record))
    if successor is not None and successor.is_public:
        state, headline = "waiting", _("Dokumen ini sudah diganti dengan yang lebih baru")
    elif signatures:
        state, headline = "done", _("Dokumen ini diterbitkan dan ditandatangani secara elektronik")
    else:
        state, headline = "done", _("Dokumen ini diterbitkan oleh kantor")
        successor = None
    secret = record.security_class == Security.CONFIDENTIAL
    with timezone.override(record.office.timezone):
        lines = tuple(words.signature_lines(signatures))
    return Shown(
        code=record.code,
        state=state,
        headline=headline,
        title=_("Dokumen tertutup") if secret else record.title,
        office=record.office,
        at=record.created_at,
        sha256=record.sha256,
        lines=lines or (_("Tidak memuat tanda tangan elektronik."),),
        successor=successor if successor is not None and successor.is_public else None,
        downloadable=_is_open(record),
    )


def _of_request(request: SignatureRequest) -> Shown:
    if request.state == SignatureRequest.State.CANCELLED:
        state, headline = "late", _("Dokumen ini ditarik sebelum ditandatangani: tidak berlaku")
    else:
        state, headline = "waiting", _("Naskah ini masih menunggu tanda tangan: belum berlaku")
    secret = request.document.security_class == Security.CONFIDENTIAL
    return Shown(
        code=request.code,
        state=state,
        headline=headline,
        title=_("Dokumen tertutup") if secret else request.title,
        office=request.office,
        at=request.closed_at or request.created_at,
    )


def _facts(signature: Signature) -> SignatureFacts:
    """Return a stored signature as the facts it was made from."""
    return SignatureFacts(
        field_name=signature.field_name,
        signer_name=signature.signer_name,
        issuer_names=("BSrE",) if signature.is_bsre and not signature.issuer_name else (signature.issuer_name,),
        signed_at=signature.signed_at,
        intact=signature.intact,
        valid=signature.intact,
        trusted=signature.trusted,
        covers_whole_file=signature.covers_whole_file,
        covers_revision=True,
        visible=signature.visible,
        change=Change.NOTHING if signature.covers_whole_file else Change.HARMLESS,
    )


def _is_open(record: Record) -> bool:
    return record.is_public and record.security_class == Security.OPEN
