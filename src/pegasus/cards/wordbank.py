"""The pages of the bank of words: the list, the office's own words, and lists that come in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.cards import actions, queries, suggestions
from pegasus.cards.domain.sayings import THEMES, Saying
from pegasus.cards.domain.word_list import WORDS, Refused
from pegasus.cards.forms import WordListForm, WordsForm
from pegasus.cards.models import Words
from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people import sheets, uploads
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.views import mapping
from pegasus.ui.searching import words_asked

PER_PAGE = 30
SHOWN = 8  # rows of a preview
SHOWN_REFUSED = 200
EDITORS = ("ca", "humas")
INVALID = 422


@require_safe
@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show the bank of words, searched and filtered, and how evenly the themes were used this year."""
    office = request.actor.office
    actions.load_words()
    asked = words_asked(request)
    theme, kind = (request.GET.get(name, "").strip() for name in ("tema", "jenis"))
    found = queries.search_words(office, asked)
    if theme:
        found = found.filter(theme=theme)
    if kind:
        found = found.filter(kind=kind)
    today = clock.today(office.timezone)
    uses = suggestions.theme_uses(office, today.year)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "theme": theme,
        "kind": kind,
        "themes": [use.theme for use in uses],
        "kinds": Words.Kind.choices,
        "uses": uses,
        "least": [use.theme for use in uses if use.is_least],
        "most": max((use.cards for use in uses), default=0),
        "year": str(today.year),
        "may_add": request.actor.may(*EDITORS),
    }
    return render(request, "cards/words.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def add(request: OfficeRequest) -> HttpResponse:
    """Add words of the office's own."""
    form = WordsForm(request.POST or None)
    if form.is_valid():
        saying = Saying(**form.cleaned_data)
        actions.add_words(office=request.actor.office, saying=saying, by=request.actor.name, at=clock.now())
        messages.success(request, _("Kata masuk ke bank kata kantor."))
        return redirect("cards:words")
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct words of the office's own."""
    own = _own(request, pk)
    form = WordsForm(request.POST or None, initial=vars(own.saying))
    if form.is_valid():
        try:
            actions.change_words(words=own, saying=Saying(**form.cleaned_data), by=request.actor.name, at=clock.now())
        except actions.WordsTaken:
            form.add_error("text", _("Kata ini sudah ada di bank kata kantor."))
        else:
            messages.success(request, _("Kata diubah. Kartu yang sudah memakainya tetap seperti semula."))
            return redirect("cards:words")
    return _form_page(request, form, own)


@require_POST
@signed_in(*EDITORS)
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take the office's own words out of the bank."""
    actions.remove_words(words=_own(request, pk), by=request.actor.name, at=clock.now())
    messages.success(request, _("Kata dihapus dari bank kata kantor. Kartu yang sudah memakainya tidak berubah."))
    return redirect("cards:words")


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def give(request: OfficeRequest) -> HttpResponse:
    """Take a list of words to look at: a file, or a table from the clipboard."""
    form = WordListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        field = "sheet" if form.cleaned_data["sheet"] else "pasted"
        try:
            filename, data = form.given()
            sheets.read(data, filename, kind=WORDS)
        except sheets.SheetRefused as refusal:
            form.add_error(field, str(refusal))
        else:
            office, at = request.actor.office, clock.now()
            token = uploads.keep(office=office, filename=filename, data=data, at=at, kind=WORDS.key)
            return redirect("cards:words-preview", token)
    return render(request, "cards/words_import.html", {"form": form}, status=INVALID if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def preview(request: OfficeRequest, token: str) -> HttpResponse:
    """Show what a list would do to the bank, with the columns open to correction; then do it."""
    office, at = request.actor.office, clock.now()
    kept = uploads.find(office=office, token=token, at=at, kind=WORDS.key)
    if kept is None or kept.result is not None:
        return _gone(request)
    arrangement = mapping.arranged(request, kept, WORDS)
    context = mapping.context_of(arrangement, token) | {"forget_url": reverse("cards:words-forget", args=[token])}
    if not arrangement.form.is_valid():
        status = INVALID if arrangement.form.came else 200
        return render(request, "cards/words_preview.html", context, status=status)
    decided = actions.import_words(
        office=office,
        sheet=arrangement.sheet,
        mapping=arrangement.mapping,
        by=request.actor.name,
        at=at,
        dry_run=request.method == "GET",
    )
    taken = len(decided.new) + len(decided.changed)
    if request.method == "POST":
        uploads.keep_result(office=office, token=token, upload=kept, result={"added": len(decided.new)})
        told = ngettext("%(count)s kata diambil dari daftar.", "%(count)s kata diambil dari daftar.", taken)
        messages.success(request, told % {"count": taken})
        return redirect("cards:words")
    context |= {
        "plan": decided,
        "taken": taken,
        "shown": (decided.new + decided.changed)[:SHOWN],
        "unsourced": sum(bool(one.author) and not one.source for one in decided.new + decided.changed),
        "refused": [{"row": one.row, "text": one.text, "why": _why(one)} for one in decided.refused[:SHOWN_REFUSED]],
        "hidden": arrangement.hidden,
    }
    return render(request, "cards/words_preview.html", context)


@require_POST
@signed_in(*EDITORS)
def forget(request: OfficeRequest, token: str) -> HttpResponse:
    """Forget how this source's columns were chosen last time, and guess anew."""
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now(), kind=WORDS.key)
    if kept is None or kept.result is not None:
        return _gone(request)
    remembered = mapping.arranged(request, kept, WORDS).remembered
    if remembered is not None:
        people.forget_mapping(mapping=remembered, by=request.actor.name, at=clock.now())
        messages.info(request, _("Susunan kolom dilupakan; kolomnya ditebak lagi dari judulnya."))
    return redirect("cards:words-preview", token)


def _gone(request: OfficeRequest) -> HttpResponse:
    messages.info(request, _("Daftar yang diunggah sudah tidak disimpan lagi. Unggah sekali lagi."))
    return redirect("cards:words-import")


def _own(request: OfficeRequest, pk: int) -> Words:
    office = request.actor.office
    return get_object_or_404(queries.words_of(office), pk=pk, office=office)


def _form_page(request: OfficeRequest, form: WordsForm, own: Words | None = None) -> HttpResponse:
    context = {"form": form, "own": own, "themes": THEMES}
    return render(request, "cards/words_form.html", context, status=INVALID if form.errors else 200)


def _why(refused: Refused) -> str:
    names = {
        "meaning": _("Arti"),
        "author": _("Tokoh"),
        "source": _("Sumber"),
        "year": _("Tahun"),
        "theme": _("Tema"),
    }
    sentences = {
        "empty": _("Kolom katanya kosong."),
        "too_long": _("%(detail)s karakter; paling banyak 220."),
        "long_word": _("Kata “%(detail)s…” terlalu panjang untuk satu baris."),
        "wide": _("Isian %(detail)s terlalu panjang."),
        "missing": _("Huruf ini tidak dapat digambar: %(detail)s"),
        "twice": _("Sama dengan baris %(detail)s."),
    }
    return sentences[refused.reason] % {"detail": names.get(refused.detail, refused.detail)}
