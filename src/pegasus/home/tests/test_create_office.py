import pytest
from django.core.management import CommandError, call_command

from pegasus.calendar.models import Holiday
from pegasus.people.models import Office
from pegasus.sop.models import Activity

pytestmark = pytest.mark.django_db


def test_an_office_made_by_command_has_its_calendar_and_the_seven_activities() -> None:
    call_command("create_office", "1771", "--name", "BPS Kota Bengkulu", "--timezone", "Asia/Jakarta")

    office = Office.objects.get(code="1771")
    assert Holiday.objects.filter(office=office).exists()
    assert Activity.objects.filter(version__procedure__programme__office=office).count() == 7


@pytest.mark.parametrize(("code", "sentence"), [("17", "harus empat angka"), ("1771", "sudah ada")])
def test_a_code_that_cannot_be_is_refused_in_words(code: str, sentence: str) -> None:
    call_command("create_office", "1771", "--name", "BPS Kota Bengkulu")

    with pytest.raises(CommandError, match=sentence):
        call_command("create_office", code, "--name", "Kantor lain")

    assert Office.objects.count() == 1
