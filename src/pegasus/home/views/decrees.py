"""A decree changes the calendar: what it moves is shown before it is applied."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pegasus.calendar import actions as calendar
from pegasus.calendar import queries as days
from pegasus.calendar.forms import HolidayForm, WithdrawalForm
from pegasus.home import actions, queries
from pegasus.home.views.consequences import KEEPERS, Choice, no_longer_fits, repaired
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.roster import actions as roster

ALL, DAY_ONLY = "semua", "hari"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*KEEPERS)
def decree(request: OfficeRequest) -> HttpResponse:
    """Show what a decree moves; then apply the day with its moves, or the day alone."""
    office = request.actor.office
    asked = request.POST if request.method == "POST" else request.GET
    change = _change(office, asked)
    if request.method == "POST" and asked.get("lingkup") in {ALL, DAY_ONLY}:
        return _apply(request, change, asked)
    preview = queries.considered(office, change.calendar_of(office), at=clock.now())
    choices = [Choice(line, picked=True, person=line.after.pk if line.after else 0) for line in preview.lines]
    fields = [(name, asked[name]) for name in asked if name not in {"csrfmiddlewaretoken", "lingkup", "keadaan"}]
    kinds = dict(HolidayForm.base_fields["kind"].choices)  # type: ignore[attr-defined] # a choice field has choices
    shown = {
        "change": change,
        "kind": kinds.get(change.words.get("kind", "")),
        "preview": preview,
        "choices": choices,
        "fields": fields,
        "is_editable": False,
    }
    return render(request, "home/consequences/decree.html", shown)


def _change(office: Office, asked: QueryDict) -> actions.DayChange:
    """Read what was asked for; an address that was tampered with leads nowhere."""
    if asked.get("tambah"):
        form = HolidayForm({**asked.dict(), "on": asked["tambah"]})
        if not form.is_valid():
            raise Http404
        words = {name: form.cleaned_data[name] for name in ("name", "kind", "decree_number")}
        return actions.DayChange("add", form.cleaned_data["on"], words)
    key = asked.get("cabut") or asked.get("pulihkan") or ""
    if not (key.isascii() and key.isdigit() and len(key) < len(str(2**63))):
        raise Http404
    holiday = get_object_or_404(days.holidays_of(office), pk=key)
    if asked.get("pulihkan"):
        return actions.DayChange("restore", holiday.on, holiday=holiday)
    form_of = WithdrawalForm(asked)
    if not form_of.is_valid():
        raise Http404
    return actions.DayChange("withdraw", holiday.on, form_of.cleaned_data, holiday)


def _apply(request: OfficeRequest, change: actions.DayChange, asked: QueryDict) -> HttpResponse:
    office, at = request.actor.office, clock.now()
    seal = asked.get("keadaan", "-") if asked["lingkup"] == ALL else ""
    day = date_format(change.on, "l, j F Y")
    try:
        done = actions.change_day(office=office, change=change, seal=seal, by=request.actor.name, at=at)
    except roster.WorldChanged:
        messages.warning(request, _("Keadaan berubah sejak pratinjau dibuka. Periksa sekali lagi, lalu tetapkan."))
        again = asked.copy()
        for name in ("csrfmiddlewaretoken", "lingkup", "keadaan"):
            again.pop(name, None)
        return redirect(f"{request.path}?{again.urlencode()}")
    except calendar.DayTaken:
        messages.info(request, _("Hari ini sudah tercatat sebagai hari libur."))
    except calendar.AlreadyWithdrawn:
        messages.info(request, _("Hari ini sudah dicabut sebelumnya."))
    except calendar.NotWithdrawn:
        messages.info(request, _("Hari ini memang sedang berlaku sebagai hari libur."))
    else:
        words = {
            "add": _("%(day)s menjadi hari libur."),
            "withdraw": _("%(day)s bukan lagi hari libur."),
            "restore": _("%(day)s kembali menjadi hari libur."),
        }
        messages.success(request, words[change.deed] % {"day": day})
        if done:
            messages.success(request, repaired(len(done)))
        left = len(queries.misfits_of(office, at=at))
        if left:
            messages.warning(request, no_longer_fits(left))
            return redirect("home:consequences")
    return redirect("calendar:year", change.on.year)
