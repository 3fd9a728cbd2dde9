"""One card's page: its picture with the reviewers' pins, what they decide, and its versions side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pegasus.archive.views.files import content_or_404
from pegasus.cards import actions, linting, pins, queries
from pegasus.cards.domain.changes import Piece, compare
from pegasus.cards.forms import CommentForm, VerdictForm
from pegasus.cards.models import Card, CardVersion
from pegasus.cards.sentences import Said, say
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in

REVIEWERS = queries.REVIEWERS
KEEP = "private, max-age=31536000, immutable"


@dataclass(frozen=True)
class Difference:
    """One part of a card in both versions, word by word."""

    label: str
    old: list[Piece]
    new: list[Piece]

    @property
    def is_change(self) -> bool:
        """Tell whether the two differ."""
        return any(piece.is_changed for piece in (*self.old, *self.new))


@require_safe
@signed_in()
def card(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one card: its picture, what was said about it, its words, and every file it ever had."""
    return _page(request, card_of(request, pk))


@require_safe
@signed_in(*REVIEWERS)
def findings(request: OfficeRequest, pk: int) -> HttpResponse:
    """Look a card over, for its own page: the same findings as its writer sees."""
    return render(request, "cards/card.html#findings", {"checked": _checked(card_of(request, pk))})


@require_POST
@signed_in(*REVIEWERS)
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Pin a comment to the picture, or say it of the whole card."""
    found, form = card_of(request, pk), CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, comment=form, status=422)

    def deed() -> HttpResponse:
        made = actions.comment_on(
            card=found,
            number=form.cleaned_data["versi"],
            text=form.cleaned_data["text"],
            place=form.place,
            by=request.actor.name,
            author=request.actor.employee,
            at=clock.now(),
        )
        size = f"?ukuran={made.size}" if made.size else ""
        return redirect(f"{reverse('cards:card', args=[pk])}{size}#komentar-{made.version.number}-{made.number}")

    return _do(request, found, deed, comment=form)


@require_POST
@signed_in(*REVIEWERS)
def remove_comment(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """Take one's own comment back, as long as the card has not gone back with it."""
    mine = queries.comments_in(request.actor.office).filter(author=request.actor.employee)
    found = get_object_or_404(mine, version__card=pk, pk=number)

    def deed() -> HttpResponse:
        actions.take_back_comment(comment=found, by=request.actor.name, at=clock.now())
        return redirect(f"{reverse('cards:card', args=[pk])}#komentar")

    return _do(request, card_of(request, pk), deed)


@require_POST
@signed_in(*REVIEWERS)
def settle(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """Tick a comment as seen to, or open it again."""
    found = get_object_or_404(queries.comments_in(request.actor.office), version__card=pk, pk=number)
    is_done = request.POST.get("selesai") == "1"
    actions.settle_comment(comment=found, is_done=is_done, by=request.actor.name, at=clock.now())
    back = reverse("cards:compare" if request.POST.get("dari") == "versi" else "cards:card", args=[pk])
    return redirect(f"{back}#komentar-{found.version.number}-{found.number}")


@require_POST
@signed_in(*REVIEWERS)
def approve(request: OfficeRequest, pk: int) -> HttpResponse:
    """Approve a sent card."""
    found, form = card_of(request, pk), VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, found, verdict=form, status=422)

    def deed() -> HttpResponse:
        actions.approve_card(
            card=found,
            note=form.cleaned_data["note"],
            number=form.cleaned_data["versi"],
            reviewer=request.actor.employee,
            despite_comments=form.cleaned_data["meski"],
            by=request.actor.name,
            at=clock.now(),
        )
        messages.success(request, _("Kartu %(name)s disetujui.") % {"name": found.name})
        return redirect("cards:card", pk)

    return _do(request, found, deed, verdict=form)


@require_POST
@signed_in(*REVIEWERS)
def give_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a sent card back with its open comments, a note, or both."""
    found, form = card_of(request, pk), VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, found, verdict=form, status=422)

    def deed() -> HttpResponse:
        note, number = form.cleaned_data["note"], form.cleaned_data["versi"]
        actions.return_card(card=found, note=note, number=number, by=request.actor.name, at=clock.now())
        told = found.task.subject.startswith("duty:") and found.task.owner_id == found.holder_id is not None
        words = _("Kartu %(name)s dikembalikan; pesan untuk penulisnya sedang disiapkan.")
        messages.success(request, (words if told else _("Kartu %(name)s dikembalikan.")) % {"name": found.name})
        return redirect("cards:card", pk)

    return _do(request, found, deed, verdict=form)


@require_safe
@signed_in()
def versions(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show two versions of a card beside each other."""
    found = card_of(request, pk)
    there = list(queries.sent_versions(found))
    if len(there) < 2:  # noqa: PLR2004 - two are compared
        return redirect("cards:card", pk)
    numbers = {str(version.number): version for version in there}
    new = numbers.get(request.GET.get("baru", ""), there[0])
    old = numbers.get(request.GET.get("lama", ""), next(one for one in there if one is not new))
    size = request.GET.get("ukuran", "portrait")
    sides = [pins.show(version, size) for version in sorted((old, new), key=lambda version: version.number)]
    parts = differences(sides[0].version, sides[1].version)
    context: dict[str, Any] = {
        "card": found,
        "versions": there,
        "sides": sides,
        "shown": sides[-1],
        "size": sides[-1].size,
        "changed": [part for part in parts if part.is_change],
        "unchanged": [part.label for part in parts if not part.is_change],
        "same_picture": _digest(sides[0]) == _digest(sides[1]),
        "is_reviewer": request.actor.may(*REVIEWERS),
        **_verdict(request, found, sides[1].version if sides[1].version == there[0] else None, VerdictForm()),
    }
    return render(request, "cards/versions.html", context)


