"""What the personal page shows: the desk with the live card, its bank of words, and the card that was sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pegasus.cards import queries, suggestions
from pegasus.cards.domain import wording
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.models import Card
from pegasus.home import personal_adjust, personal_review, personal_upload, personal_ways
from pegasus.home.personal_check import Checked
from pegasus.home.personal_draft import CardForm, Draft, Visit, heard, live_card, picture_name, small_cards
from pegasus.kernel import clock
from pegasus.ui.searching import words_asked

SAYINGS = 40


def is_sent(card: Card) -> bool:
    """Tell whether the card is in: it then changes only by sending it again."""
    return card.state in queries.SENT


def may_change(card: Card) -> bool:
    """Tell whether a sent card may still be sent again."""
    return card.shown_on >= clock.today(card.office.timezone) and not queries.is_posted(card)


def stage(visit: Visit, draft: Draft) -> dict[str, Any]:
    """What the live card's part of the page needs: the card, its neighbours among the templates, its sizes."""
    templates = visit.templates if draft.template in visit.templates else [*visit.templates, draft.template]
    place = templates.index(draft.template)
    is_upload = visit.card.upload_id is not None
    return {
        "visit": visit,
        "draft": draft,
        "is_upload": is_upload,
        "svg": "" if is_upload else live_card(visit, draft),
        "picture": picture_name(visit, draft),
        "heard": heard(visit.card, draft),
        "version": f"{visit.card.upload_id}-{visit.card.updated_at:%H%M%S%f}" if is_upload else "",
        "steps": personal_adjust.steps(draft.adjustments),
        "place": place + 1,
        "count": len(templates),
        "before": templates[place - 1],
        "after": templates[(place + 1) % len(templates)],
    }


def sizes(visit: Visit, draft: Draft) -> dict[str, Any]:
    """What the row of sizes needs: the card small in each, as it is typed."""
    names = [("portrait", _("Potret"), "4:5"), ("square", _("Persegi"), "1:1"), ("story", _("Story"), "9:16")]
    drawn = small_cards(visit, draft)
    return {
        "visit": visit,
        "draft": draft,
        "sizes": [(key, label, ratio, SIZES[key], drawn[key]) for key, label, ratio in names],
    }


def adjusting(visit: Visit, draft: Draft) -> dict[str, Any]:
    """What the part with colours and places needs."""
    if visit.card.upload_id is not None:
        return {}
    design = queries.design_of(draft.template)
    return {
        "visit": visit,
        "knobs": personal_adjust.knobs(visit.office, design, draft.adjustments),
    }


def sayings(visit: Visit, asked: str) -> dict[str, Any]:
    """What the bank's part of the page needs."""
    found = list(queries.search_words(visit.office, asked)[: SAYINGS + 1])
    return {
        "offer": None if asked else suggestions.for_week(visit.office, visit.card.shown_on),
        "visit": visit,
        "asked": asked,
        "sayings": found[:SAYINGS],
        "has_more": len(found) > SAYINGS,
        "themes": queries.themes_of(visit.office),
    }


def desk(
    request: HttpRequest,
    visit: Visit,
    draft: Draft,
    *,
    checked: Checked | None = None,
    form: CardForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page on which a card is made, with what was found on it."""
    context = (
        stage(visit, draft)
        | sizes(visit, draft)
        | adjusting(visit, draft)
        | sayings(visit, words_asked(request))
        | {
            "card": visit.card,
            "form": form or CardForm(initial=draft.initial()),
            "checked": checked or Checked(),
            "photo_is_gone": bool(visit.card.photo) and not queries.photo_of(visit.card),
            "without_photo": draft.without_photo,
            "longest": wording.LONGEST,
            **personal_upload.context(visit),
            "is_again": is_sent(visit.card),
            **personal_review.asked(visit),
            **personal_ways.ways_out(visit, request),
            "changeable": draft.design.changeable,
        }
    )
    return render(request, "home/personal/page.html", context, status=status)


def sent(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the card that is in, and where it goes from here."""
    sizes = [("portrait", _("Potret")), ("square", _("Persegi")), ("story", _("Story"))]
    context = {
        "visit": visit,
        "card": visit.card,
        "sizes": sizes,
        "may_change": may_change(visit.card),
        "is_posted": queries.is_posted(visit.card),
        "waits": visit.office.reviews_cards and visit.card.state == Card.State.SUBMITTED,
        "is_day": clock.today(visit.office.timezone) >= visit.card.shown_on,
    }
    return render(request, "home/personal/sent.html", context)
