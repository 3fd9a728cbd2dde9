"""The look at a card before it goes out, and the taps that mend what was found (SOP 1.4)."""

from copy import copy
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from pegasus.cards import lettering, linting, queries
from pegasus.cards.domain import wording
from pegasus.cards.sentences import Said, alone, say
from pegasus.home import personal_upload
from pegasus.home.personal_draft import OTHER, Draft, Visit, photo_on, put
from pegasus.typeset import stored

# Buttons after which the page looks again; `templat-<pk>` is one of them too.
MENDS = ("periksa", "huruf", "nama", "alt", "tanpa-foto", "warna-asal", *personal_upload.DEEDS)


@dataclass(frozen=True)
class Checked:
    """What was said about a card, and which of it the person has already read and may pass over."""

    said: list[Said] = field(default_factory=list)
    seen: frozenset[str] = frozenset()
    is_refused: bool = False

    @property
    def stops(self) -> list[Said]:
        """What must be mended first."""
        return [one for one in self.said if one.stops]

    @property
    def warnings(self) -> list[Said]:
        """What may be passed over."""
        return [one for one in self.said if not one.stops]

    @property
    def is_about_words(self) -> bool:
        """Tell whether the words themselves stop the card, and not how they look."""
        return any(one.field == "words" for one in self.stops)

    @property
    def is_open(self) -> bool:
        """Tell whether anything stands in the way of sending."""
        return any(one.stops or one.kind not in self.seen for one in self.said)

    def refused(self) -> "Checked":
        """Return the same, shown because the card did not go; what may be passed over has now been read."""
        return replace(self, seen=frozenset(one.kind for one in self.warnings), is_refused=True)


def check(visit: Visit, draft: Draft, posted: QueryDict) -> Checked:
    """Look the card over as it is typed."""
    card = put(draft, copy(visit.card))
    if card.upload and not stored.picture(card.upload.file):
        gone = _("Gambar jadi ini tidak dapat dibaca lagi. Unggah sekali lagi, atau kembali ke templat.")
        return Checked([alone(gone)])
    is_quoted = draft.origin == OTHER and not draft.source.strip() and not card.upload_id
    found = linting.look(card, templates=visit.templates, is_quoted=is_quoted, photo=photo_on(card, draft))
    return Checked(say(found), seen=frozenset(posted.get("lanjut", "").split()))


def mended(visit: Visit, draft: Draft, deed: str) -> Draft:
    """Return the draft as a tap on a finding mends it."""
    match deed:
        case "huruf":
            design = queries.design_of(draft.template) if draft.template else None
            bad = dict.fromkeys(map(ord, lettering.missing_in(draft.words + draft.source, design)))
            return replace(draft, words=draft.words.translate(bad), source=draft.source.translate(bad))
        case "alt":
            card = visit.card
            told = wording.alt_text(words=draft.words, source=draft.said_source, name=card.name, team=card.team)
            return replace(draft, alt_text=told)
    return draft
