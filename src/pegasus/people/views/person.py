from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.domain import absences
from pegasus.people.forms import (
    AbsenceForm,
    AccountForm,
    ChangeForm,
    ExemptionForm,
    LastDayForm,
    PhotoForm,
    RoleForm,
    TransferForm,
)
from pegasus.people.models import Absence, Employee
from pegasus.people.programmes import programmes_of
from pegasus.people.views import EDITORS, INVALID, follow_up

POWER_LEAVES = gettext_lazy(
    "Pemegang peran berwenang (administrator, Kepala, CC, CL, penilai) dicatat keluar atau mutasi oleh administrator."
)
NOBODY_LEFT = gettext_lazy(
    "Sesudah hari itu tidak ada lagi yang boleh mengurus daftar pegawai, atau tidak ada lagi administrator. "
    "Beri perannya kepada orang lain dulu."
)
FACTS = ("name", "title_before", "title_after", "nip", "team", "position", "birth_date", "email", "active_from")

Page = Callable[[OfficeRequest, int], HttpResponse]


def of_the_known(view: Page) -> Page:
    """Say so where something is to be written about somebody who was forgotten."""

    @wraps(view)
    def inner(request: OfficeRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except actions.Anonymised:
            messages.info(request, _("Orang ini sudah dilupakan; tidak ada lagi yang dicatat tentangnya."))
        except actions.HasLeft:
            messages.info(request, _("Orang ini tidak lagi bekerja di kantor ini; ia tidak diberi akun atau peran."))
        return redirect("people:person", pk)

    return inner


@require_GET
@signed_in(*EDITORS)
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one person."""
    return page(request, find(request, pk))


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
@of_the_known
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a person's facts."""
    employee = find(request, pk)
    form = ChangeForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(employee, name) for name in FACTS}
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_employee(employee=employee, **form.facts(), by=request.actor.name, at=clock.now())
        except actions.NipTaken:
            form.add_error("nip", _("NIP ini sudah tercatat untuk pegawai lain di kantor ini."))
        except actions.LeavesBeforeComing:
            form.add_error("active_from", _("Lebih lambat daripada hari terakhirnya di kantor ini."))
        else:
            text = _("Data %(name)s diperbarui.") if changed else _("Tidak ada yang berubah pada data %(name)s.")
            messages.success(request, text % {"name": employee.name})
            return redirect("people:person", employee.pk)
    context = {"form": form, "person": employee, "teams": queries.teams_of(request.actor.office)}
    return render(request, "people/change.html", context, status=INVALID if form.errors else 200)


