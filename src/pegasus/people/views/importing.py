"""The pages of both imports, the staff list and the leave list: give a list, look at it, take it, see what came."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, queries, sheets, uploads
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.actions import Told
from pegasus.people.domain.columns import STAFF, Kind
from pegasus.people.domain.leave_list import LEAVE
from pegasus.people.intake import ListForm
from pegasus.people.models import Absence
from pegasus.people.views import EDITORS, INVALID, asking, mapping

SHOWN = 8  # rows of the preview: enough to see whether the columns are right; the others open
PER_PAGE = 200


@dataclass(frozen=True)
class Outcome:
    """What an import did or would do: what is kept of it, and what the preview shows besides."""

    rejected: list[Told]
    warnings: list[Told]
    counts: dict[str, object]
    answers: dict[int, str] = field(default_factory=dict)
    shown: dict[str, object] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, object]:
        """What the page of the result needs later."""
        return self.counts | self.remarks

    @property
    def remarks(self) -> dict[str, object]:
        """The refused and the doubtful rows."""
        return {
            "rejected": [vars(told) for told in self.rejected],
            "warnings": [vars(told) for told in self.warnings],
        }


@dataclass(frozen=True)
class Intake:
    """What differs between the two."""

    kind: Kind
    run: Callable[[OfficeRequest, mapping.Arranged, bool], Outcome]
    templates: str
    suffix: str
    filename: str

    def address(self, name: str, *args: object) -> str:
        """Return the address of one of the pages."""
        return reverse(f"people:{name}{self.suffix}", args=args)


def _take_staff(request: OfficeRequest, arrangement: mapping.Arranged, dry_run: bool) -> Outcome:  # noqa: FBT001 - called by place
    office = request.actor.office
    is_first = queries.employees_of(office).count() <= 1  # nobody but who sets the office up
    answers = asking.answers_of(request)
    result = _import_staff(request, arrangement, answers, dry_run=dry_run)
    if dry_run and (everybody := asking.answer_for_all(request, result.plan.questions)):
        answers |= everybody
        result = _import_staff(request, arrangement, answers, dry_run=True)
    decided = result.plan
    counts = {name: getattr(result, name) for name in ("created", "updated", "unchanged", "missing")}
    page = Paginator(decided.decisions, PER_PAGE).get_page(request.GET.get("page"))
    at_once = SHOWN if page.number == 1 else PER_PAGE
    decisions = list(page.object_list)
    return Outcome(
        result.rejected,
        result.warnings,
        counts
        | {"taken": result.created + result.updated, "is_first": is_first, "open": len(decided.open_questions)}
        | {"left_out": [vars(told) for told in result.left_out]},
        {question.entry.row: question.answer for question in decided.questions if question.answer},
        {
            "decisions": decisions[:at_once],
            "more_decisions": decisions[at_once:],
            "page": page,
            "questions": asking.shown(decided.questions[: mapping.AT_ONCE]),
            "refused": actions.told(decided.refused),
        },
    )


def _import_staff(
    request: OfficeRequest, arrangement: mapping.Arranged, answers: dict[int, str], *, dry_run: bool
) -> actions.ImportResult:
    return actions.import_employees(
        office=request.actor.office,
        sheet=arrangement.sheet,
        mapping=arrangement.mapping,
        answers=answers,
        dry_run=dry_run,
        by=request.actor.name,
        at=clock.now(),
    )


def _take_leave(request: OfficeRequest, arrangement: mapping.Arranged, dry_run: bool) -> Outcome:  # noqa: FBT001 - called by place
    result = actions.import_absences(
        office=request.actor.office,
        sheet=arrangement.sheet,
        mapping=arrangement.mapping,
        dry_run=dry_run,
        by=request.actor.name,
        at=clock.now(),
    )
    rows = result.plan.taken
    return Outcome(
        result.rejected,
        result.warnings,
        {"taken": result.added, "known": result.known, "coming": result.coming},
        {},
        {"rows": [(row, Absence.Kind(row.kind).label) for row in rows[:SHOWN]], "more": max(len(rows) - SHOWN, 0)},
    )


INTAKES = {
    STAFF.key: Intake(STAFF, _take_staff, "people", "", "pegawai-perlu-diperbaiki.xlsx"),
    LEAVE.key: Intake(LEAVE, _take_leave, "people/leave", "-leave", "cuti-perlu-diperbaiki.xlsx"),
}


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def upload(request: OfficeRequest, of: str = STAFF.key) -> HttpResponse:
    """Take a list and look whether it can be read."""
    intake, office = INTAKES[of], request.actor.office
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        try:
            filename, data = form.given()
            sheets.read(data, filename, kind=intake.kind, zone=office.timezone)
        except sheets.SheetRefused as refusal:
            form.add_error("sheet" if form.cleaned_data["sheet"] else "pasted", str(refusal))
        else:
            token = uploads.keep(office=office, filename=filename, data=data, at=clock.now(), kind=of)
            return redirect(intake.address("preview", token))
    status = INVALID if form.errors else 200
    return render(request, f"{intake.templates}/import.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def preview(request: OfficeRequest, token: str, of: str = STAFF.key) -> HttpResponse:
    """Show what an import would do, with the columns open to correction; then do it."""
    intake, office = INTAKES[of], request.actor.office
    kept = uploads.find(office=office, token=token, at=clock.now(), kind=of)
    if kept is None:
        return _gone(request, intake)
    if kept.result is not None:
        return redirect(intake.address("imported", token))
    arrangement = mapping.arranged(request, kept, intake.kind)
    context = mapping.context_of(arrangement, token) | {"forget_url": intake.address("forget-mapping", token)}
    template = f"{intake.templates}/preview.html"
    if not arrangement.form.is_valid():
        return render(request, template, context, status=INVALID if arrangement.form.came else 200)
    outcome = intake.run(request, arrangement, request.method == "GET")
    if request.method == "POST":
        uploads.keep_result(office=office, token=token, upload=kept, result=outcome.kept)
        told = intake.address("imported", token)
        # Where rows were refused, these come first; the page of the result leads on.
        is_clean = not outcome.rejected and not outcome.warnings
        return redirect(_follow_up(told) if is_clean and outcome.counts.get("coming") else told)
    context |= outcome.counts | outcome.shown | {"rejected": outcome.rejected, "warnings": outcome.warnings}
    chosen = [*arrangement.hidden, *((asking.name_of(row), answer) for row, answer in outcome.answers.items())]
    context |= {
        "result": outcome,
        "hidden": arrangement.hidden,
        "chosen": chosen,
        "refused_url": f"{intake.address('refused', token)}?{urlencode(chosen)}",
    }
    return render(request, template, context)


@require_POST
@signed_in(*EDITORS)
def forget(request: OfficeRequest, token: str, of: str = STAFF.key) -> HttpResponse:
    """Forget how this source's columns were chosen last time, and guess anew."""
    intake = INTAKES[of]
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now(), kind=of)
    if kept is None or kept.result is not None:
        return _gone(request, intake)
    remembered = mapping.arranged(request, kept, intake.kind).remembered
    if remembered is not None:
        actions.forget_mapping(mapping=remembered, by=request.actor.name, at=clock.now())
        messages.info(request, _("Susunan kolom dilupakan; kolomnya ditebak lagi dari judulnya."))
    return redirect(intake.address("preview", token))


