import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import make_office, sign_in

from pegasus.cards import queries, render
from pegasus.cards.tests.builders import make_content, photo
from pegasus.cards.tests.test_render import as_text, pixels
from pegasus.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_a_logo_set_once_is_on_every_template_that_asks_for_it(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    logo = SimpleUploadedFile("logo.png", photo("red", (300, 300), "PNG"))

    answer = client.post("/kartu/merek/", {"colour": ["#16325C", "merah", "#16325C"], "margin": "72", "logo": logo})

    kit = queries.brand_of(office)
    assert answer["Location"] == "/kartu/merek/"
    assert (kit.colours, kit.margin) == (["#16325C"], 72)
    made = {"name": "A", "background": [], "elements": [{"kind": "logo", "boxes": {"square": [0, 0, 540, 540]}}]}
    card = render.jpeg(queries.drawable(made, office.pk), make_content(), "square")
    assert as_text(pixels(card), 2, 2) == "R.\n.."
    assert AuditEntry.objects.filter(action="brand.set", office_id=office.pk).count() == 1
    assert queries.brand_of(make_office()).logo is None
    client.post("/kartu/merek/", {"margin": "72", "without_logo": "on"})
    assert queries.brand_of(office).logo is None


def test_what_is_no_logo_is_said_and_nothing_changes(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "humas")

    answer = client.post("/kartu/merek/", {"margin": "9000", "logo": SimpleUploadedFile("x.png", b"x")})

    assert answer.status_code == 422
    assert "bukan gambar" in answer.content.decode()
    assert queries.brand_of(office).pk is None


def test_the_brand_is_not_for_pegawai(client: Client) -> None:
    sign_in(client, make_office())

    assert client.get("/kartu/merek/").status_code == 403
