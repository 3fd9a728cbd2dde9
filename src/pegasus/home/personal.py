"""The page behind `/t/<token>/`: an employee prepares and sends a card without an account (SOP 1.4)."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.cards import actions, queries, uploads
from pegasus.cards.models import Card
from pegasus.cards.sentences import alone
from pegasus.home import personal_upload, personal_ways
from pegasus.home.personal_check import MENDS, Checked, check, mended
from pegasus.home.personal_desk import adjusting, desk, is_sent, may_change, sayings, sent, stage
from pegasus.home.personal_desk import sizes as all_sizes
from pegasus.home.personal_draft import CardForm, Draft, Visit, picture_name, put, stand_of
from pegasus.home.personal_photo import let_go, take_in_hand
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.models import Role
from pegasus.roster.models import LINK_PURPOSE
from pegasus.typeset import pictures
from pegasus.typeset.pictures import Picture, PictureRefused
from pegasus.ui.searching import words_asked

STAND = "Pegasus-Stand"


@gzip_page  # a slow line: the outlines of the words are many digits
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the card with its one button; a POST writes. A GET changes nothing and counts as nothing."""
    visit = visit_of(token)
    if visit is None:
        return _gone(request, token)
    with timezone.override(visit.office.timezone):
        if request.method == "POST":
            return _take(request, visit)
        if is_sent(visit.card) and ("ubah" not in request.GET or not may_change(visit.card)):
            return sent(request, visit)
        return desk(request, visit, visit.draft())


@gzip_page
@never_cache
@require_POST
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Return the live card for what is typed; only the choice of a template is kept on the way."""
    visit = visit_of(token)
    if visit is None:
        return HttpResponse(status=404)
    draft = visit.typed(request.POST)
    context, stand = stage(visit, draft), visit.stand
    if request.POST.get("aksi", "").startswith(("templat-", "geser-")):
        context |= adjusting(visit, draft) | {"brings_knobs": True}
        if not is_sent(visit.card):
            card = actions.card_for(task=visit.task, at=clock.now())
            kept = actions.save_draft(
                card=card, at=clock.now(), template=draft.template, adjustments=draft.adjustments
            )
            stand = stand_of(kept)
    response = render(request, "home/personal/_stage.html", context)
    response[STAND] = stand
    return response


@gzip_page
@never_cache
@require_POST
def sizes(request: HttpRequest, token: str) -> HttpResponse:
    """Return the card small in its three sizes, as it is typed."""
    visit = visit_of(token)
    if visit is None:
        return HttpResponse(status=404)
    context = all_sizes(visit, visit.typed(request.POST)) | {"only_pictures": True}
    return render(request, "home/personal/_sizes.html", context)


@never_cache
@require_POST
def autosave(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the draft while somebody types; a card that was sent changes only by sending it again."""
    visit = visit_of(token)
    if visit is None:
        return HttpResponse(status=404)
    if is_sent(visit.card):
        return HttpResponse(status=204)
    draft, now = visit.typed(request.POST), clock.now()
    try:
        kept = _save(visit, draft)
    except actions.AlreadySent:
        return HttpResponse(status=204)  # sent from another window meanwhile
    with timezone.override(visit.office.timezone):
        words = _("Draf tersimpan %(time)s") % {"time": timezone.localtime(now).strftime("%H.%M")}
        headers = {STAND: stand_of(kept)}
        return HttpResponse(words, content_type="text/plain; charset=utf-8", headers=headers)


@gzip_page
@never_cache
@require_POST
def look(request: HttpRequest, token: str) -> HttpResponse:
    """Return what is found on the card as it is typed, for the place beside the send button."""
    visit = visit_of(token)
    if visit is None:
        return HttpResponse(status=404)
    draft = visit.typed(request.POST)
    with timezone.override(visit.office.timezone):
        blank = not visit.card.upload_id and not draft.words.strip()
        checked = Checked() if blank else check(visit, draft, request.POST)
        context = {"visit": visit, "draft": draft, "checked": checked}
        return render(request, "home/personal/_findings.html", context)