@require_GET
@signed_in(*EDITORS)
def imported(request: OfficeRequest, token: str, of: str = STAFF.key) -> HttpResponse:
    """Show what an import did."""
    intake = INTAKES[of]
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now(), kind=of)
    if kept is None or kept.result is None:
        return _gone(request, intake)
    rows = {key: mapping.with_labels(kept.result, key) for key in ("rejected", "warnings")}
    context = {
        "source": mapping.source(kept.filename),
        "refused_url": intake.address("refused", token),
        "follow_up_url": _follow_up(reverse("people:index")) if kept.result.get("coming") else "",
        "at_once": mapping.AT_ONCE,
        # Set-up asks next who takes no turns.
        "next_url": reverse("home:start_turns") if of == STAFF.key and "ask_turns" in request.session else "",
    }
    return render(request, f"{intake.templates}/imported.html", kept.result | rows | context)


@require_GET
@signed_in(*EDITORS)
def refused(request: OfficeRequest, token: str, of: str = STAFF.key) -> HttpResponse:
    """Hand out the refused and doubtful rows as a sheet to work through, before or after the import."""
    intake = INTAKES[of]
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now(), kind=of)
    if kept is None:
        return _gone(request, intake)
    rows = kept.result
    if rows is None:
        arrangement = mapping.arranged(request, kept, intake.kind)
        if not arrangement.form.is_valid():
            return redirect(intake.address("preview", token))
        rows = intake.run(request, arrangement, True).remarks
    groups = [
        (_("Ditolak"), mapping.with_labels(rows, "rejected")),
        (_("Diambil, perlu dilihat"), mapping.with_labels(rows, "warnings")),
    ]
    return mapping.remarks_file(groups, intake.filename)


def _follow_up(address: str) -> str:
    """Return the page that leads to the turns that no longer fit, and back where there are none."""
    return f"{reverse('home:follow-up')}?{urlencode({'kembali': address})}"


def _gone(request: OfficeRequest, intake: Intake) -> HttpResponse:
    messages.info(request, _("Daftar yang diunggah sudah tidak disimpan lagi. Unggah sekali lagi."))
    return redirect(intake.address("import"))
