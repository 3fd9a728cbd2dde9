"""Roles by decree and accounts: given, proposed, agreed to, ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pegasus.kernel import clock
from pegasus.people import actions, passwords, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import AccountForm, LastDayForm, RoleForm
from pegasus.people.models import Employee, RoleProposal
from pegasus.people.programmes import programmes_of
from pegasus.people.views import EDITORS
from pegasus.people.views.person import NOBODY_LEFT, find, of_the_known, page

INSIDE_POWER = tuple(role for role in queries.POWERFUL if role != "assessor")
FOR_THE_ADMINISTRATOR = gettext_lazy(
    "Akun dan peran berwenang (administrator, Kepala, CC, CL, penilai) diurus administrator. Pemilik akun dapat "
    "membuat kata sandi baru sendiri lewat “Lupa kata sandi?” di halaman masuk."
)


@require_POST
@signed_in(*EDITORS)
@of_the_known
def assign_role(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a role by decree, or propose one with power."""
    employee, office = find(request, pk), request.actor.office
    form = RoleForm(request.POST, labels=queries.role_choices(office), programmes=programmes_of(office))
    if not form.is_valid():
        return page(request, employee, role_form=form)
    try:
        given = actions.give_role(
            employee=employee, decree=actions.Decree(**form.decree()), by=request.actor.employee, at=clock.now()
        )
    except actions.AlreadyAssigned:
        form.add_error("role", _("Peran ini sudah dipegang atau diusulkan pada hari-hari itu."))
        return page(request, employee, role_form=form)
    except actions.EndsBeforeItStarts:
        form.add_error("valid_until", _("Hari terakhir harus sama dengan atau sesudah hari pertama."))
        return page(request, employee, role_form=form)
    except actions.NotForOneself:
        form.add_error("role", _("Peran berwenang untuk diri sendiri hanya dapat diberikan administrator."))
        return page(request, employee, role_form=form)
    label = {"name": employee.name, "role": queries.role_label(office, given.role)}
    if isinstance(given, RoleProposal):
        text = _("Usulan dicatat. %(name)s menjadi %(role)s setelah disetujui administrator, Kepala, CC, atau CL.")
        messages.success(request, text % label)
    else:
        messages.success(request, _("%(name)s kini %(role)s.") % label)
        _tell_closed(request, given.employee)
    return redirect("people:person", employee.pk)