@require_POST
@signed_in(*EDITORS)
@of_the_known
def leave(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down a person's last day."""
    employee = find(request, pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        return page(request, employee, leave_form=form)
    try:
        actions.let_leave(
            employee=employee, last_day=form.cleaned_data["last_day"], by=request.actor.employee, at=clock.now()
        )
    except actions.OnlyTheAdministrator:
        form.add_error("last_day", str(POWER_LEAVES))
        return page(request, employee, leave_form=form)
    except actions.LeavesBeforeComing:
        form.add_error("last_day", _("Lebih awal daripada hari pertamanya di kantor ini."))
        return page(request, employee, leave_form=form)
    except actions.NobodyLeft:
        form.add_error("last_day", str(NOBODY_LEFT))
        return page(request, employee, leave_form=form)
    messages.success(request, _("Hari terakhir %(name)s tercatat.") % {"name": employee.name})
    return follow_up(_address(employee.pk))


@require_POST
@signed_in(*EDITORS)
@of_the_known
def come_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a leaving back."""
    employee = find(request, pk)
    try:
        actions.return_to_office(employee=employee, by=request.actor.name, at=clock.now())
    except actions.MovedAway:
        text = _("%(name)s sudah bertugas di kantor lain. Kantor itu yang memindahkannya kembali.")
        messages.error(request, text % {"name": employee.name})
    else:
        messages.success(request, _("%(name)s kembali tercatat aktif.") % {"name": employee.name})
    return follow_up(_address(employee.pk))


@require_POST
@signed_in(*EDITORS)
@of_the_known
def add_absence(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down days away."""
    employee = find(request, pk)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return page(request, employee, absence_form=form)
    try:
        kept = actions.add_absence(employee=employee, **form.cleaned_data, by=request.actor.name, at=clock.now())
    except actions.AbsenceBackwards:
        form.add_error("ends_on", _("Hari terakhir harus sama dengan atau sesudah hari pertama."))
        return page(request, employee, absence_form=form)
    except actions.AbsenceOutOfTime:
        form.add_error("starts_on", _("Tahunnya harus antara 1970 dan 2100."))
        return page(request, employee, absence_form=form)
    _tell_absence(request, kept)
    return follow_up(_address(employee.pk))


def _address(pk: int) -> str:
    return reverse("people:person", args=[pk])


def _tell_absence(request: OfficeRequest, kept: Absence) -> None:
    span = {"first": date_format(kept.starts_on, "j F Y"), "last": date_format(kept.ends_on, "j F Y")}
    text = _("%(name)s tercatat tidak hadir: %(kind)s, %(first)s sampai %(last)s.")
    messages.success(request, text % {"name": kept.employee.name, "kind": kept.get_kind_display(), **span})
    if absences.is_long((kept.starts_on, kept.ends_on)):
        messages.warning(request, _("Lebih dari satu tahun. Periksa apakah tahunnya sudah benar."))
    others = queries.absences_of(request.actor.office, kept.starts_on, kept.ends_on)
    for other in others.filter(employee=kept.employee).exclude(pk=kept.pk):
        facts = {
            "kind": other.get_kind_display(),
            "first": date_format(other.starts_on, "j F Y"),
            "last": date_format(other.ends_on, "j F Y"),
        }
        text = _("Bertumpuk dengan %(kind)s, %(first)s sampai %(last)s. Keduanya disimpan karena jenisnya berbeda.")
        messages.warning(request, text % facts)


@require_POST
@signed_in(*EDITORS)
def remove_absence(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take days away back."""
    absence = get_object_or_404(queries.absences_in(request.actor.office), pk=pk)
    actions.remove_absence(absence=absence, by=request.actor.name, at=clock.now())
    messages.success(request, _("Ketidakhadiran %(name)s dihapus.") % {"name": absence.employee.name})
    return follow_up(_address(absence.employee_id))


def find(request: OfficeRequest, pk: int) -> Employee:
    """Return a person of the office, or 404."""
    return get_object_or_404(queries.employees_of(request.actor.office).select_related("user", "office"), pk=pk)


def page(request: OfficeRequest, employee: Employee, password: str = "", **forms: Form) -> HttpResponse:
    """Render the person's page; a form that was refused keeps its place and its words."""
    office = request.actor.office
    today = clock.today(office.timezone)
    labels = dict(queries.role_choices(office))
    programmes = dict(programmes_of(office))
    holds_power = queries.holds_power(employee, on=today)
    is_administrator = request.actor.may("admin")
    suggestion = (employee.email.partition("@")[0] or slugify(employee.name).replace("-", "."))[:150]
    context: dict[str, object] = {
        "person": employee,
        "today": today,
        "has_left": employee.active_until is not None and employee.active_until < today,
        "since": employee.active_from if employee.active_from > Employee.SINCE_EVER else None,
        "absences": employee.absences.order_by("-ends_on", "-pk")[:50],
        "exemptions": employee.exemptions.select_related("employee").order_by("-starts_on", "-pk"),
        "exemption_form": ExemptionForm(initial={"starts_on": today}),
        "roles": [
            (held, labels[held.role], programmes.get(held.programme, held.programme))
            for held in employee.roles.order_by("-valid_from", "pk")
        ],
        "proposals": [(one, labels[one.role]) for one in queries.proposals_in(office).filter(employee=employee)],
        "powerful": set(queries.POWERFUL),
        "is_administrator": is_administrator,
        "may_reset": is_administrator or not holds_power,
        "has_second_factor": queries.has_second_factor(employee),
        "photo_consent": queries.photo_consent(employee) if employee.photo else None,
        "password": password,
        "absence_form": AbsenceForm(),
        "role_form": RoleForm(labels=labels.items(), programmes=programmes.items(), initial={"valid_from": today}),
        "leave_form": LastDayForm(initial={"last_day": employee.active_until or today}),
        "account_form": AccountForm(initial={"username": suggestion}),
        "photo_form": PhotoForm(),
        "transfer_form": TransferForm(offices=queries.other_offices(office), initial={"last_day": today}),
        "transfer": queries.transfers_from(office).filter(employee=employee).first(),
        "may_forget": employee.active_until is not None and employee.active_until < today,
        "last_day": today,
    }
    return render(request, "people/person.html", context | forms, status=INVALID if forms else 200)