@gzip_page
@never_cache
@require_GET
def bank(request: HttpRequest, token: str) -> HttpResponse:
    """Return the sayings that hold what is asked for."""
    visit = visit_of(token)
    if visit is None:
        return HttpResponse(status=404)
    return render(request, "home/personal/_sayings.html", sayings(visit, words_asked(request)))


def visit_of(token: str) -> Visit | None:
    """Return what stands behind an open link; None when it is foreign, closed or over."""
    link = people.link_behind(token, at=clock.now())
    if link is None or link.purpose != LINK_PURPOSE:
        return None
    office = link.employee.office
    task = queries.duty_task_of(office, link.subject)
    if task is None or task.owner_id != link.employee_id:
        return None
    task.office = office
    card = queries.card_of(task)
    if card is None or actions.is_for_somebody_else(card, task):
        card = actions.blank_card(task)
    card.office, card.task = office, task
    return Visit(token, link.employee, office, task, card, queries.templates_for(office, task.period))


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """Say why the link opens nothing and whom to ask; a foreign token learns nothing about anybody."""
    link = people.closed_link(token)
    context: dict[str, Any] = {"handed_over": False}
    if link is not None:
        office = link.employee.office
        context = {
            "office": office,
            "handed_over": link.revoked_at is not None,
            "helper": people.holder_of(office, Role.CA, on=clock.today(office.timezone), programme=people.PEGASUS),
            "helper_role": people.role_label(office, Role.CA),
        }
    return render(request, "home/personal/gone.html", context, status=410 if link else 404)


def _save(visit: Visit, draft: Draft, *, photo: Picture | None = None, without_photo: bool = False) -> Card:
    """Keep what was typed."""
    now = clock.now()
    card = actions.card_for(task=visit.task, at=now)
    card.office, card.task = visit.office, visit.task
    return actions.save_draft(
        card=card,
        at=now,
        words=draft.words,
        source=draft.said_source,
        alt_text=draft.alt_text,
        name=draft.name_on(card),
        template=draft.template,
        adjustments=draft.adjustments,
        photo=photo,
        without_photo=without_photo,
    )


