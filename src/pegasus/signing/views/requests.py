from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.archive import files
from pegasus.archive.models import Record
from pegasus.archive.queries import records_for
from pegasus.archive.signable import CannotTypeset, possible_signers
from pegasus.archive.views.files import hand_out
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.signing import actions, queries, words
from pegasus.signing.domain.filenames import plain_pdf_name
from pegasus.signing.domain.footers import DRAFT, sentence
from pegasus.signing.forms import FilterForm, PdfForm, RequestForm, SignForm
from pegasus.signing.models import ReturnedFile, SignatureRequest
from pegasus.signing.views.pictures import page_answer
from pegasus.typeset.render import TypesetFailed

PER_PAGE = 20
DIGITS = 5  # no document has so many pages
REQUESTERS = ("ca", "admin", "cc", "head")
Road = SignatureRequest.Road


@require_GET
@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show what waits for this person's signature, and what was asked before."""
    actor = request.actor
    found = queries.requests_for(actor.employee, actor.roles)
    form = FilterForm(request.GET)
    if form.is_valid():
        found = queries.matching(found, text=form.cleaned_data["q"], state=form.cleaned_data["state"])
    context = {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "mine": queries.waiting_for(actor.employee, actor.roles),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "signing/index.html", context)


@require_GET
@signed_in()
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one request with its document and the roads to sign it."""
    return _page(request, _wish(request, pk))


@sensitive_post_parameters("passphrase")
@require_POST
@signed_in()
def sign(request: OfficeRequest, pk: int) -> HttpResponse:
    """Sign with the certificate that is brought along."""
    wish = _wish(request, pk)
    if not queries.may_sign(wish, request.actor.employee, request.actor.roles):
        raise PermissionDenied
    form = SignForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, wish, sign_form=form)
    try:
        actions.sign_own(
            request=wish,
            p12=form.cleaned_data["p12"],
            passphrase=form.cleaned_data["passphrase"],
            by=request.actor.name,
            at=clock.now(),
        )
    except actions.AlreadyDecided:
        messages.info(request, _("Permintaan ini sudah diputuskan sebelumnya."))
    except actions.WrongPassphrase as wrong:
        form.add_error("passphrase", words.wrong_passphrase(wrong))
    except actions.CertificateUnusable as refusal:
        form.add_error("p12", words.refused_certificate(refusal))
    except (*actions.REFUSALS, files.FileDamaged, OSError) as refusal:
        form.add_error(None, words.refused(refusal))
    else:
        messages.success(request, _("%(title)s ditandatangani oleh %(name)s.") % _facts(request, wish))
    return _page(request, wish, sign_form=form) if form.errors else redirect("signing:request", pk)


@require_POST
@signed_in()
def bring_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take the file that was signed elsewhere."""
    wish = _wish(request, pk)
    if not queries.may_bring_back(wish, request.actor.employee, request.actor.roles):
        raise PermissionDenied
    form = PdfForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, wish, back_form=form)
    try:
        found = actions.take_back(request=wish, data=form.cleaned_data["file"], by=request.actor.name, at=clock.now())
    except actions.AlreadyDecided:
        messages.info(request, _("Permintaan ini sudah diputuskan sebelumnya."))
    except actions.NotSigned as refusal:
        form.add_error("file", words.not_signed(refusal.reason, refusal.facts))
    except (*actions.REFUSALS, files.FileDamaged, OSError) as refusal:
        form.add_error("file", words.refused(refusal))
    else:
        if isinstance(found, ReturnedFile):
            messages.info(request, _("Berkas diterima sementara dan menunggu pemastian."))
            return redirect("signing:returned", pk)
        messages.success(request, _("Berkas bertanda tangan untuk %(title)s disimpan.") % _facts(request, wish))
    return _page(request, wish, back_form=form) if form.errors else redirect("signing:request", pk)