@require_safe
@signed_in()
def version_picture(request: OfficeRequest, pk: int, number: int, size: str) -> HttpResponse:
    """Send a version's file."""
    version = get_object_or_404(queries.sent_versions(card_of(request, pk)), number=number)
    record = pins.show(version, size).pictures.get(size)
    if record is None:
        raise Http404
    response = HttpResponse(content_or_404(record), content_type="image/jpeg")
    response["Cache-Control"] = KEEP
    return response


def differences(old: CardVersion, new: CardVersion) -> list[Difference]:
    """Return what both versions say, part by part."""
    parts = [
        (_("Kata motivasi"), old.words, new.words),
        (_("Sumber"), old.source, new.source),
        (_("Nama"), old.name, new.name),
        (_("Templat"), _made_with(old), _made_with(new)),
        (_("Teks alternatif"), old.alt_text, new.alt_text),
    ]
    return [Difference(label, *compare(before, after)) for label, before, after in parts]


def _made_with(version: CardVersion) -> str:
    if version.upload_id:
        return _("Gambar jadi dari penulis")
    return version.template.name if version.template else ""


def _digest(side: pins.Shown) -> str:
    return side.picture.sha256 if side.picture else ""


def card_of(request: OfficeRequest, pk: int) -> Card:
    """Return a card of the reader's own office."""
    return get_object_or_404(queries.cards_of(request.actor.office).select_related("task", "office", "upload"), pk=pk)


def _do(request: OfficeRequest, found: Card, deed: Callable[[], HttpResponse], **forms: Any) -> HttpResponse:  # noqa: ANN401 - the page's forms
    """Do what a reviewer asked for; where it cannot be done, say why and keep what was typed."""
    try:
        return deed()
    except actions.NewerVersion:
        told = _(
            "Sementara itu penulis mengirim versi baru. Lihat dulu gambarnya; yang Anda tulis masih ada di bawah."
        )
    except actions.AlreadyReviewed:
        told = _("Kartu ini sudah diputuskan sebelumnya, atau sedang diubah penulisnya.")
    except actions.OwnCard:
        told = _("Kartu sendiri disetujui oleh rekan lain.")
    except actions.CommentsOpen:
        told = _(
            "Masih ada komentar terbuka pada versi ini. Minta perubahan, atau centang bahwa kartu tetap disetujui."
        )
    except actions.NoteMissing:
        forms["verdict"].add_error("note", _("Tulis apa yang perlu diperbaiki, atau beri komentar pada gambar."))
        return _page(request, found, status=422, **forms)
    found.refresh_from_db()
    return _page(request, found, told=told, status=409, **forms)


def _page(
    request: OfficeRequest,
    found: Card,
    *,
    comment: CommentForm | None = None,
    verdict: VerdictForm | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    there = list(queries.sent_versions(found))
    typed = comment.data.get("ukuran", "") if comment is not None else ""
    shown = pins.show(there[0], request.GET.get("ukuran", typed)) if there else None
    is_reviewer = request.actor.may(*REVIEWERS)
    context: dict[str, Any] = {
        "card": found,
        "waits": queries.waits_for_review(found, found.office, at=clock.now()),
        "shown": shown,
        "size": shown.size if shown else "portrait",
        "versions": there,
        "history": queries.history_of(found)[:30],
        "told": told,
        "comment_form": comment or CommentForm(initial={"letak": ""}),
        "place_names": pins.PLACE_NAMES,
        "me": request.actor.employee.pk,
        "is_reviewer": is_reviewer,
        "may_check": is_reviewer and bool(found.words.strip() or found.upload_id),
        "checked": _checked(found) if "periksa" in request.GET else None,
        **_verdict(request, found, there[0] if there else None, verdict or VerdictForm()),
    }
    return render(request, "cards/card.html", context, status=status)


def _verdict(request: OfficeRequest, found: Card, version: CardVersion | None, form: VerdictForm) -> dict[str, Any]:
    """Return what the panel needs in which a reviewer decides; `version`: the newest, if it is on the page."""
    may_review = (
        version is not None
        and request.actor.may(*REVIEWERS)
        and queries.waits_for_review(found, found.office, at=clock.now())
    )
    if not may_review or version is None:
        return {"may_review": False}
    asked = sum(1 for one in version.comments.all() if one.done_at is None)
    return {
        "may_review": True,
        "verdict_form": form,
        "asked": asked,
        "asked_words": ngettext("%(count)d komentar terbuka", "%(count)d komentar terbuka", asked) % {"count": asked},
        "is_own": queries.must_leave_to_others(found, request.actor.employee, at=clock.now()),
    }


def _checked(found: Card) -> list[Said]:
    return say(linting.look(found))
