"""Revising an SOP: the draft, what it changes, and the decision that puts it in force from a day on."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.queries import role_label
from pegasus.sop import actions, document, queries
from pegasus.sop.domain import drafts
from pegasus.sop.domain.revisions import diff, has_fixed_rows, says_something_new
from pegasus.sop.forms import InForceForm, RevisionForm
from pegasus.sop.forms.programmes import ROLES
from pegasus.sop.forms.revisions import day_of, read_back
from pegasus.sop.models import ProcedureDraft, ProcedureVersion
from pegasus.sop.shipped import ShippedProcedure
from pegasus.sop.views.changes import in_words
from pegasus.typeset import pages
from pegasus.typeset.pictures import PictureRefused
from pegasus.typeset.render import TypesetFailed

DRAFTERS = ("ca", "cc", "admin")
DECIDERS = ("head", "cc", "admin")
ALL = (*DRAFTERS, "head")
PREVIEW_WIDTH = 1400


class TooLong(Exception):
    """A field of the draft holds more than it may."""


@dataclass(frozen=True)
class Work:
    """What is revised: the text it starts from, the draft where there is one, and the text as it stands."""

    version: ProcedureVersion
    draft: ProcedureDraft | None
    text: ShippedProcedure

    @property
    def edition(self) -> int:
        """The edition that a saving follows; 0 before the first."""
        return self.draft.edition if self.draft else 0


def work_of(request: OfficeRequest, programme: str) -> Work:
    """Return the office's own work on a programme's text; another office gets 404."""
    office = request.actor.office
    version = get_object_or_404(queries.newest_version(office, programme))
    draft = queries.drafts_of(office, programme).first()
    if draft is not None:
        return Work(version, draft, draft.text)
    today = clock.today(office.timezone).isoformat()
    return Work(version, None, {**queries.text_of(version), "revised_on": today, "effective_on": today})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*DRAFTERS)
def revise(request: OfficeRequest, programme: str) -> HttpResponse:
    """Show the whole text as a form; every button saves what is typed, right or not."""
    work = work_of(request, programme)
    if request.method != "POST":
        return _form(request, work)
    text = _typed(request, work)
    do, _colon, what = request.POST.get("do", "save").partition(":")
    if do == "change":
        text = _rearranged(text, what)
    edition = request.POST.get("edition", "")
    try:
        draft = actions.save_draft(
            version=work.version,
            text=text,
            edition=int(edition) if edition.isdecimal() and len(edition) < 9 else -1,  # noqa: PLR2004 - an integer's length
            by=request.actor.name,
            at=clock.now(),
        )
    except actions.DraftChanged as changed:
        return _conflict(request, Work(work.version, changed.draft, text))
    if "HX-Request" in request.headers:
        return _part(request, Work(work.version, draft, text))
    if do == "compare":
        return redirect("sop:revision-changes", programme)
    if do == "change":
        return redirect(f"{reverse('sop:revise', args=[programme])}#{what.partition('-')[0]}")
    messages.success(request, _("Draf tersimpan."))
    return redirect("sop:revise", programme)


def _typed(request: OfficeRequest, work: Work) -> ShippedProcedure:
    labels = {role: role_label(request.actor.office, role) for role, _label in ROLES if role != "pegawai"}
    return read_back(request.POST, work.text, labels)


def _rearranged(text: ShippedProcedure, what: str) -> ShippedProcedure:
    """Do to a list or to the rows what a button asked for: `legal_basis-3-up`, `related-add`, `rows-2-remove`."""
    name, *rest = what.split("-")
    move = rest[-1] if rest else ""
    place = int(rest[0]) if len(rest) == 2 and rest[0].isdecimal() else -1  # noqa: PLR2004 - place and move
    done = cast("Any", dict(text))
    if name in drafts.LINES:
        done[name] = drafts.line_added(done[name]) if move == "add" else _moved(done[name], place, move)
    elif name == "rows" and not has_fixed_rows(text):
        rows = done["activities"]
        if move == "add":
            done["activities"] = drafts.row_added(rows, rows[-1]["performers"][0]["lane"])
        elif move != "remove" or len(rows) > 1:
            done["activities"] = drafts.numbered(_moved(rows, place, move))
    return cast("ShippedProcedure", done)


def _moved(things: list[Any], place: int, move: str) -> list[Any]:
    if move not in ("up", "down", "remove"):
        return things
    return drafts.moved(things, place, cast("drafts.Move", move))


def _context(request: OfficeRequest, work: Work, form: RevisionForm) -> dict[str, object]:
    return {
        "work": work,
        "form": form,
        "version": work.version,
        "programme": work.version.procedure.programme,
        "draft": work.draft,
        "edition": work.edition,
        "may_decide": request.actor.may(*DECIDERS),
    }


def _form(request: OfficeRequest, work: Work) -> HttpResponse:
    form = RevisionForm(work.text, checked=work.draft is not None)
    return render(request, "sop/revise.html", _context(request, work, form))


def _part(request: OfficeRequest, work: Work) -> HttpResponse:
    context = _context(request, work, RevisionForm(work.text)) | {"is_part": True}
    return render(request, "sop/revise.html#saved", context)


def _conflict(request: OfficeRequest, work: Work) -> HttpResponse:
    """Tell the second of two who saved at once: what they typed stays on the page, what the first saved stays kept."""
    context = _context(request, work, RevisionForm(work.text)) | {"other": work.draft, "is_conflict": True}
    if "HX-Request" in request.headers:
        context["edition"] = request.POST.get("edition", "")
        return render(request, "sop/revise.html#saved", context)
    return render(request, "sop/revise.html", context, status=HTTPStatus.CONFLICT)


@require_safe
@signed_in(*ALL)
def preview(request: OfficeRequest, programme: str) -> HttpResponse:
    """Hand out the draft as the official form; it says KONSEP."""
    try:
        data = _draft_pdf(request, programme)
    except (TypesetFailed, TooLong):
        messages.error(request, _("Draf ini belum dapat digambar: ada isian yang terlalu panjang. Pendekkan dahulu."))
        return redirect("sop:revise", programme)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, "draf-sop.pdf") or "inline"
    return answer


@require_safe
@signed_in(*ALL)
def preview_page(request: OfficeRequest, programme: str, number: int) -> HttpResponse:
    """Show one page of the draft as a picture."""
    work = work_of(request, programme)
    tag = f'"{work.version.pk}-{work.edition}-{number}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    try:
        picture = pages.accept(_draft_pdf(request, programme), longest=PREVIEW_WIDTH, page=number)
    except (PictureRefused, TypesetFailed, TooLong) as refused:
        raise Http404 from refused
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    return HttpResponse(picture.data, content_type=picture.content_type, headers=headers)


def _draft_pdf(request: OfficeRequest, programme: str) -> bytes:
    work = work_of(request, programme)
    if RevisionForm(work.text).is_too_long():
        raise TooLong  # a book in a field would keep everybody else's documents waiting
    saved = work.draft.saved_at if work.draft else work.version.put_in_force_at
    return document.draft_pdf(drafts.cleaned(work.text), office=request.actor.office, at=saved or clock.now())


@require_GET
@signed_in(*ALL)
def revision_changes(request: OfficeRequest, programme: str) -> HttpResponse:
    """Show in words what the draft changes against the text in force, and ask for the decision."""
    return _changes(request, work_of(request, programme), InForceForm())


def _changes(request: OfficeRequest, work: Work, day_form: InForceForm, status: int = 200) -> HttpResponse:
    if work.draft is None:
        return redirect("sop:index")
    form = RevisionForm(work.text)
    before, after = queries.text_of(work.version), drafts.cleaned(work.text)
    day = day_of(work.text) if form.is_valid() else None
    context = _context(request, work, form) | {
        "lines": in_words(diff(before, after), [*before["lanes"], *after["lanes"]]),
        "says_something": says_something_new(before, after),
        "day": day,
        "is_past": day is not None and day < clock.today(request.actor.office.timezone),
        "day_form": day_form,
        "may_draft": request.actor.may(*DRAFTERS),
    }
    return render(request, "sop/changes.html", context, status=status)


@require_POST
@signed_in(*DECIDERS)
def put_in_force(request: OfficeRequest, programme: str) -> HttpResponse:
    """Put the draft in force from its day on, if it is still the edition that was looked at."""
    work = work_of(request, programme)
    day_form = InForceForm(request.POST)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY
    if work.draft is None or str(work.draft.edition) != request.POST.get("edition"):
        messages.warning(
            request, _("Draf ini sudah diubah sejak halaman ini dibuka. Periksa perubahannya, lalu putuskan lagi.")
        )
        return redirect("sop:revision-changes", programme) if work.draft else redirect("sop:index")
    if not day_form.is_valid() or not RevisionForm(work.text).is_valid():
        return _changes(request, work, day_form, refused)
    try:
        version = actions.put_in_force(
            draft=work.draft, by=request.actor.name, at=clock.now(), reason=day_form.cleaned_data["reason"]
        )
    except actions.PastDayReasonMissing:
        day_form.add_error("reason", _("Tanggal efektifnya sudah lewat. Tuliskan alasannya, atau ubah tanggalnya."))
    except actions.DayBeforeEarlierVersion as early:
        facts = {"number": early.version.version, "day": date_format(early.version.effective_on, "j F Y")}
        day_form.add_error(
            None, _("Versi %(number)d berlaku mulai %(day)s. Pilih tanggal efektif sesudahnya.") % facts
        )
    except actions.NothingRevised:
        day_form.add_error(None, _("Draf ini belum mengubah apa pun."))
    except actions.RowsBroken:
        day_form.add_error(
            None, _("Ada aktivitas yang dijalankan Pegasus hilang dari draf ini. Buang drafnya, lalu mulai lagi.")
        )
    except actions.DraftChanged:
        messages.warning(request, _("Draf ini baru saja diputuskan atau diubah orang lain."))
        return redirect("sop:versions", programme)
    else:
        actions.open_period_tasks(office=request.actor.office, at=clock.now())
        messages.success(request, _decided(version))
        return redirect("sop:versions", programme)
    return _changes(request, work, day_form, refused)


def _decided(version: ProcedureVersion) -> str:
    facts = {"number": version.version, "day": date_format(version.effective_on, "j F Y")}
    if version.in_force_from is None:
        return _("Versi %(number)d akan berlaku mulai %(day)s.") % facts
    return _("Versi %(number)d kini berlaku, sejak %(day)s.") % facts


@require_POST
@signed_in(*DRAFTERS)
def drop(request: OfficeRequest, programme: str) -> HttpResponse:
    """Throw the draft away, if it is still the edition that was looked at."""
    work = work_of(request, programme)
    if work.draft is not None and str(work.draft.edition) == request.POST.get("edition"):
        actions.drop_draft(draft=work.draft, by=request.actor.name, at=clock.now())
        messages.success(request, _("Draf dibuang. SOP yang berlaku tidak berubah."))
        return redirect(f"{reverse('sop:index')}?program={programme}")
    messages.warning(request, _("Draf ini sudah diubah sejak halaman ini dibuka, jadi belum dibuang."))
    return redirect("sop:revision-changes", programme)


@require_GET
@signed_in()
def versions(request: OfficeRequest, programme: str) -> HttpResponse:
    """List the versions of a text with what each changed, who put it in force, and from when to when it ran."""
    found = list(queries.versions_with_rows(request.actor.office, programme))
    if not found:
        raise Http404
    texts = [queries.text_of(version) for version in found]
    earlier = [*texts[1:], None]
    rows = [
        {
            "version": version,
            "lines": in_words(diff(before, text), [*before["lanes"], *text["lanes"]]) if before else [],
            "is_waiting": version.in_force_from is None,
        }
        for version, text, before in zip(found, texts, earlier, strict=True)
    ]
    context = {
        "rows": rows,
        "programme": found[0].procedure.programme,
        "draft": queries.drafts_of(request.actor.office, programme).first(),
        "may_draft": request.actor.may(*DRAFTERS),
        "may_decide": request.actor.may(*DECIDERS),
        "may_ask": request.actor.may(*ALL),
    }
    return render(request, "sop/versions.html", context)


@require_POST
@signed_in(*ALL)
def to_sign(request: OfficeRequest, programme: str, number: int) -> HttpResponse:
    """Keep the document of a version, and lead to the page that asks for its signature."""
    found = queries.versions_with_rows(request.actor.office, programme).filter(version=number)
    version = get_object_or_404(found)
    office = request.actor.office
    signers = document.signers_of(version, office=office, on=clock.today(office.timezone))
    if signers.obstacle:
        messages.warning(request, signers.obstacle)
        return redirect("sop:versions", programme)
    made = version.put_in_force_at or clock.now()
    data = document.official_pdf(version, at=made)
    record = actions.keep_document(version=version, pdf=data, by=request.actor.employee, at=clock.now())
    return redirect("signing:new", record.pk)


@require_POST
@signed_in(*DECIDERS)
def withdraw(request: OfficeRequest, programme: str, number: int) -> HttpResponse:
    """Take back the decision on a version whose day has not come."""
    found = queries.waiting_versions(request.actor.office).filter(procedure__programme__code=programme, version=number)
    version = get_object_or_404(found)
    try:
        actions.withdraw(version=version, by=request.actor.name, at=clock.now())
    except actions.AlreadyInForce:
        messages.warning(request, _("Versi ini sudah berlaku atau dokumennya sudah ditandatangani."))
    except actions.DraftChanged:
        messages.warning(request, _("Masih ada draf revisi lain. Putuskan atau buang draf itu dahulu."))
    else:
        messages.success(request, _("Versi %(number)d ditarik dan menjadi draf lagi.") % {"number": number})
    return redirect("sop:versions", programme)
