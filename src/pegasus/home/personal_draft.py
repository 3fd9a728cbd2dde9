"""What an employee typed on the personal page: read from the form or the card, shown as a live card, looked over."""

import json
from base64 import b64encode
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.cards import actions, grounds, queries, render
from pegasus.cards.domain import designs, wording
from pegasus.cards.domain.designs import SIZES, Adjustments, Content, Design
from pegasus.cards.models import Card, CardTemplate
from pegasus.home import personal_adjust
from pegasus.home.personal_photo import PhotoInHand, in_hand
from pegasus.kernel.text import clean_line, clean_lines
from pegasus.people.models import Employee, Office
from pegasus.sop.models import Task
from pegasus.typeset import stored

SMALL = 180  # pixels across: a little picture on a sharp screen
OWN, OTHER = "sendiri", "lain"
MOST_TYPED = 20_000  # kept, so that a long paste can be shortened; what a card holds is for the look to say


class CardForm(forms.Form):
    """Everything that can be typed; nothing is required here, so that nothing typed is ever lost."""

    words = forms.CharField(
        label=gettext_lazy("Kata motivasi"),
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "data-count": str(wording.LONGEST)}),
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Sumber"),
        required=False,
        choices=[(OWN, gettext_lazy("Kata saya sendiri")), (OTHER, gettext_lazy("Peribahasa, buku, atau orang lain"))],
    )
    source = forms.CharField(
        label=gettext_lazy("Nama sumber"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    alt_text = forms.CharField(
        label=gettext_lazy("Teks alternatif"),
        required=False,
        max_length=600,
        help_text=gettext_lazy(
            "Dibacakan bagi yang tidak dapat melihat gambar. Bila kosong, disusun dari kata di atas."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photo = forms.FileField(
        label=gettext_lazy("Foto"),
        required=False,
        help_text=gettext_lazy("Foto ikut tampil di grup kantor dan Instagram. Tambahkan hanya bila Anda setuju."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    upload = forms.FileField(
        label=gettext_lazy("Gambar jadi"),
        required=False,
        help_text=gettext_lazy("Misalnya hasil Canva: PNG, JPEG, atau PDF. Gambar tampil utuh dalam ketiga ukuran."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


@dataclass(frozen=True)
class Draft:
    """The card as it stands on the screen right now."""

    words: str
    source: str
    origin: str
    alt_text: str
    template: CardTemplate
    adjustments: Adjustments = field(default_factory=dict)
    size: str = "portrait"
    uses_staff_name: bool = False
    without_photo: bool = False
    photo: PhotoInHand | None = None  # not on the card yet

    @property
    def said_source(self) -> str:
        """The source that goes onto the card: own words have none."""
        return self.source.strip() if self.origin == OTHER else ""

    @cached_property
    def design(self) -> Design:
        """The template as the draft adjusted it."""
        return designs.adjusted(queries.design_of(self.template), self.adjustments)

    def name_on(self, card: Card) -> str:
        """The name on the card: as it was, or as the staff list has it now."""
        return card.holder.name if self.uses_staff_name and card.holder else card.name

    def initial(self) -> dict[str, str]:
        """The form's fields."""
        names = ("words", "origin", "source", "alt_text")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Visit:
    """Who opened a personal link, and the card they owe."""

    token: str
    employee: Employee
    office: Office
    task: Task
    card: Card
    templates: list[CardTemplate]

    def template(self, pk: str) -> CardTemplate | None:
        """Return a template this card may use."""
        own = [self.card.template] if self.card.template else []
        return next((template for template in [*self.templates, *own] if str(template.pk) == pk), None)

    def draft(self) -> Draft:
        """Return what the card holds."""
        card = self.card
        template = card.template or self.templates[0]
        return Draft(card.words, card.source, OTHER if card.source else OWN, card.alt_text, template, card.adjustments)

    def typed(self, posted: QueryDict) -> Draft:
        """Return what was typed, with the pressed template, size or saying taken into account."""
        deed, _dash, chosen = posted.get("aksi", "").partition("-")
        template = self.template(chosen if deed == "templat" else posted.get("template", ""))
        size = chosen if deed == "ukuran" else posted.get("size", "")
        template = template or self.draft().template
        design = queries.design_of(template)
        without_photo = "hapus_foto" in posted or posted.get("aksi") == "tanpa-foto"
        draft = Draft(
            words=clean_lines(posted.get("words", ""))[:MOST_TYPED],
            source=clean_line(posted.get("source", ""))[:200],
            origin=OTHER if posted.get("origin") == OTHER else OWN,
            alt_text=clean_lines(posted.get("alt_text", ""))[:600],
            template=template,
            adjustments=personal_adjust.taken(self.office, design, posted, deed, chosen),
            size=size if size in SIZES else "portrait",
            uses_staff_name=deed == "nama" or posted.get("nama") == "daftar",
            without_photo=without_photo,
            photo=None if without_photo else in_hand(self.task, posted.get("foto_baru", "")),
        )
        if deed == "kata" and chosen.isdecimal() and len(chosen) < 18:  # noqa: PLR2004 - what a database key can hold
            saying = queries.words_of(self.office).filter(pk=chosen).first()
            if saying:
                return replace(draft, words=saying.text, source=saying.said_by, origin=OTHER, alt_text="")
        return draft

    @property
    def stand(self) -> str:
        """Which writing of the draft this is: a browser compares it with what it kept while the line was down."""
        return stand_of(self.card)

    def address(self, name: str, *args: object) -> str:
        """Return an address under this personal link."""
        return reverse(f"home:personal-{name}", args=[self.token, *args])


def stand_of(card: Card) -> str:
    """Return when a draft was last written; nothing for one that was not begun."""
    return f"{card.updated_at.timestamp():.6f}" if card.pk else ""


def put(draft: Draft, card: Card) -> Card:
    """Put the draft onto the card, without saving."""
    card.words, card.source, card.alt_text = draft.words, draft.said_source, draft.alt_text
    card.adjustments = draft.adjustments
    card.template, card.name = draft.template, draft.name_on(card)
    return card


def content_of(visit: Visit, draft: Draft, *, photo: bytes) -> Content:
    """Return what the card says as it is typed; where nothing is, the place for it."""
    return replace(
        queries.content_of(visit.card, photo=photo),
        words=draft.words[: wording.LONGEST * 2].strip() or _("Kata Anda tampil di sini."),
        source=draft.said_source,
        name=draft.name_on(visit.card),
    )


def photo_on(card: Card, draft: Draft) -> bytes:
    """Return the photo that the card shows as it is typed; nothing where there is none, or none that can be drawn."""
    if draft.photo is not None:
        return draft.photo.picture.data
    return b"" if draft.without_photo else queries.photo_of(card)


def picture_name(visit: Visit, draft: Draft) -> str:
    """Return a name for the card's picture: for this turn alone, the same name means the same picture.

    It is a digest of exactly what is drawn. The page sends the name of the picture that it last showed, so that no
    other one is ever sent.
    """
    card = visit.card
    drawn: list[object]
    if card.upload_id and card.upload:
        how = queries.finished_standing(card)
        placings = sorted((size, one.fit, one.focus) for size, one in how.placings.items())
        drawn = [card.upload.sha256, how.ground, placings]
    else:
        photo = sha256(photo_on(card, draft)).hexdigest()
        drawn = [draft.design.key, content_of(visit, draft, photo=b"").texts(), photo]
    return sha256(json.dumps([visit.task.pk, *drawn], sort_keys=True).encode()).hexdigest()[:40]


def live_card(visit: Visit, draft: Draft) -> SafeString:
    """Return the card as it would be posted: words as outlines over the template's own ground."""
    card, template = visit.card, draft.template
    has_photo = bool(photo_on(card, draft))
    content = content_of(visit, draft, photo=b"x" if has_photo else b"")
    kind = "foto" if has_photo else "polos"
    ground = visit.address("backdrop", template.pk, draft.size, kind)
    photo = visit.address("photo", template.pk, draft.size) if has_photo else ""
    svg = render.preview_svg(
        draft.design,
        content,
        draft.size,
        background_url=f"{ground}?v={grounds.stamp()}",
        photo_url=f"{photo}?{_photo_version(card, draft)}" if photo else "",
        label=heard(card, draft),
    )
    return mark_safe(svg)  # outlines drawn by the typesetter; our own addresses and the label are escaped


def _photo_version(card: Card, draft: Draft) -> str:
    return f"baru={draft.photo.digest}" if draft.photo else f"v={card.updated_at.timestamp():.0f}"


def small_cards(visit: Visit, draft: Draft) -> dict[str, str]:
    """Return the card small in every size, as pictures that stand in the page itself."""
    content = content_of(visit, draft, photo=photo_on(visit.card, draft))
    drawn = {size: _small(visit, draft, content, size) for size in SIZES}
    return {size: f"data:image/webp;base64,{b64encode(data).decode()}" for size, data in drawn.items()}


def _small(visit: Visit, draft: Draft, content: Content, size: str) -> bytes:
    if visit.card.upload_id:
        try:
            drawn = actions.draw(visit.card, size)
        except OSError:
            drawn = stored.blank(SIZES[size])
        return render.thumbnail(drawn, width=SMALL, kind="WEBP")
    return render.small(draft.design, content, size, width=SMALL)


def heard(card: Card, draft: Draft) -> str:
    """Return the alternative text as it stands now."""
    return draft.alt_text.strip() or wording.alt_text(
        words=draft.words, source=draft.said_source, name=card.name, team=card.team
    )
