from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from pegasus.archive.views.files import content_or_404
from pegasus.kernel import clock, dates
from pegasus.people.access import Actor, OfficeRequest, signed_in
from pegasus.publishing import actions, queries
from pegasus.publishing.forms import AcceptForm, CaptionForm, ConfirmForm, ProofForm
from pegasus.publishing.models import Publication
from pegasus.publishing.queries import Outlet, Posting
from pegasus.sop.models import Task
from pegasus.typeset.pictures import PictureRefused
from pegasus.ui.searching import words_asked

PER_PAGE = 10
HISTORY_PER_PAGE = 20
SIZES = {"portrait", "square", "story"}


@dataclass
class Desk:
    """One place where a card goes, with the forms of who may work on it."""

    outlet: Outlet
    caption: str
    is_late: bool
    may: bool
    proof: ProofForm
    confirm: ConfirmForm
    words: CaptionForm
    accept: AcceptForm
    may_accept: bool


@dataclass
class Row:
    """A posting as the queue shows it."""

    posting: Posting
    desks: list[Desk] = field(default_factory=list)


@never_cache
@require_GET
@signed_in("ca", "humas", "admin")
def index(request: OfficeRequest) -> HttpResponse:
    """Show what is to be posted: late, today, coming."""
    now, office = clock.now(), request.actor.office
    due = queries.subjects_waiting(office, until=now)
    page = Paginator(due, PER_PAGE).get_page(request.GET.get("page"))
    soon = queries.subjects_waiting(office, until=now + timedelta(days=queries.COMING_DAYS))
    coming = [subject for subject in soon if subject not in set(due)]
    found = queries.postings(office, [*page.object_list, *coming])
    context = {
        "page": page,
        "due": [_row(request.actor, one, now) for one in found if one.subject not in coming],
        "coming": [_row(request.actor, one, now) for one in found if one.subject in coming],
        "now": now,
        "account": office.instagram_account,
    }
    return render(request, "publishing/index.html", context)


@never_cache
@require_GET
@signed_in("ca", "humas", "admin")
def history(request: OfficeRequest) -> HttpResponse:
    """Show what is posted, with its proof; a search looks at names, teams and words."""
    search = words_asked(request)
    office = request.actor.office
    page = Paginator(queries.subjects_done(office, search=search), HISTORY_PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(request.actor, one, clock.now()) for one in queries.postings(office, page.object_list)]
    return render(request, "publishing/history.html", {"page": page, "rows": rows, "search": search})


