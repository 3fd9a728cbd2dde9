"""Birthdays: what comes, how far each card is, and the few taps in between (SOP-322)."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.archive.queries import CONFIDANTS
from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.cards import actions as cards
from pegasus.cards import linting
from pegasus.cards import queries as card_queries
from pegasus.cards import render as drawing
from pegasus.cards.birthdays import actions, documents, queries
from pegasus.cards.birthdays.celebrated import celebration_of, template_for
from pegasus.cards.birthdays.forms import GreetingForm, TemplateForm
from pegasus.cards.bulk import actions as bulk
from pegasus.cards.bulk.views import EDITORS, month_asked
from pegasus.cards.models import Card
from pegasus.cards.sentences import say
from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.queries import token_of
from pegasus.roster.workbook import CONTENT_TYPE
from pegasus.sop import actions as sop
from pegasus.sop.models import Task
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong

NAMED = 12  # more people without a date of birth are told as a number
YEARS = 1  # ahead of this one
PURPOSE = "greeting"  # of the personal link behind which a birthday card is shared
LINK_STAYS = timedelta(days=14)
PREVIEW_WIDTH = 540


@require_safe
@signed_in(*EDITORS)
def index(request: OfficeRequest) -> HttpResponse:
    """Show the coming birthdays month by month, with what one tap can do for each month."""
    office, now = request.actor.office, clock.now()
    today = clock.today(office.timezone)
    lacking = queries.without_date(office, today)
    context = {
        "programme": queries.programme_of(office),
        "months": queries.months_of(office, now),
        "overdue": queries.overdue(office, now)[:NAMED],
        "year": queries.year_of(office, today.year),
        "template": queries.year_of(office, today.year).template,
        "lacking": lacking[:NAMED],
        "more_lacking": max(0, lacking.count() - NAMED),
        "declined": queries.declined(office, today),
        "listed": len(queries.listed(office, today.year, today)),
        "today": today,
        "may_ask": request.actor.may(*CONFIDANTS),
        "may_change_people": request.actor.may("ca", "admin"),
    }
    return render(request, "cards/birthdays/index.html", context)


@require_safe
@signed_in(*EDITORS)
def list_file(request: OfficeRequest, year: int, suffix: str) -> HttpResponse:
    """Hand out the list of a year: day and month, never a year of birth."""
    office = request.actor.office
    today = clock.today(office.timezone)
    if not today.year <= year <= today.year + YEARS:
        raise Http404
    listing = documents.listing_of(office, year, today)
    if not listing.days:
        raise Http404
    try:
        data = documents.xlsx(listing, at=clock.now()) if suffix == "xlsx" else documents.pdf(listing, at=clock.now())
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Daftar tidak dapat dicetak sekarang. Coba lagi, atau unduh sebagai XLSX."))
        return redirect("cards:birthdays")
    answer = HttpResponse(data, content_type=CONTENT_TYPE if suffix == "xlsx" else "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{listing.filename}.{suffix}"'
    return answer


@require_POST
@signed_in(*CONFIDANTS)
def ask_for_signature(request: OfficeRequest) -> HttpResponse:
    """Keep this year's list as it stands, and go on to ask for its signature."""
    office, at = request.actor.office, clock.now()
    today = clock.today(office.timezone)
    try:
        record = actions.keep_list(office=office, year=today.year, today=today, by=request.actor.name, at=at)
    except actions.NobodyListed:
        messages.warning(request, _("Belum ada tanggal lahir yang tercatat, jadi belum ada daftarnya."))
        return redirect("cards:birthdays")
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Daftar tidak dapat disusun sekarang. Coba lagi nanti."))
        return redirect("cards:birthdays")
    return redirect("signing:new", record.pk)


