from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.calendar import actions, queries
from pegasus.calendar.domain.years import months_of
from pegasus.calendar.forms import EARLIEST, LATEST, HolidayForm, WithdrawalForm
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
            "may_change": request.actor.may(*KEEPERS),
            "lacks_collective_leave": bool(rows) and queries.lacks_collective_leave(rows),
            "can_seed": abs(year - today.year) <= 1,
        },
    )


@require_POST
@signed_in(*KEEPERS)
def seed(request: OfficeRequest, year: int) -> HttpResponse:
    """Fill a year with the known holidays."""
    if abs(year - clock.today(request.actor.office.timezone).year) > 1:
        raise Http404
    found = actions.seed_holidays(office=request.actor.office, years=[year])
    if found:
        text = _("%(count)s hari libur dan cuti bersama %(year)s dimasukkan. Cocokkan dengan SKB.")
        messages.success(request, text % {"count": found, "year": year})
    else:
        messages.info(request, _("Tidak ada hari baru untuk %(year)s.") % {"year": year})
    return redirect("calendar:year", year)


@require_http_methods(["GET", "POST"])
@signed_in(*KEEPERS)
def add(request: OfficeRequest) -> HttpResponse:
    """Declare a day off."""
    form = HolidayForm(
        request.POST if request.method == "POST" else None, initial={"on": request.GET.get("tanggal", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            holiday = actions.add_holiday(
                office=request.actor.office, **form.cleaned_data, by=request.actor.name, at=clock.now()
            )
        except actions.DayTaken:
            form.add_error("on", _("Hari ini sudah tercatat sebagai hari libur."))
        else:
            messages.success(request, _("%(day)s menjadi hari libur.") % {"day": _day(holiday)})
            return _back(holiday)
    return render(request, "calendar/add.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@signed_in(*KEEPERS)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make a day off a working day again."""
    holiday = get_object_or_404(queries.holidays_of(request.actor.office), pk=pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decree = form.cleaned_data["decree_number"]
        try:
            actions.withdraw_holiday(holiday=holiday, decree_number=decree, by=request.actor.name, at=clock.now())
        except actions.AlreadyWithdrawn:
            messages.info(request, _("Hari ini sudah dicabut sebelumnya."))
        else:
            messages.success(request, _("%(day)s bukan lagi hari libur.") % {"day": _day(holiday)})
        return _back(holiday)
    return render(request, "calendar/withdraw.html", {"form": form, "holiday": holiday}, status=_status(form))


@require_POST
@signed_in(*KEEPERS)
def restore(request: OfficeRequest, pk: int) -> HttpResponse:
    """Undo a withdrawal."""
    holiday = get_object_or_404(queries.holidays_of(request.actor.office), pk=pk)
    try:
        actions.restore_holiday(holiday=holiday, by=request.actor.name, at=clock.now())
    except actions.NotWithdrawn:
        messages.info(request, _("Hari ini memang sedang berlaku sebagai hari libur."))
    else:
        messages.success(request, _("%(day)s kembali menjadi hari libur.") % {"day": _day(holiday)})
    return _back(holiday)


def _day(holiday: Holiday) -> str:
    return formats.date_format(holiday.on, "l, j F Y")


def _back(holiday: Holiday) -> HttpResponse:
    return redirect("calendar:year", holiday.on.year)


def _status(form: HolidayForm | WithdrawalForm) -> int:
    return 422 if form.errors else 200
