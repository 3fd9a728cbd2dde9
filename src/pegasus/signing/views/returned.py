"""A file that came back and waits: both files side by side, and who answers for it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.archive import files
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.signing import actions, queries, words
from pegasus.signing.models import ReturnedFile, SignatureRequest
from pegasus.signing.side_by_side import page_pairs, split_pairs
from pegasus.signing.views.pictures import page_answer


@require_GET
@signed_in()
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what was sent and what came back next to each other, with what the comparison says."""
    wish, returned = _waiting(request, pk)
    return _page(request, wish, returned)


@require_POST
@signed_in()
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """Note that this person finds both files to show the same, signed by the one who was asked."""
    wish, returned = _waiting(request, pk)
    if not request.POST.get("sure"):
        return _page(request, wish, returned, error=_("Centang pernyataannya dahulu: nama Anda tercatat di sana."))
    if request.POST.get("seen") != returned.sha256:
        changed = _("Berkas yang kembali diganti sejak halaman ini dibuka. Periksa yang sekarang, lalu terima.")
        return _page(request, wish, returned, error=changed)
    return _settled(request, wish, returned, confirmed=True)


@require_POST
@signed_in()
def settle(request: OfficeRequest, pk: int) -> HttpResponse:
    """Read the file again: a root may have been pinned meanwhile."""
    wish, returned = _waiting(request, pk)
    return _settled(request, wish, returned, confirmed=False)


@require_POST
@signed_in()
def refuse(request: OfficeRequest, pk: int) -> HttpResponse:
    """Refuse the file; the request goes on waiting."""
    wish, returned = _waiting(request, pk)
    try:
        actions.refuse(returned=returned, by=request.actor.name, at=clock.now())
    except actions.AlreadyDecided:
        messages.info(request, _("Berkas ini sudah diputuskan sebelumnya."))
    else:
        messages.success(request, _("Berkas ditolak. Permintaan tanda tangannya tetap menunggu."))
    return redirect("signing:request", wish.pk)


@require_GET
@signed_in()
def page_picture(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """Draw one page of the file that came back."""
    _, returned = _waiting(request, pk)
    return page_answer(
        request,
        lambda: queries.content_of_returned(returned),
        sha256=returned.sha256,
        number=number,
        large="besar" in request.GET,
    )


def _settled(
    request: OfficeRequest, wish: SignatureRequest, returned: ReturnedFile, *, confirmed: bool
) -> HttpResponse:
    act = actions.confirm if confirmed else actions.settle
    try:
        found = act(returned=returned, by=request.actor.name, at=clock.now())
    except actions.AlreadyDecided:
        messages.info(request, _("Berkas ini sudah diputuskan sebelumnya."))
        return redirect("signing:request", wish.pk)
    except actions.NotSigned as refusal:
        return _page(request, wish, returned, error=words.not_signed(refusal.reason, refusal.facts))
    except (*actions.REFUSALS, files.FileDamaged, OSError) as refusal:
        return _page(request, wish, returned, error=words.refused(refusal))
    if isinstance(found, ReturnedFile):
        messages.info(request, _("Berkas ini masih menunggu pemastian."))
        return redirect("signing:returned", wish.pk)
    messages.success(request, _("Berkas bertanda tangan untuk %(title)s disimpan.") % {"title": wish.title})
    return redirect("signing:request", wish.pk)


def _waiting(request: OfficeRequest, pk: int) -> tuple[SignatureRequest, ReturnedFile]:
    actor = request.actor
    wish = get_object_or_404(queries.requests_for(actor.employee, actor.roles), pk=pk)
    if not queries.may_bring_back(wish, actor.employee, actor.roles):
        raise PermissionDenied
    returned = queries.returned_for(wish)
    if returned is None:
        raise Http404
    return wish, returned


def _page(request: OfficeRequest, wish: SignatureRequest, returned: ReturnedFile, *, error: str = "") -> HttpResponse:
    shown, folded = split_pairs(page_pairs(returned))
    context = {
        "wish": wish,
        "returned": returned,
        "error": error,
        "open_lines": list(words.open_lines(returned)),
        "asks_for_a_person": bool({"pages", "name"} & set(returned.questions)) and returned.matched_at is None,
        "expected": queries.asked_in_words(wish),
        "open_pairs": shown,
        "folded_pairs": folded,
        "actor_name": request.actor.name,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "signing/returned.html", context, status=status)