@require_POST
@signed_in(*EDITORS)
def confirm_list(request: OfficeRequest) -> HttpResponse:
    """Declare this year's list made (SOP-322, 1)."""
    office = request.actor.office
    today = clock.today(office.timezone)
    try:
        number = actions.confirm_list(
            office=office, year=today.year, today=today, by=request.actor.name, at=clock.now()
        )
    except actions.NobodyListed:
        messages.warning(request, _("Belum ada tanggal lahir yang tercatat, jadi belum ada daftarnya."))
    except sop.AlreadyClosed:
        messages.info(request, _("Daftar tahun ini sudah ditetapkan."))
    else:
        words = ngettext(
            "Daftar ulang tahun %(year)d ditetapkan: %(count)d pegawai.",
            "Daftar ulang tahun %(year)d ditetapkan: %(count)d pegawai.",
            number,
        )
        messages.success(request, words % {"year": today.year, "count": number})
    return redirect("cards:birthdays")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def template(request: OfficeRequest) -> HttpResponse:
    """Choose what this year's greeting cards begin with (SOP-322, 2)."""
    office = request.actor.office
    year = clock.today(office.timezone).year
    cards.load_shipped()
    form = TemplateForm(office, request.POST or None, initial={"template": str(template_for(office, year).pk)})
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        cards.choose_for_year(office=office, year=year, template=chosen, by=request.actor.name, at=clock.now())
        messages.success(request, _("Kartu ulang tahun memakai templat %(name)s.") % {"name": chosen.name})
        return redirect("cards:birthdays")
    context = {"form": form, "year": year}
    return render(request, "cards/birthdays/template.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in(*EDITORS)
def make_month(request: OfficeRequest) -> HttpResponse:
    """Make all cards of a month that are not made, in the background."""
    office, first, at = request.actor.office, month_asked(request), clock.now()
    month = {"month": date_format(first, "F Y")}
    run = bulk.begin_birthdays(
        office=office,
        first=first,
        title=_("Ulang tahun %(month)s") % month,
        by=request.actor.name,
        at=at,
        only_tasks=True,
    )
    if run is None:
        messages.info(request, _("Kartu ulang tahun %(month)s sudah ada semuanya.") % month)
        return redirect("cards:birthdays")
    try:
        bulk.start_run(run=run, by=request.actor.name, at=at)
    except bulk.TooManyRunning:
        messages.warning(
            request, _("Dua pembuatan sedang berjalan di kantor ini. Tunggu salah satunya selesai, lalu mulai lagi.")
        )
    return redirect("cards:bulk_run", run.pk)


@require_POST
@signed_in(*EDITORS)
def approve_month(request: OfficeRequest) -> HttpResponse:
    """Approve all cards of a month that wait."""
    first, at = month_asked(request), clock.now()
    rows = [
        row
        for month in queries.months_of(request.actor.office, at)
        for row in month.rows
        if month.first == first and row.state == queries.WAITING and row.card
    ]
    waiting = [row.card for row in rows if row.card]
    number, left = actions.approve_all(waiting=waiting, reviewer=request.actor.employee, by=request.actor.name, at=at)
    if number or not left:
        words = ngettext("%(count)d kartu disetujui.", "%(count)d kartu disetujui.", number)
        messages.success(request, words % {"count": number})
    if left:
        words = ngettext(
            "%(count)d kartu dilihat satu per satu: masih ada komentar terbuka, atau kartu Anda sendiri.",
            "%(count)d kartu dilihat satu per satu: masih ada komentar terbuka, atau kartu Anda sendiri.",
            left,
        )
        messages.warning(request, words % {"count": left})
    return redirect("cards:birthdays")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def card(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one birthday: its card, the words, and the next step."""
    task = _task(request, pk)
    if request.method == "POST":
        return _save(request, task)
    shown = card_queries.card_of(task) or cards.blank_card(task)
    form = GreetingForm(request.actor.office, initial={"words": shown.words, "template": str(shown.template_id or "")})
    return _page(request, task, shown, form)


def _save(request: OfficeRequest, task: Task) -> HttpResponse:
    form = GreetingForm(request.actor.office, request.POST)
    if not form.is_valid():
        shown = card_queries.card_of(task) or cards.blank_card(task)
        return _page(request, task, shown, form, status=422)
    if celebration_of(task) is None:
        messages.warning(request, _("Ulang tahun ini tidak diucapkan, jadi kartunya tetap seperti adanya."))
        return redirect("cards:birthdays")
    at = clock.now()
    found = cards.card_for(task=task, at=at)
    if "kirim" not in request.POST:
        try:
            cards.save_draft(card=found, at=at, words=form.cleaned_data["words"], template=form.chosen())
        except cards.AlreadySent:
            messages.info(request, _("Kartu ini sudah jadi. Ubah lalu ketuk “Jadikan kartu” untuk menggantinya."))
        return redirect("cards:birthday", task.pk)
    found.words, found.template, found.alt_text = form.cleaned_data["words"], form.chosen(), ""
    if request.POST.get("gambar") != actions.picture_name(found):
        return _not_shown(request, task, found, form)
    try:
        cards.submit_card(card=found, by=request.actor.name, at=at)
    except (cards.AlreadyPosted, cards.TooLate):
        messages.info(request, _("Kartu ini sudah tayang, jadi tetap seperti adanya."))
    except cards.AlreadySent:
        messages.info(request, _("Kartu ini baru saja dibuat orang lain."))
    except cards.CardNotKept:
        return _not_drawn(request, task, found, form)
    else:
        messages.success(request, _("Kartu untuk %(name)s sudah jadi.") % {"name": found.name})
    return redirect("cards:birthday", task.pk)


def _not_shown(request: OfficeRequest, task: Task, found: Card, form: GreetingForm) -> HttpResponse:
    """Make no card that was not in sight: show it as it would be, with what was typed; a draft keeps that."""
    try:
        drawn = drawing.thumbnail(cards.draw(found, "portrait"), width=PREVIEW_WIDTH)
    except (TypesetFailed, TypesetTookTooLong, OSError):
        return _not_drawn(request, task, found, form)
    if found.state not in card_queries.SENT:
        cards.save_draft(card=found, at=clock.now(), words=found.words, template=found.template)
    return _page(request, task, found, form, status=409, drawn=drawn)


def _not_drawn(request: OfficeRequest, task: Task, found: Card, form: GreetingForm) -> HttpResponse:
    messages.error(
        request, _("Kartu tidak dapat dibuat sekarang. Tulisannya masih ada di halaman ini. Coba lagi sebentar lagi.")
    )
    return _page(request, task, found, form, status=503)


@require_safe
@signed_in(*EDITORS)
def preview(request: OfficeRequest, pk: int) -> HttpResponse:
    """Draw the card as it would be, small."""
    task = _task(request, pk)
    shown = card_queries.card_of(task) or cards.blank_card(task)
    if request.GET.get("gambar", "") not in {"", actions.picture_name(shown)}:
        raise Http404  # somebody wrote on since the page was opened: it must not show another card than it names
    try:
        data = drawing.thumbnail(cards.draw(shown, "portrait"), width=PREVIEW_WIDTH)
    except (TypesetFailed, TypesetTookTooLong, cards.NothingToSend, OSError):
        raise Http404 from None
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@signed_in(*EDITORS)
def share(request: OfficeRequest, pk: int) -> HttpResponse:
    """Open the page from which a phone shares the card to the group; it belongs to who owes the posting."""
    task = _task(request, pk)
    posting = queries.posting_task(task)
    if posting is None:
        raise Http404
    if posting.owner_id != request.actor.employee.pk:
        return redirect("publishing:posting", posting.pk)
    office, at = request.actor.office, clock.now()
    expires_at = end_of_day(posting.due_at.date() + LINK_STAYS, office.timezone)
    link = people.open_link(
        employee=request.actor.employee, purpose=PURPOSE, subject=task.subject, expires_at=expires_at, at=at
    )
    return redirect("home:share", token_of(link))


def _task(request: OfficeRequest, pk: int) -> Task:
    task = get_object_or_404(queries.card_task(request.actor.office, pk))
    if celebration_of(task) is None and card_queries.card_of(task) is None:
        raise Http404  # the date of birth was taken back before a card was made
    return task


def _page(
    request: OfficeRequest, task: Task, shown: Card, form: GreetingForm, *, status: int = 200, drawn: bytes = b""
) -> HttpResponse:
    posting = queries.posting_task(task)
    is_sent = bool(shown.pk) and shown.state in card_queries.SENT
    is_posted = posting is not None and posting.closed_at is not None
    context: dict[str, Any] = {
        "task": task,
        "card": shown,
        "form": form,
        "posting": posting,
        "is_sent": is_sent,
        "is_posted": is_posted,
        "picture": card_queries.picture_of(shown) if is_sent else None,
        # What a sent card would be drawn as today is not in sight until it was asked for.
        "picture_name": actions.picture_name(shown) if drawn or not is_sent else "",
        "drawn": f"data:image/jpeg;base64,{b64encode(drawn).decode()}" if drawn else "",
        "waits": is_sent and task.office.reviews_cards and shown.state == Card.State.SUBMITTED,
        "is_mine": posting is not None and posting.owner_id == request.actor.employee.pk,
        "said": say(linting.look(shown)) if shown.words.strip() else [],
        "may_change": not is_posted,
    }
    return render(request, "cards/birthdays/card.html", context, status=status)
