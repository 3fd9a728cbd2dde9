from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.calendar import actions, queries
from pegasus.calendar.domain.editions import HolidayEdition
from pegasus.calendar.domain.years import months_of
from pegasus.calendar.forms import EARLIEST, LATEST, DayForm, HolidayForm, WithdrawalForm
from pegasus.calendar.models import Holiday
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in

KEEPERS = ("ca", "admin")
WEEKDAYS = [date(2024, 1, day) for day in range(1, 8)]  # any week from Monday: only the names are shown


@require_GET
@signed_in()
def index(request: OfficeRequest, year: int | None = None) -> HttpResponse:
    """Show a year: what each day is, and by which decree."""
    today = clock.today(request.actor.office.timezone)
    year = today.year if year is None else year
    if not EARLIEST.year <= year <= LATEST.year:
        raise Http404
    rows = list(queries.holidays_of(request.actor.office).filter(on__year=year))
    months = months_of(year, queries.days_off(rows))
    can_seed, may_change = abs(year - today.year) <= 1, request.actor.may(*KEEPERS)
    edition = queries.edition_for(rows, queries.package_days([year])) if rows and can_seed and may_change else None
    return render(
        request,
        "calendar/index.html",
        {
            "year": year,
            "today": today,
            "rows": rows,
            "months": months,
            "weekdays": WEEKDAYS,
            "working_days": sum(month.working_days for month in months),
            "estimated": sum(off.is_estimated for month in months for off in month.days_off),
            "may_change": may_change,
            "lacks_collective_leave": bool(rows) and queries.lacks_collective_leave(rows),
            "can_seed": can_seed,
            "edition": edition,
        },
    )


@require_POST
@signed_in(*KEEPERS)
def seed(request: OfficeRequest, year: int) -> HttpResponse:
    """Fill a year with the known holidays."""
    if abs(year - clock.today(request.actor.office.timezone).year) > 1:
        raise Http404
    actor = request.actor
    edition = actions.seed_holidays(office=actor.office, years=[year], by=actor.name, at=clock.now())
    if edition.added:
        text = _("%(count)s hari libur dan cuti bersama %(year)s dimasukkan. Cocokkan dengan SKB.")
        messages.success(request, text % {"count": len(edition.added), "year": year})
    for move in edition.moved:
        days = {"name": move.new.name, "old": _date(move.old.on), "new": _date(move.new.on)}
        messages.success(request, _("%(name)s bergeser dari %(old)s ke %(new)s.") % days)
    for day in edition.withdrawn:
        messages.success(
            request, _("%(name)s pada %(day)s tidak lagi libur.") % {"name": day.name, "day": _date(day.on)}
        )
    if edition.settled:
        text = _("%(count)s hari %(year)s bukan lagi perkiraan.")
        messages.success(request, text % {"count": len(edition.settled), "year": year})
    if edition == HolidayEdition():
        messages.info(request, _("Tidak ada yang berubah untuk %(year)s.") % {"year": year})
    back = reverse("calendar:year", args=[year])
    return redirect(f"{reverse('home:follow-up')}?{urlencode({'kembali': back})}")


@require_http_methods(["GET", "POST"])
@signed_in(*KEEPERS)
def add(request: OfficeRequest) -> HttpResponse:
    """Ask for a day off; what it moves is looked at before it is applied."""
    form = HolidayForm(
        request.POST if request.method == "POST" else None, initial={"on": request.GET.get("tanggal", "")}
    )
    if request.method == "POST" and form.is_valid():
        standing = queries.holidays_of(request.actor.office).filter(on=form.cleaned_data["on"], withdrawn_at=None)
        if not standing.exists():
            return _look_first(tambah=form.cleaned_data["on"].isoformat(), **_words(form))
        form.add_error("on", _("Hari ini sudah tercatat sebagai hari libur."))
    return render(request, "calendar/add.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@signed_in(*KEEPERS)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask for the decree that makes a day off a working day again; what it moves is looked at first."""
    holiday = get_object_or_404(queries.holidays_of(request.actor.office), pk=pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _look_first(cabut=str(holiday.pk), decree_number=form.cleaned_data["decree_number"])
    return render(request, "calendar/withdraw.html", {"form": form, "holiday": holiday}, status=_status(form))


@require_POST
@signed_in(*KEEPERS)
def restore(request: OfficeRequest, pk: int) -> HttpResponse:
    """Lead to what undoing a withdrawal would move."""
    return _look_first(pulihkan=str(get_object_or_404(queries.holidays_of(request.actor.office), pk=pk).pk))


@require_http_methods(["GET", "POST"])
@signed_in(*KEEPERS)
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct the name, the kind or the decree of a day off."""
    holiday = get_object_or_404(queries.holidays_of(request.actor.office).filter(withdrawn_at=None), pk=pk)
    known = {"name": holiday.name, "kind": holiday.kind, "decree_number": holiday.decree_number}
    form = DayForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_holiday(holiday=holiday, **form.cleaned_data, by=request.actor.name, at=clock.now())
        except actions.NothingChanged:
            messages.info(request, _("Tidak ada yang berubah pada %(day)s.") % {"day": _day(holiday)})
        else:
            messages.success(request, _("Catatan %(day)s diperbarui.") % {"day": _day(holiday)})
        return redirect("calendar:year", holiday.on.year)
    return render(request, "calendar/change.html", {"form": form, "holiday": holiday}, status=_status(form))


def _look_first(**asked: str) -> HttpResponse:
    return redirect(f"{reverse('home:decree')}?{urlencode(asked)}")


def _words(form: HolidayForm) -> dict[str, str]:
    return {name: str(form.cleaned_data[name]) for name in ("name", "kind", "decree_number")}


def _day(holiday: Holiday) -> str:
    return _date(holiday.on)


def _date(day: date) -> str:
    return formats.date_format(day, "l, j F Y")


def _status(form: Form) -> int:
    return 422 if form.errors else 200
