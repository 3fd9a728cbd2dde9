import errno
import json
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.builders import make_office, sign_in

from pegasus.ui import views

REQUEST = RequestFactory().get("/x/")
STATIC = Path(__file__).resolve().parent.parent / "static"


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (views.bad_request(REQUEST), 400, "Permintaan ini tidak dapat dibaca"),
        (views.bad_request(REQUEST, RequestDataTooBig()), 413, "Kiriman ini terlalu besar"),
        (views.forbidden(REQUEST), 403, "Halaman ini untuk peran lain"),
        (views.csrf_failure(REQUEST), 403, "Formulir ini sudah kedaluwarsa"),
        (views.not_found(REQUEST), 404, "Halaman tidak ditemukan"),
        (views.too_many(REQUEST), 429, "Terlalu banyak percobaan"),
        (views.server_error(REQUEST), 500, "Ada gangguan di server"),
    ],
)
def test_an_error_page_says_what_happened_and_the_way_home_without_the_database(
    answer: HttpResponse, status: int, words: str
) -> None:
    page = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert 'href="/"' in page


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "no room"),
        OSError(errno.EROFS, "locked"),
        OperationalError("database or disk is full"),
        OperationalError("attempt to write a readonly database"),
    ],
)
def test_a_full_disk_is_said_plainly(error: Exception) -> None:
    try:
        raise error
    except (OSError, OperationalError):
        answer = views.server_error(REQUEST)

    assert answer.status_code == 507
    assert "<h1>Penyimpanan server penuh atau terkunci</h1>" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_answers_with_our_page(client: Client) -> None:
    answer = client.get("/tidak-ada/")

    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


@pytest.mark.django_db
def test_every_page_carries_what_htmx_needs_and_nothing_inline(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get("/").content.decode()

    assert '"includeIndicatorStyles": false, "allowEval": false' in page
    assert "X-CSRFToken" in page
    assert 'aria-current="page"' in page
    assert 'href="#isi"' in page


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)

    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert (STATIC / icon["src"].removeprefix("/static/")).is_file()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_login", "Masuk ke kantor"),
        ("account_reset_password", "Lupa kata sandi"),
        ("account_reset_password_done", "Periksa surel"),
        ("account_reset_password_from_key_done", "Kata sandi sudah diganti"),
        ("account_signup", "Akun dibuat oleh kantor"),
        ("account_inactive", "Akun ini ditutup"),
    ],
)
def test_pages_of_the_account_speak_our_words(client: Client, name: str, words: str) -> None:
    make_office()

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_pages_behind_the_sign_in_speak_our_words(client: Client) -> None:
    user = sign_in(client, make_office()).user
    assert user is not None
    user.set_password("kata-sandi-lama")
    user.save()
    client.force_login(user)

    assert "Ganti kata sandi" in client.get(reverse("account_change_password")).content.decode()
    assert "Keluar dari Pegasus?" in client.get(reverse("account_logout")).content.decode()


@pytest.mark.django_db
def test_a_wrong_password_is_told_in_one_sentence(client: Client) -> None:
    make_office()

    answer = client.post(reverse("account_login"), {"login": "siapa", "password": "salah"})

    assert "Nama pengguna atau kata sandi tidak cocok." in answer.content.decode()


@pytest.mark.django_db
def test_the_language_can_be_switched(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/akun/login/"})

    assert client.cookies["bahasa"].value == "en"
