"""The page behind `/t/<token>/bagikan/`: an employee posts the card to the office's group and proves it (SOP 1.5)."""

from dataclasses import dataclass
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from pegasus.archive.models import Record
from pegasus.archive.views.files import content_or_404
from pegasus.cards.render import thumbnail
from pegasus.kernel import clock
from pegasus.people.models import PersonalLink
from pegasus.people.queries import closed_link, link_behind, token_of
from pegasus.publishing import actions, queries
from pegasus.publishing.models import Publication
from pegasus.publishing.queries import Posting
from pegasus.sop.models import Task
from pegasus.typeset.pictures import PictureRefused

WHATSAPP = "https://wa.me/?text="
# What the button on the page says, kept as the person's word; records are Indonesian whoever looks at the screen.
OWN_WORD = "Menyatakan di halaman pribadinya: sudah saya kirim di grup."
LONGEST_DRAFT = 900  # of a caption in an address


@dataclass(frozen=True)
class Visit:
    """Who is behind a personal link, and which card they are to post."""

    link: PersonalLink
    posting: Posting


class ProofForm(forms.Form):
    """The screenshot of the group."""

    screenshot = forms.FileField(
        label=gettext_lazy("Tangkapan layar dari grup"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={
            "required": gettext_lazy("Pilih dulu gambar tangkapan layarnya."),
            "empty": gettext_lazy("Berkas ini kosong. Pilih gambar tangkapan layarnya."),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, token: str) -> HttpResponse:
    """Show the card and the one button; a POST says what was done. A GET changes nothing."""
    visit = _visit(token)
    if visit is None:
        is_over = closed_link(token) is not None and link_behind(token, at=clock.now()) is None
        return render(request, "home/share/gone.html", status=410 if is_over else 404)
    with timezone.override(visit.link.employee.office.timezone):
        if request.method == "POST":
            return _take(request, token, visit)
        return _page(request, visit, ProofForm())


@require_GET
def picture(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Send the finished card as a file."""
    visit = _visit(token)
    found = queries.picture(visit.posting.card) if visit and visit.posting.card and visit.posting.is_ready else None
    if found is None:
        raise Http404
    return _file(found.record)


@require_GET
def team_picture(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001 - as above
    """Send the small picture of a card of the writer's own team."""
    visit = _visit(token)
    cards = queries.team_cards(visit.posting.card) if visit and visit.posting.card else []
    found = next((queries.picture(card, "square") for card in cards if card.pk == pk), None)
    if found is None:
        raise Http404
    response = HttpResponse(thumbnail(content_or_404(found.record)), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=300"
    return response


def _visit(token: str) -> Visit | None:
    """Return whose link it is; only the one who owes the post gets in."""
    link = link_behind(token, at=clock.now())
    posting = queries.posting_of(link.employee.office, link.subject) if link else None
    if link is None or posting is None or posting.group is None or posting.group.task.owner_id != link.employee_id:
        return None
    if posting.group.task.outcome == Task.Outcome.NOT_NEEDED:
        return None  # called off: whose birthday it is objected, or has left
    return Visit(link, posting)


def _file(record: Record) -> HttpResponse:
    response = HttpResponse(content_or_404(record), content_type=record.content_type)
    response["Cache-Control"] = "private, max-age=300"
    return response


def _page(request: HttpRequest, visit: Visit, form: ProofForm, *, status: int = 200) -> HttpResponse:
    posting = visit.posting
    group = posting.group
    caption = posting.caption.get("group", "")
    done = group is not None and group.is_posted
    context = {
        "token": token_of(visit.link),
        "employee": visit.link.employee,
        "posting": posting,
        "card": posting.card,
        "group": group,
        "caption": caption,
        "whatsapp": WHATSAPP + quote(caption[:LONGEST_DRAFT]),
        "is_early": clock.now() < posting.opens_at,
        "is_done": done,
        "has_own_page": visit.link.subject.startswith("duty:"),
        "is_opened": group is not None and group.state == Publication.State.OPENED,
        "is_in_doubt": group is not None and group.publication is not None and group.publication.is_in_doubt,
        "team": queries.team_cards(posting.card) if done and posting.card else [],
        "form": form,
    }
    return render(request, "home/share/page.html", context, status=status)


def _take(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
    """Take what the employee says: opened, sent with a screenshot, or sent by their word."""
    card, employee, at = visit.posting.card, visit.link.employee, clock.now()
    if card is None or not visit.posting.is_ready:
        return _page(request, visit, ProofForm(), status=409)
    group = next(one for one in actions.publications_for(card=card, at=at) if one.place == Publication.Place.GROUP)
    form = ProofForm(request.POST, request.FILES)
    deed = request.POST.get("deed")
    try:
        if deed == "opened":
            actions.open_publication(publication=group, at=at)
            return HttpResponse(status=204)
        if deed == "confirm":
            actions.confirm(publication=group, by=employee.name, at=at, employee_id=employee.pk, note=OWN_WORD)
        elif form.is_valid():
            upload = form.cleaned_data["screenshot"].read()
            actions.prove(publication=group, by=employee.name, at=at, screenshot=upload, employee_id=employee.pk)
        else:
            return _page(request, visit, form, status=422)
    except PictureRefused as refusal:
        form.add_error("screenshot", str(refusal))
        return _page(request, visit, form, status=422)
    except actions.UsedBefore as refusal:
        form.add_error(
            "screenshot",
            _("Gambar yang sama sudah menjadi bukti lain (%(name)s). Ambil tangkapan layar dari kartu ini di grup.")
            % {"name": refusal.card.name},
        )
        return _page(request, visit, form, status=422)
    except actions.AlreadyPosted:
        messages.info(request, _("Unggahan ini sudah tercatat sebelumnya."))
    except actions.NotYetTime:
        messages.warning(request, _("Belum hari tayang. Kartu dapat dibagikan mulai hari yang tertulis di bawah."))
    return redirect("home:share", token)
