"""What is kept about oneself: read it, put it right, take it along (UU 27/2022)."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, privacy, queries, reasons
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import ContactForm, CorrectionForm, PhotoForm
from pegasus.people.models import Employee, Role
from pegasus.people.views import INVALID

RECENT = 20


@require_GET
@signed_in()
def own(request: OfficeRequest) -> HttpResponse:
    """Show a person what is kept about them."""
    return page(request)


@require_POST
@signed_in()
def contact(request: OfficeRequest) -> HttpResponse:
    """Put one's own phone and mail right at once."""
    employee = request.actor.employee
    form = ContactForm(request.POST)
    if not form.is_valid():
        return page(request, contact_form=form)
    changed = actions.change_own_contact(employee=employee, **form.facts(), by=request.actor.name, at=clock.now())
    text = _("Kontak Anda diperbarui.") if changed else _("Tidak ada yang berubah: kontaknya masih sama.")
    messages.success(request, text)
    return redirect("people:own")


@require_POST
@signed_in()
def ask(request: OfficeRequest) -> HttpResponse:
    """Ask the office to put something else right."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return page(request, correction_form=form)
    try:
        actions.ask_correction(
            employee=request.actor.employee, **form.cleaned_data, by=request.actor.name, at=clock.now()
        )
    except actions.AlreadyWaiting:
        form.add_error("field", _("Permintaan untuk data ini masih menunggu jawaban."))
        return page(request, correction_form=form)
    messages.success(request, _("Permintaan dikirim. Jawabannya tampil di halaman ini paling lambat 3 x 24 jam."))
    return redirect("people:own")


@require_GET
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """Tell everybody, without an account, what an office keeps about people and whom to turn to."""
    office = get_object_or_404(queries.running_offices(), code=code)
    today = clock.today(office.timezone)
    context = {
        "office": office,
        "helper_role": queries.role_label(office, Role.CA),
        "contact": office.privacy_contact or office.email or office.phone_line,
        "wording": privacy.PHOTO_WORDING,
        "today": today,
    }
    return render(request, "people/notice.html", context)


def page(request: OfficeRequest, **forms: Form) -> HttpResponse:
    """Render one's own page; a form that was refused keeps its place and its words."""
    employee = request.actor.employee
    labels = dict(queries.role_choices(request.actor.office))
    asked = employee.corrections.order_by("-asked_at", "-pk")[:RECENT]
    context: dict[str, object] = {
        "person": employee,
        "since": employee.active_from if employee.active_from > Employee.SINCE_EVER else None,
        "roles": [(held, labels[held.role]) for held in employee.roles.order_by("-valid_from", "pk")],
        "absences": employee.absences.order_by("-ends_on", "-pk")[:50],
        "consents": employee.consents.order_by("-given_at", "-pk")[:RECENT],
        "corrections": [(one, reasons.asked_label(one.field)) for one in asked],
        "wording": privacy.PHOTO_WORDING,
        "contact_form": ContactForm(initial={"email": employee.email}),
        "correction_form": CorrectionForm(),
        "photo_form": PhotoForm(),
    }
    return render(request, "people/own.html", context | forms, status=INVALID if forms else 200)
