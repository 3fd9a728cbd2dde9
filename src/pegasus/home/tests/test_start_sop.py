"""What set-up says about the SOP that a new office begins with."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_step_one_says_that_the_sop_is_a_sample_and_asks_for_a_name_that_is_not_empty(client: Client) -> None:
    page = client.get("/mulai/kantor/").content.decode()
    asked = page[page.index("Kepanjangan Pegasus di nama SOP") :]

    assert "SOP contoh dari BPS Provinsi Bengkulu" in asked
    assert "(boleh kosong)" not in asked