@require_POST
@signed_in(*REQUESTERS)
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Withdraw a request."""
    wish = _wish(request, pk)
    try:
        actions.cancel(request=wish, by=request.actor.name, at=clock.now())
    except actions.AlreadyDecided:
        messages.info(request, _("Permintaan ini sudah diputuskan sebelumnya."))
    else:
        messages.success(request, _("Permintaan ditarik. Kode di dokumennya sekarang menyatakan tidak berlaku."))
    return redirect("signing:request", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*REQUESTERS)
def new(request: OfficeRequest, record: int) -> HttpResponse:
    """Ask for a signature on a PDF that is in the archive."""
    actor = request.actor
    document = get_object_or_404(records_for(actor.office, actor.roles), pk=record)
    if not queries.can_be_requested(document):
        return _elsewhere(request, document)
    on = clock.today(actor.office.timezone)
    given = request.POST if request.method == "POST" else None
    possible = possible_signers(document, on=on)
    form = RequestForm(given, document=document, on=on, asker=actor.employee, possible=possible)
    obstacle = possible.obstacle if possible else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if obstacle and form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            wish = actions.ask(record=document, by=actor.name, at=clock.now(), **form.cleaned_data)
        except (actions.SignatureAlreadyAsked, actions.NotRequestable):
            return _elsewhere(request, document)
        except actions.SignerRefused:
            form.add_error("signer", _("Dokumen ini tidak dapat ditandatangani oleh orang ini. Pilih yang lain."))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except (CannotTypeset, TypesetFailed) as refusal:
            form.add_error(None, words.not_typeset(refusal))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            return redirect("signing:request", wish.pk)
    context = {"form": form, "document": document, "obstacle": obstacle}
    return render(request, "signing/new.html", context, status=status)


def _elsewhere(request: OfficeRequest, document: Record) -> HttpResponse:
    """Lead to the request that is open already; a record that cannot be asked for has no such page."""
    wish = queries.waiting_on(document)
    if wish is None:
        raise Http404
    messages.info(request, _("Tanda tangan untuk dokumen ini sudah diminta dan masih ditunggu."))
    return redirect("signing:request", wish.pk)


@require_GET
@signed_in()
def document(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hand out the unsigned file, under a name that SRIKANDI takes."""
    wish = _wish(request, pk)
    record = wish.document
    record.filename = plain_pdf_name(wish.title)
    return hand_out(request, record, shown="lihat" in request.GET)


@require_GET
@signed_in()
def page_picture(request: OfficeRequest, pk: int) -> HttpResponse:
    """Draw a page of the document, the first unless another is asked for; `naskah`: as it was sent."""
    wish = _wish(request, pk)
    record = wish.document if "naskah" in request.GET else wish.signed or wish.document
    asked = request.GET.get("halaman", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < DIGITS else 1
    return page_answer(
        request, lambda: files.content_of(record), sha256=record.sha256, number=number, large="besar" in request.GET
    )


def _wish(request: OfficeRequest, pk: int) -> SignatureRequest:
    return get_object_or_404(queries.requests_for(request.actor.employee, request.actor.roles), pk=pk)


def _facts(request: OfficeRequest, wish: SignatureRequest) -> dict[str, str]:
    return {"title": wish.title, "name": request.actor.name}


def _page(
    request: OfficeRequest,
    wish: SignatureRequest,
    *,
    sign_form: SignForm | None = None,
    back_form: PdfForm | None = None,
) -> HttpResponse:
    actor = request.actor
    refused = any(form is not None and form.errors for form in (sign_form, back_form))
    context = {
        "wish": wish,
        "road_sentence": sentence(wish.road),
        "draft": DRAFT,
        "plain_name": plain_pdf_name(wish.title),
        "may_sign": queries.may_sign(wish, actor.employee, actor.roles),
        "may_bring_back": queries.may_bring_back(wish, actor.employee, actor.roles),
        "may_cancel": actor.may(*REQUESTERS),
        "own_road": wish.road in {Road.OWN_CERTIFICATE, Road.ANY},
        "other_road": wish.road in {Road.BROUGHT_BACK, Road.ANY},
        "returned": queries.returned_for(wish),
        "matching": list(words.matching_lines(queries.matching_of(wish.signed))) if wish.signed else [],
        "is_matched": wish.signed is None or queries.is_matched(wish.signed),
        "signatures": queries.signatures_of(wish.signed) if wish.signed else (),
        "sign_form": sign_form or SignForm(auto_id="sign_%s"),
        "back_form": back_form or PdfForm(auto_id="back_%s"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "signing/request.html", context, status=status)
