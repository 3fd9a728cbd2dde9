"""F8: a picture of the media folder that is gone, cut off or foreign closes no page, and can be replaced."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import make_office, sign_in

from pegasus.cards import queries, render
from pegasus.cards.domain import designs
from pegasus.cards.models import Card
from pegasus.cards.tests.builders import photo
from pegasus.home.tests.test_personal import Turn
from pegasus.roster.models import Duty
from pegasus.typeset import stored

pytestmark = pytest.mark.django_db
HARM: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "foreign": lambda path: path.write_bytes(b"%PDF-1.7 bukan gambar"),
    "empty": lambda path: path.write_bytes(b""),
}
broken = pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
MISSING = "tidak dapat dibaca lagi"


@pytest.fixture
def turn(client: Client) -> Turn:
    return Turn(client)


@broken
def test_a_broken_photo_closes_no_part_of_the_employees_page(turn: Turn, harm: Callable[[Path], object]) -> None:
    turn.post("pratinjau", photo=SimpleUploadedFile("a.jpg", photo()))
    harm(Path(turn.card.photo.path))
    template = turn.card.template or queries.templates_for(turn.office, turn.task.period)[0]

    page = turn.client.get(turn.address)
    answers = [turn.post("", path).status_code for path in ("pratinjau/", "ukuran/", "simpan/", "periksa/")]
    shown = turn.client.get(f"{turn.address}foto/{template.pk}/portrait.jpg")

    assert page.status_code == 200
    assert MISSING in page.content.decode()
    assert "/foto/" not in page.content.decode()
    assert answers == [200] * 4
    assert shown.status_code == 404


@broken
def test_a_broken_photo_can_be_taken_off_or_replaced(turn: Turn, harm: Callable[[Path], object]) -> None:
    turn.post("pratinjau", photo=SimpleUploadedFile("a.jpg", photo()))
    harm(Path(turn.card.photo.path))

    turn.post("pratinjau", photo=SimpleUploadedFile("b.jpg", photo()))
    replaced = turn.client.get(turn.address).content.decode()
    harm(Path(turn.card.photo.path))
    sent = turn.post("kirim", hapus_foto="1")

    assert MISSING not in replaced
    assert "/foto/" in replaced
    assert sent.status_code == 302
    assert turn.card.state in queries.SENT
    assert not turn.card.photo


@broken
def test_a_broken_finished_design_closes_no_page_and_is_not_sent(turn: Turn, harm: Callable[[Path], object]) -> None:
    turn.post("pratinjau", words="", upload=SimpleUploadedFile("a.jpg", photo()))
    assert turn.card.upload
    harm(Path(turn.card.upload.file.path))

    page = turn.client.get(turn.address)
    findings = turn.post("", "periksa/", alt_text="Gambar.").content.decode()
    sent = turn.post("kirim", alt_text="Gambar.")
    back = turn.post("templat")

    assert page.status_code == 200
    assert turn.client.get(turn.address + "desain/portrait.jpg").status_code == 404
    assert MISSING in findings
    assert sent.status_code == 422
    assert MISSING in sent.content.decode()
    assert back.status_code == 302
    assert Card.objects.get(task=turn.task).upload is None


@broken
def test_a_broken_photo_of_a_person_is_a_gap(client: Client, harm: Callable[[Path], object]) -> None:
    me = sign_in(client, make_office(), "ca")
    me.photo.save("a.jpg", ContentFile(photo()))
    harm(Path(me.photo.path))

    assert client.get(reverse("people:photo", args=[me.pk])).status_code == 404
    assert client.get(reverse("people:person", args=[me.pk])).status_code == 200


@broken
def test_a_broken_logo_leaves_documents_and_settings(client: Client, harm: Callable[[Path], object]) -> None:
    from pegasus.roster import documents as rosters  # noqa: PLC0415 - what is looked at
    from pegasus.sop import document as procedures  # noqa: PLC0415 - as above

    office = make_office()
    sign_in(client, office, "ca", "admin")
    office.logo.save("logo.jpg", ContentFile(photo()))
    harm(Path(office.logo.path))

    assert procedures._logo(office) is None  # noqa: SLF001 - the one place that reads it
    assert rosters._logo(office) == {}  # noqa: SLF001 - as above
    assert client.get(reverse("home:settings")).status_code == 200
    assert Duty.objects.count() == 0


@broken
def test_a_broken_picture_of_a_template_leaves_its_place_empty_until_it_is_mended(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    kept = Path(tmp_path / "gambar.jpg")
    kept.write_bytes(photo())
    whole = kept.read_bytes()

    def read() -> bytes:
        return kept.read_bytes() if kept.exists() and stored.is_whole(kept.read_bytes()) else b""

    digest = sha256(str(tmp_path).encode()).hexdigest()  # its ground was not drawn before
    picture = designs.Kept(digest, 300, 300, "/x.jpg", read)
    layer = {"kind": "picture", "file": 1}
    design = designs.Design("Uji", [layer], 0, [], frozenset(), pictures={1: picture})
    harm(kept)

    lacking = render.background(design, "portrait", with_photo=False).tobytes()
    kept.write_bytes(whole)
    mended = render.background(design, "portrait", with_photo=False).tobytes()

    assert lacking != mended
