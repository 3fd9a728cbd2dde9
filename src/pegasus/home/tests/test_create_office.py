from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pegasus.calendar.models import Holiday
from pegasus.people.models import Office, User
from pegasus.sop.models import Activity
from pegasus.sop.queries import version_in_force

pytestmark = pytest.mark.django_db


def test_an_office_made_by_command_has_its_calendar_and_the_seven_activities() -> None:
    call_command("create_office", "1771", "--name", "BPS Kota Bengkulu", "--timezone", "Asia/Jakarta")

    office = Office.objects.get(code="1771")
    assert Holiday.objects.filter(office=office).exists()
    assert Activity.objects.filter(version__procedure__programme__office=office).count() == 7


def test_its_sop_is_signed_by_its_own_head_under_the_name_that_was_chosen() -> None:
    call_command(
        "create_office", "8172", "--name", "BPS Kota Tual", "--head", "Maria Renyaan, S.Si.", sop_name="signed"
    )

    version = version_in_force(Office.objects.get(code="8172"))
    assert (version.approved_by_position, version.approved_by_name) == ("Kepala BPS Kota Tual", "Maria Renyaan, S.Si.")
    assert version.agency == ["BADAN PUSAT STATISTIK", "KOTA TUAL"]
    assert "Pesan Penggungah" in version.title


@pytest.mark.parametrize(("code", "sentence"), [("17", "harus empat angka"), ("1771", "sudah ada")])
def test_a_code_that_cannot_be_is_refused_in_words(code: str, sentence: str) -> None:
    call_command("create_office", "1771", "--name", "BPS Kota Bengkulu")

    with pytest.raises(CommandError, match=sentence):
        call_command("create_office", code, "--name", "Kantor lain")

    assert Office.objects.count() == 1


def test_an_office_made_with_its_first_person_can_be_entered(client: Client) -> None:
    out = StringIO()

    call_command(
        "create_office", "1771", "--name", "Kantor", "--admin", "Wulan Kartika", "--username", "wulan", stdout=out
    )

    password = out.getvalue().split("kata sandi ")[1].split(",")[0]
    answer = client.post(reverse("account_login"), {"login": "wulan", "password": password})
    assert answer.status_code == 302
    assert client.get("/", follow=True).redirect_chain[-1][0].endswith("/akun/password/change/")


def test_a_user_name_that_is_taken_leaves_no_office_behind() -> None:
    User.objects.create_user("wulan")

    with pytest.raises(CommandError, match="sudah dipakai"):
        call_command("create_office", "1771", "--name", "Kantor", "--admin", "Wulan", "--username", "wulan")

    assert Office.objects.count() == 0
