"""A change outside the roster: which turns no longer fit, the proposed repair, and one button for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pegasus.home import queries
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Employee
from pegasus.roster import actions as roster

KEEPERS = ("ca", "admin")
PICKED, PERSON, ALL_OF = "pilih", "petugas-", "orang"
AT_A_GLANCE = 100  # people in one choice; more are fetched for the one line where they are wanted


@dataclass(frozen=True)
class Choice:
    """A line with what stands in its form."""

    line: queries.Line
    picked: bool
    person: int
    error: str = ""
    is_whole: bool = False  # everybody stands in the choice, however many they are

    @property
    def people(self) -> list[Employee]:
        """Return who can be chosen: in a large office the chosen one alone, until more are asked for."""
        able = self.line.able
        if self.is_whole or len(able) <= AT_A_GLANCE:
            return list(able)
        return [person for person in able if person.pk == self.person]

    @property
    def others(self) -> int:
        """Count who could be chosen but does not stand in the choice."""
        return len(self.line.able) - len(self.people)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*KEEPERS)
def consequences(request: OfficeRequest) -> HttpResponse:
    """Show every turn that no longer fits, before and after; apply what is ticked."""
    if request.method != "POST":
        return _page(request)
    picks = {key: _number(request.POST.get(PERSON + key, "")) for key in request.POST.getlist(PICKED)}
    if not picks:
        return _page(request, picks, complaint=_("Centang paling sedikit satu perubahan."))
    try:
        done = roster.apply_repair(
            office=request.actor.office,
            picks=picks,
            fingerprint=request.POST.get("keadaan", ""),
            by=request.actor.name,
            at=clock.now(),
        )
    except roster.CannotTakeOver as refusal:
        complaint = _("Orang yang dipilih tidak dapat bertugas pada minggu itu, atau dipilih dua kali.")
        return _page(request, picks, wrong=str(refusal.args[0]), complaint=complaint)
    except (roster.WorldChanged, roster.HolderChanged):
        messages.warning(request, _("Keadaan berubah sejak halaman ini dibuka. Di bawah ini usulan yang baru."))
    else:
        if not done:  # what was ticked is none of the turns that wait
            return _page(request, complaint=_("Centang paling sedikit satu perubahan."))
        messages.success(request, repaired(len(done)))
    return redirect("home:consequences")


def repaired(count: int) -> str:
    """Say how many turns were repaired."""
    words = ngettext(
        "%(count)s giliran diperbarui; tenggat, pengingat, dan kalender langganan ikut.",
        "%(count)s giliran diperbarui; tenggat, pengingat, dan kalender langganan ikut.",
        count,
    )
    return words % {"count": count}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else roster.NOBODY


def _page(
    request: OfficeRequest, picks: Mapping[str, int] | None = None, *, wrong: str = "", complaint: str = ""
) -> HttpResponse:
    preview = queries.consequences(request.actor.office, at=clock.now())
    choices = [
        Choice(
            line,
            picked=not (line.is_stuck or (line.card_is_in and line.misfit.needs_person))
            if picks is None
            else line.key in picks,
            person=(picks or {}).get(line.key) or (line.after.pk if line.after else roster.NOBODY),
            error=complaint if line.key == wrong else "",
            is_whole=line.key == request.GET.get(ALL_OF),
        )
        for line in preview.lines
    ]
    shown = {"preview": preview, "choices": choices, "complaint": complaint, "is_editable": True}
    return render(request, "home/consequences/page.html", shown, status=422 if complaint else 200)


@require_safe
@signed_in()
def follow_up(request: OfficeRequest) -> HttpResponse:
    """Lead to the consequences where there are any, else back to where the change was made."""
    back = request.GET.get("kembali", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("home:home")
    if not request.actor.may(*KEEPERS):
        return redirect(back)
    count = len(queries.misfits_of(request.actor.office, at=clock.now()))
    if not count:
        return redirect(back)
    messages.warning(request, no_longer_fits(count))
    return redirect("home:consequences")


def no_longer_fits(count: int) -> str:
    """Say how many turns wait to be repaired."""
    words = ngettext(
        "Karena perubahan ini %(count)s giliran tidak lagi sesuai. Periksa usulan perbaikannya.",
        "Karena perubahan ini %(count)s giliran tidak lagi sesuai. Periksa usulan perbaikannya.",
        count,
    )
    return words % {"count": count}
