from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from pegasus.archive.models import Record
from pegasus.archive.queries import record_behind
from pegasus.archive.views.files import hand_out
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.signing import queries, words
from pegasus.signing.forms import AnyFileForm
from pegasus.signing.models import SignatureRequest
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
    if shown is not None and told is not None and told.state != "done":
        # What is registered is no verdict on the file: nothing green stands under a red line.
        shown = replace(shown, state="neutral", headline=_("Yang terdaftar dengan kode ini"))
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
    successor = queries.issued_after(record)
    signatures = queries.stored_facts(record)
    if successor is not None:
        state, headline = "waiting", _("Dokumen ini sudah diganti dengan yang lebih baru")
    elif not queries.is_matched(record):
        state, headline = "waiting", _("Dokumen ini ditandatangani di luar dan belum dicocokkan dengan naskahnya")
    elif signatures:
        state, headline = "done", _("Dokumen ini diterbitkan dan ditandatangani secara elektronik")
    else:
        state, headline = "done", _("Dokumen ini diterbitkan oleh kantor")
    secret = record.security_class == Security.CONFIDENTIAL
    with timezone.override(record.office.timezone):
        lines = (*words.signature_lines(signatures), *words.matching_lines(queries.matching_of(record)))
    return Shown(
        code=record.code,
        state=state,
        headline=headline,
        title=_("Dokumen tertutup") if secret else record.title,
        office=record.office,
        at=record.created_at,
        sha256=record.sha256,
        lines=lines or (_("Tidak memuat tanda tangan elektronik."),),
        successor=successor,
        downloadable=_is_open(record),
    )


def _of_request(request: SignatureRequest) -> Shown:
    returned = queries.returned_for(request)
    if request.state == SignatureRequest.State.CANCELLED:
        state, headline = "late", _("Dokumen ini ditarik sebelum ditandatangani: tidak berlaku")
    elif returned is not None:
        state, headline = "waiting", _("Hasil tanda tangan dokumen ini menunggu pemastian: belum berlaku")
    else:
        state, headline = "waiting", _("Naskah ini masih menunggu tanda tangan: belum berlaku")
    with timezone.override(request.office.timezone):
        lines = tuple(words.open_lines(returned))
    return Shown(
        code=request.code,
        state=state,
        headline=headline,
        title=words.public_title(request),
        office=request.office,
        at=request.closed_at or request.created_at,
        lines=lines,
    )


def _is_open(record: Record) -> bool:
    return record.is_public and record.security_class == Security.OPEN
