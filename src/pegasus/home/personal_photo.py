"""A new photo for a card that was sent: in hand until the card is sent again, so that it is seen first."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from pegasus.kernel import crypto
from pegasus.sop.models import Task
from pegasus.typeset.pictures import Picture

HOURS = 2  # who comes back later chooses the photo again


@dataclass(frozen=True)
class PhotoInHand:
    """A photo that passed the gate and is not on the card yet; the page names it by its digest."""

    picture: Picture
    digest: str


def take_in_hand(task: Task, picture: Picture) -> PhotoInHand:
    """Keep a photo for a turn, encrypted and for a while only; a newer one takes its place."""
    held = PhotoInHand(picture, sha256(picture.data).hexdigest()[:40])
    words = crypto.encrypt(b64encode(picture.data).decode(), column=_key(task))
    facts = (held.digest, picture.content_type, picture.width, picture.height)
    cache.set(_key(task), (facts, words), HOURS * 3600)
    return held


def in_hand(task: Task, digest: str) -> PhotoInHand | None:
    """Return the photo that a page names; None when it is gone, another turn's, or a newer one took its place."""
    found = cache.get(_key(task)) if digest else None
    if found is None or found[0][0] != digest:
        return None
    (_digest, content_type, width, height), words = found
    data = b64decode(crypto.decrypt(words, column=_key(task)))
    return PhotoInHand(Picture(data, content_type, width, height), digest)


def let_go(task_id: int) -> None:
    """Keep a turn's photo no longer: it is on the card, or its person asked to be forgotten."""
    cache.delete(_key_of(task_id))


def _key(task: Task) -> str:
    return _key_of(task.pk)


def _key_of(task_id: int) -> str:
    return f"photo-in-hand:{task_id}"
