from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pegasus.archive.models import Record
from pegasus.archive.views.files import content_or_404
from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions, queries, samples, shelf
from pegasus.cards import render as drawing
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.editor import EDITORS
from pegasus.cards.models import CardTemplate
from pegasus.cards.reviews import card_of
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.ui.searching import words_asked

PER_PAGE = 24
KEEP = "private, max-age=86400"


@require_safe
@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show the office's cards, past and coming."""
    office, asked = request.actor.office, words_asked(request)
    found = queries.search_cards(office, asked).select_related("task")
    page, now = Paginator(found, PER_PAGE).get_page(request.GET.get("page")), clock.now()
    done = queries.sizes_done(page.object_list)
    context = {
        "page": page,
        "rows": [
            {
                "card": card,
                "sizes": done.get(card.pk, []),
                "waits": queries.waits_for_review(card, office, at=now),
            }
            for card in page.object_list
        ],
        "asked": asked,
        "waiting": queries.reviews_of(office, at=now) if request.actor.may(*queries.REVIEWERS) else [],
        "coming": [] if asked or page.number > 1 else queries.not_begun(office)[:6],
    }
    return render(request, "cards/index.html", context)


@require_safe
@signed_in()
def picture(request: OfficeRequest, pk: int, size: str) -> HttpResponse:
    """Send a finished file."""
    return _jpeg(_data(_record(request, pk, size)))


@require_safe
@signed_in()
def thumbnail(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send the portrait small, for lists."""
    return _jpeg(drawing.thumbnail(_data(_record(request, pk, "portrait"))))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in()
def templates(request: OfficeRequest) -> HttpResponse:
    """Show the templates; the CA chooses those of a period (SOP 1.2)."""
    office = request.actor.office
    actions.load_shipped()
    period = _period(request)
    if request.method == "POST":
        return _choose(request, period)
    chosen = {(row.office_id, row.key) for row in queries.choices_of(office).get(period.key, [])}
    groups = [
        {"key": key, "name": name, "rows": [_row(template, chosen) for template in found]}
        for key, name, found in shelf.grouped(queries.templates_of(office))
    ]
    names = {"short": _("Kata pendek"), "usual": _("Kata biasa"), "long": _("Kata terpanjang")}
    shown = request.GET.get("contoh", "usual")
    context = {
        "period": period,
        "groups": groups,
        "has_choice": bool(chosen),
        "task": queries.templates_task(office, period.key),
        "previous": period.previous,
        "next": period.next,
        "samples": names,
        "sample": shown if shown in names else "usual",
        "may_choose": request.actor.may("ca"),
        "may_edit": request.actor.may(*EDITORS),
        "own": queries.own_templates(office) if request.actor.may(*EDITORS) else [],
    }
    return render(request, "cards/templates.html", context)


def _row(template: CardTemplate, chosen: Collection[tuple[int | None, str]]) -> dict[str, Any]:
    """A template on its shelf; before anything is chosen, those for every day are offered."""
    place = shelf.place_of(template)
    # By its key: a choice made of an earlier version still holds.
    is_chosen = (template.office_id, template.key) in chosen
    is_offered = is_chosen if chosen else not place.occasion
    return {"template": template, "occasion": place.occasion, "is_chosen": is_chosen, "is_offered": is_offered}


@require_safe
@signed_in()
def sample(request: OfficeRequest, pk: int, size: str, sample: str) -> HttpResponse:
    """Send a template with sample words."""
    template = get_object_or_404(queries.all_templates_of(request.actor.office), pk=pk)
    if size not in SIZES or sample not in samples.WORDS:
        raise Http404
    draw = samples.small if "kecil" in request.GET else samples.jpeg
    return _jpeg(draw(queries.design_of(template), size, sample, office=request.actor.office.name))


def _record(request: OfficeRequest, pk: int, size: str) -> Record:
    found = queries.picture_of(card_of(request, pk), size)
    if found is None:
        raise Http404
    return found


def _data(record: Record) -> bytes:
    return content_or_404(record)


def _jpeg(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = KEEP
    return response


def _period(request: OfficeRequest) -> Period:
    office = request.actor.office
    kind: Any = office.roster_period
    try:
        return Period.parse(request.POST.get("periode") or request.GET.get("periode", ""))
    except ValueError:
        return queries.period_to_choose(office) or Period.of(clock.today(office.timezone), kind)


def _choose(request: OfficeRequest, period: Period) -> HttpResponse:
    if not request.actor.may("ca"):
        messages.warning(request, _("Templat dipilih oleh CA."))
        return redirect("cards:templates")
    wanted = {pk for pk in request.POST.getlist("templat") if pk.isdigit()}
    chosen = [row for row in queries.templates_of(request.actor.office) if str(row.pk) in wanted]
    try:
        actions.choose_templates(
            office=request.actor.office, period=period, templates=chosen, by=request.actor.name, at=clock.now()
        )
        names = ", ".join(row.name for row in chosen)
        messages.success(request, _("Templat untuk periode ini: %(names)s.") % {"names": names})
    except actions.NothingChosen:
        messages.warning(request, _("Pilih paling sedikit satu templat."))
    return redirect(f"{request.path}?periode={period.key}")
