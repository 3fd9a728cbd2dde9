"""A null character reaches no page: PostgreSQL could neither look for it nor keep it."""

import pytest
from django.test import Client
from tests.builders import make_office, sign_in

from pegasus.people.models import Correction

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/pegawai/?tim=%00", "/pegawai/?cari=a%00b", "/jadwal/riwayat/?cari=%00"])
def test_a_search_for_a_null_character_is_refused(client: Client, page: str) -> None:
    sign_in(client, make_office(), "ca")

    answer = client.get(page)

    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_form_with_a_null_character_stores_nothing(client: Client) -> None:
    ayu = sign_in(client, make_office(), "ca")
    asked = Correction.objects.create(
        employee=ayu, field="other", wanted="x", asked_at="2026-11-20T02:00Z", due_at="2026-11-23T02:00Z"
    )

    form = "application/x-www-form-urlencoded"
    answer = client.post(f"/pegawai/permintaan/{asked.pk}/", "jawaban=tolak&alasan=a%00b", content_type=form)

    assert answer.status_code == 400
    asked.refresh_from_db()
    assert asked.state == Correction.State.ASKED