@never_cache
@require_GET
@signed_in("ca", "humas", "admin")
def posting(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one card with its ways out."""
    return _posting_page(request, _task(request.actor, pk))


@require_POST
@signed_in("ca", "humas")
def prove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take an address, a screenshot, or both."""
    task = _task(request.actor, pk)
    publication = _publication(request.actor, task)
    form = ProofForm(request.POST, request.FILES, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _posting_page(request, task, proof=form)
    upload = form.cleaned_data["screenshot"]
    try:
        actions.prove(
            publication=publication,
            by=request.actor.name,
            at=clock.now(),
            screenshot=upload.read() if upload else None,
            permalink=form.cleaned_data["permalink"],
            employee_id=request.actor.employee.pk,
        )
    except PictureRefused as refusal:
        form.add_error("screenshot", str(refusal))
        return _posting_page(request, task, proof=form)
    except actions.NothingToProve:
        form.add_error(None, _("Tempel tautannya atau pilih tangkapan layarnya dulu."))
        return _posting_page(request, task, proof=form)
    except actions.UsedBefore as refusal:
        form.add_error("permalink" if isinstance(refusal, actions.AddressUsed) else "screenshot", used_before(refusal))
        return _posting_page(request, task, proof=form)
    except (actions.AlreadyPosted, actions.NotYetTime) as refusal:
        return _refused(request, refusal, pk)
    _tell(request, publication)
    return redirect("publishing:posting", pk)


@require_POST
@signed_in("ca", "humas")
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take the word of who is signed in; for somebody else's post it says on whose behalf."""
    task = _task(request.actor, pk)
    publication = _publication(request.actor, task)
    form = ConfirmForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _posting_page(request, task, confirm=form)
    try:
        actions.confirm(
            publication=publication,
            by=request.actor.name,
            at=clock.now(),
            note=_on_behalf(request.actor, task, form.cleaned_data["note"]),
            employee_id=request.actor.employee.pk,
        )
    except (actions.AlreadyPosted, actions.NotYetTime) as refusal:
        return _refused(request, refusal, pk)
    _tell(request, publication)
    return redirect("publishing:posting", pk)


@require_POST
@signed_in("ca")
def accept(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let the CA take a doubtful screenshot for good, and say why."""
    task = _task(request.actor, pk)
    publication = _publication(request.actor, task)
    form = AcceptForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _posting_page(request, task, accept=form)
    if request.POST.get("screenshot") != str(publication.screenshot_id):
        form.add_error(None, _("Tangkapan layar ini diganti sejak halaman dibuka. Periksa yang sekarang."))
        return _posting_page(request, task, accept=form)
    try:
        actions.accept_proof(
            publication=publication,
            by=request.actor.name,
            at=clock.now(),
            note=form.cleaned_data["note"],
            employee_id=request.actor.employee.pk,
        )
    except actions.NothingInDoubt:
        messages.info(request, _("Bukti ini sudah diputuskan sebelumnya; tidak ada yang diubah."))
    else:
        messages.success(request, _("Tangkapan layar diterima atas nama %(name)s.") % {"name": request.actor.name})
    return redirect("publishing:posting", pk)


@require_POST
@signed_in("ca", "humas")
def write_caption(request: OfficeRequest, pk: int) -> HttpResponse:
    """Keep an own wording; an empty one gives the card's own words back."""
    task = _task(request.actor, pk)
    publication = _publication(request.actor, task)
    form = CaptionForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _posting_page(request, task, words=form)
    text = form.cleaned_data["caption"]
    if text == queries.caption(publication.card, publication.place):
        text = ""
    try:
        actions.write_caption(publication=publication, text=text, by=request.actor.name, at=clock.now())
    except actions.AlreadyPosted as refusal:
        return _refused(request, refusal, pk)
    except (actions.CaptionTooLong, actions.TooManyHashtags) as refusal:
        form.add_error("caption", _caption_refused(refusal))
        return _posting_page(request, task, words=form)
    messages.success(request, _("Caption disimpan."))
    return redirect("publishing:posting", pk)


@require_GET
@signed_in("ca", "humas", "admin")
def picture(request: OfficeRequest, pk: int, size: str) -> HttpResponse:
    """Send a finished card in one size; `?unduh` offers it as a file."""
    if size not in SIZES:
        raise Http404
    card = get_object_or_404(queries.cards_of(request.actor.office), pk=pk)
    found = queries.picture(card, size)
    if found is None:
        raise Http404
    response = HttpResponse(content_or_404(found.record), content_type=found.record.content_type)
    response["Cache-Control"] = "private, max-age=300"
    if "unduh" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="pegasus-{card.shown_on:%Y-%m-%d}-{found.size}.jpg"'
    return response


def _task(actor: Actor, pk: int) -> Task:
    return get_object_or_404(queries.posting_tasks(actor.office), pk=pk)


def _may(actor: Actor, place: str) -> bool:
    """The CA may speak for everybody, Humas for Instagram."""
    return actor.may("ca") or (place == Publication.Place.INSTAGRAM and actor.may("humas"))


def _publication(actor: Actor, task: Task) -> Publication:
    """Return the row to work on, made now if nobody began before."""
    if not _may(actor, task.part):
        raise PermissionDenied
    found = queries.posting_of(actor.office, task.subject)
    if found is None or found.card is None or not found.is_ready:
        raise Http404
    rows = actions.publications_for(card=found.card, at=clock.now())
    return next(one for one in rows if one.task_id == task.pk)


def _on_behalf(actor: Actor, task: Task, note: str) -> str:
    if task.owner is None or task.owner_id == actor.employee.pk:
        return note
    # Kept as evidence, and evidence is Indonesian whoever looks at the screen.
    behalf = f"Atas nama {task.owner.name}"
    return f"{behalf}. {note}" if note else behalf


def _row(
    actor: Actor,
    one: Posting,
    now: datetime,
    *,
    pk: int = 0,
    proof: ProofForm | None = None,
    confirm: ConfirmForm | None = None,
    words: CaptionForm | None = None,
    accept: AcceptForm | None = None,
) -> Row:
    captions = one.caption
    desks = []
    for outlet in one.outlets:
        mine, ids = outlet.task.pk == pk, f"id_{outlet.task.pk}_%s"
        caption = captions.get(outlet.place, "")
        desks.append(
            Desk(
                outlet=outlet,
                caption=caption,
                is_late=not outlet.is_posted and outlet.task.due_at < now,
                may=_may(actor, outlet.place),
                proof=(mine and proof) or ProofForm(auto_id=ids),
                confirm=(mine and confirm) or ConfirmForm(auto_id=ids),
                words=(mine and words) or CaptionForm(initial={"caption": caption}, auto_id=ids),
                accept=(mine and accept) or AcceptForm(auto_id=ids.replace("_%s", "_diperiksa_%s")),
                may_accept=actor.may("ca"),
            )
        )
    return Row(one, desks)


def _posting_page(
    request: OfficeRequest,
    task: Task,
    *,
    proof: ProofForm | None = None,
    confirm: ConfirmForm | None = None,
    words: CaptionForm | None = None,
    accept: AcceptForm | None = None,
) -> HttpResponse:
    found = queries.posting_of(request.actor.office, task.subject)
    if found is None:
        raise Http404
    now = clock.now()
    row = _row(request.actor, found, now, pk=task.pk, proof=proof, confirm=confirm, words=words, accept=accept)
    context = {"row": row, "now": now, "account": request.actor.office.instagram_account}
    refused = any(form is not None for form in (proof, confirm, words, accept))
    return render(request, "publishing/posting.html", context, status=422 if refused else 200)


def _refused(request: OfficeRequest, refusal: Exception, pk: int) -> HttpResponse:
    if isinstance(refusal, actions.AlreadyPosted):
        messages.info(request, _("Unggahan ini sudah tercatat sebelumnya; tidak ada yang diubah."))
    else:
        messages.warning(request, _("Belum hari tayang, jadi unggahan belum dapat dicatat."))
    return redirect("publishing:posting", pk)


def used_before(refusal: actions.UsedBefore) -> str:
    """Say whose proof it is already, and what to do."""
    facts = {"name": refusal.card.name, "day": dates.long_date(refusal.card.shown_on)}
    if isinstance(refusal, actions.AddressUsed):
        return (
            _(
                "Tautan ini sudah menjadi bukti kartu %(name)s (%(day)s). Salin tautan unggahan kartu ini. "
                "Jika keduanya memang satu unggahan, catat lewat “tanpa bukti gambar atau tautan”."
            )
            % facts
        )
    return (
        _(
            "Tangkapan layar yang sama sudah menjadi bukti lain: kartu %(name)s (%(day)s). Ambil tangkapan layar "
            "yang memuat kartu ini di tempat ini."
        )
        % facts
    )


def _caption_refused(refusal: Exception) -> str:
    if isinstance(refusal, actions.TooManyHashtags):
        return _("Instagram menerima paling banyak lima tagar dalam satu caption.")
    return _("Caption paling panjang 2.200 karakter; emoji dihitung dua atau lebih.")


def _tell(request: OfficeRequest, publication: Publication) -> None:
    if publication.state == Publication.State.DOUBTFUL:
        messages.warning(
            request,
            _(
                "Tangkapan layar disimpan, tetapi tampaknya tidak memuat kartu ini, jadi unggahan belum tercatat. "
                "Ganti tangkapan layarnya, atau CA memeriksa dan menerimanya."
            ),
        )
        return
    words = {
        Publication.Place.GROUP.value: _("Unggahan di grup WhatsApp tercatat atas nama %(name)s."),
        Publication.Place.INSTAGRAM.value: _("Unggahan di Instagram tercatat atas nama %(name)s."),
    }
    messages.success(request, words[publication.place] % {"name": publication.posted_by})
    if publication.is_in_doubt:
        messages.warning(
            request, _("Tangkapan layarnya tampaknya tidak memuat kartu ini. Ganti, atau minta CA memeriksanya.")
        )