@require_POST
@signed_in(*EDITORS)
def end_role(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a role."""
    assignment = get_object_or_404(queries.roles_in(request.actor.office), pk=pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis hari terakhir peran ini sebagai tanggal."))
        return redirect("people:person", assignment.employee_id)
    last_day = form.cleaned_data["last_day"]
    try:
        actions.take_role(assignment=assignment, last_day=last_day, by=request.actor.employee, at=clock.now())
    except actions.NobodyLeft:
        messages.error(request, str(NOBODY_LEFT))
    except actions.OnlyTheAdministrator:
        messages.error(request, str(FOR_THE_ADMINISTRATOR))
    else:
        messages.success(request, _("Akhir peran %(name)s tercatat.") % {"name": assignment.employee.name})
    return redirect("people:person", assignment.employee_id)


@require_safe
@signed_in("ca", *INSIDE_POWER)
def proposals(request: OfficeRequest) -> HttpResponse:
    """Show the roles with power that wait for a second person."""
    office, me = request.actor.office, request.actor.employee
    labels = dict(queries.role_choices(office))
    rows = [
        (one, labels[one.role], me.pk not in {one.proposed_by_id, one.employee_id})
        for one in queries.proposals_in(office)
    ]
    context = {"rows": rows, "may_answer": request.actor.may(*INSIDE_POWER), "me": me}
    return render(request, "people/proposals.html", context)


@require_POST
@signed_in("ca", *INSIDE_POWER)
def answer_proposal(request: OfficeRequest, pk: int) -> HttpResponse:
    """Agree to a proposed role or decline it; the one who proposed it may take it back."""
    proposal = get_object_or_404(queries.proposals_in(request.actor.office), pk=pk)
    me, now, office = request.actor.employee, clock.now(), request.actor.office
    told = {"name": proposal.employee.name, "role": queries.role_label(office, proposal.role)}
    agrees = request.POST.get("jawaban") == "setuju"
    if not request.actor.may(*INSIDE_POWER) and (agrees or proposal.proposed_by_id != me.pk):
        messages.error(request, str(FOR_THE_ADMINISTRATOR))
        return redirect("people:proposals")
    try:
        if agrees:
            actions.agree_to_role(proposal=proposal, by=me, at=now)
            messages.success(request, _("%(name)s kini %(role)s.") % told)
            _tell_closed(request, proposal.employee)
        else:
            actions.decline_role(proposal=proposal, by=me, at=now)
            messages.success(request, _("Usulan %(name)s sebagai %(role)s tidak dilanjutkan.") % told)
    except actions.NotForOneself:
        messages.error(request, _("Usulan disetujui orang lain, bukan pengusul atau orang yang diusulkan."))
    except actions.AlreadySettledProposal:
        messages.info(request, _("Usulan ini sudah dijawab."))
    except (actions.AlreadyAssigned, actions.Anonymised, actions.HasLeft):
        messages.error(
            request, _("%(name)s sudah memegang peran ini atau sudah keluar. Usulan tetap menunggu.") % told
        )
    return redirect("people:proposals")


@never_cache
@require_POST
@signed_in(*EDITORS)
@of_the_known
def account(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give an account, or a new password; it is shown this once."""
    employee, by, now = find(request, pk), request.actor.employee, clock.now()
    password = passwords.one_time()
    form = AccountForm(request.POST)
    try:
        if employee.user_id is not None:
            actions.renew_password(employee=employee, password=password, by=by, at=now)
            return page(request, employee, password=password)
        if form.is_valid():
            name = form.cleaned_data["username"]
            actions.open_account(employee=employee, username=name, password=password, by=by, at=now)
            return page(request, employee, password=password)
    except actions.UsernameTaken:
        form.add_error("username", _("Nama pengguna ini sudah dipakai. Pilih yang lain."))
    except actions.OnlyTheAdministrator:
        messages.error(request, str(FOR_THE_ADMINISTRATOR))
        return redirect("people:person", employee.pk)
    return page(request, employee, account_form=form)


@require_POST
@signed_in("admin")
def remove_factors(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let somebody who lost phone and recovery codes sign in by password again; they are told."""
    employee = find(request, pk)
    if actions.remove_factors(employee=employee, by=request.actor.employee, at=clock.now()):
        text = _("Verifikasi dua langkah %(name)s dilepas. Minta ia menyiapkannya lagi.")
        messages.success(request, text % {"name": employee.name})
    else:
        messages.info(request, _("Akun ini memang tidak memakai verifikasi dua langkah."))
    return redirect("people:person", employee.pk)


@require_POST
@signed_in(outsiders=True)
def see_notices(request: OfficeRequest) -> HttpResponse:
    """Take what was read off the first page."""
    last = request.POST.get("sampai", "")
    if last.isdecimal() and len(last) < 19:  # noqa: PLR2004 - what fits a key
        actions.see_notices(user=request.user, up_to=int(last), at=clock.now())  # type: ignore[arg-type] # signed in
    return redirect("home:home")


def _tell_closed(request: OfficeRequest, employee: Employee) -> None:
    """Say that an account was closed when power came to its holder, and what to do."""
    user = employee.user
    if user is not None and not user.has_usable_password():
        text = _(
            "Demi keamanan, akun %(name)s yang dibuat sebelum peran ini ditutup. Administrator membuatkan kata sandi "
            "sementara yang baru di halaman orangnya; setelah masuk, %(name)s mencatat emailnya sendiri."
        )
        messages.warning(request, text % {"name": employee.name})