def _take(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Do what the pressed button says; everything typed is kept whatever comes of it."""
    if request.POST.get("aksi") in personal_ways.DEEDS:
        return personal_ways.take(request, visit, request.POST["aksi"])
    if is_sent(visit.card) and not may_change(visit.card):
        messages.info(request, _("Kartu ini sudah tayang dan tidak berubah lagi."))
        return redirect("home:personal", visit.token)
    if request.POST.get("terkirim", _sent_stamp(visit.card)) != _sent_stamp(visit.card):
        return _sent_before(request, visit)
    try:
        return _write(request, visit)
    except actions.AlreadySent:
        return _sent_before(request, visit)


def _sent_before(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the sent card: a second tap on the button, an answer that got lost, or another window."""
    messages.info(request, _("Kartu ini baru saja dikirim. Buka lagi bila masih ada yang perlu diubah."))
    return redirect("home:personal", visit.token)


def _sent_stamp(card: Card) -> str:
    """Return what the page says about when it was sent: a page from before that does not send it once more."""
    return str(int(card.submitted_at.timestamp())) if card.submitted_at else ""


def _write(request: HttpRequest, visit: Visit) -> HttpResponse:
    deed = request.POST.get("aksi", "")
    draft = mended(visit, visit.typed(request.POST), deed)
    given, form = _pictures(request, CardForm(initial=draft.initial()))
    if not is_sent(visit.card):
        kept = _save(visit, draft, photo=given.get("photo"), without_photo=draft.without_photo)
        visit = replace(visit, card=kept)
        _use_upload(request, visit, given.get("upload"), deed)
    else:
        draft, form = _in_hand(request, visit, draft, form, given)
    if form.is_bound:
        return desk(request, visit, draft, form=form, status=422)
    if deed == "kirim" and request.POST.get("gambar") != picture_name(visit, draft):
        return _not_shown(request, visit, draft, form)
    if deed == "kirim":
        return _send(request, visit, draft, form)
    if (given or deed == "templat") and not is_sent(visit.card):
        return redirect("home:personal", visit.token)
    if deed in MENDS or deed.startswith("templat-"):
        return desk(request, visit, draft, checked=check(visit, draft, request.POST))
    return desk(request, visit, draft)


def _not_shown(request: HttpRequest, visit: Visit, draft: Draft, form: CardForm) -> HttpResponse:
    """Send nothing that was not in sight: show the picture as it would be sent, with all that was typed."""
    said = _("Gambar kartu sudah berubah sejak terakhir tampil, jadi belum dikirim. Periksa gambarnya, lalu kirim.")
    checked = Checked([alone(said, is_fault=False)], is_refused=True)
    return desk(request, visit, draft, checked=checked, form=form, status=409)


def _in_hand(
    request: HttpRequest, visit: Visit, draft: Draft, form: CardForm, given: dict[str, Picture]
) -> tuple[Draft, CardForm]:
    """Keep what came along for a card that was sent, apart from the card: it is seen first, and goes with it then."""
    if "upload" in given:
        form = form if form.is_bound else CardForm(request.POST)
        form.add_error("upload", _("Kartu ini sudah dikirim: gambar jadi hanya dapat dipakai sebelum kartu dikirim."))
    if "photo" in given:
        draft = replace(draft, photo=take_in_hand(visit.task, given["photo"]), without_photo=False)
    return draft, form


def _pictures(request: HttpRequest, form: CardForm) -> tuple[dict[str, Picture], CardForm]:
    """Let the uploaded files through the gate; a refusal becomes the field's error."""
    found: dict[str, Picture] = {}
    for name in ("photo", "upload"):
        file = request.FILES.get(name)
        if file is None:
            continue
        try:
            data = file.read(pictures.MOST_BYTES + 1)
            found[name] = uploads.read(data) if name == "upload" else pictures.accept(data)
        except PictureRefused as refusal:
            form = form if form.is_bound else CardForm(request.POST)
            form.add_error(name, str(refusal))
    return found, form


def _use_upload(request: HttpRequest, visit: Visit, picture: Picture | None, deed: str) -> None:
    """Take or drop a finished design, or change how it stands."""
    card, by, now = visit.card, visit.employee.name, clock.now()
    if isinstance(picture, uploads.Brought):
        actions.use_upload(card=card, picture=picture, source=picture.source, pages=picture.pages, by=by, at=now)
    elif deed == "templat":
        actions.drop_upload(card=card, at=now)
    elif card.upload_id and (refused := personal_upload.take(request, visit, deed)):
        messages.warning(request, refused)


def _send(request: HttpRequest, visit: Visit, draft: Draft, form: CardForm) -> HttpResponse:
    checked = check(visit, draft, request.POST)
    if checked.is_open:
        return desk(request, visit, draft, checked=checked.refused(), form=form, status=422)
    try:
        actions.submit_card(
            card=put(draft, visit.card),
            by=visit.employee.name,
            at=clock.now(),
            photo=draft.photo.picture if draft.photo else None,
            without_photo=draft.without_photo,
        )
        let_go(visit.task.pk)
    except actions.CardNotKept:
        failed = _("Kartu belum dapat disimpan di server. Yang sudah diketik masih ada; coba kirim lagi nanti.")
        checked = Checked([alone(failed, is_fault=False)], is_refused=True)
        return desk(request, visit, draft, checked=checked, form=form, status=503)
    except actions.NothingToSend:
        empty = alone(_("Kata motivasi masih kosong."))
        return desk(request, visit, draft, checked=Checked([empty], is_refused=True), form=form, status=422)
    except (actions.AlreadyPosted, actions.TooLate):
        messages.info(request, _("Kartu ini sudah tayang dan tidak berubah lagi."))
    return redirect("home:personal", visit.token)
