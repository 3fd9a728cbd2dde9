import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import sign_in

from pegasus.sop import queries
from pegasus.sop.models import Programme
from pegasus.sop.tests.builders import make_office_with_sop

pytestmark = pytest.mark.django_db

NEW = {
    "name": "JOSS",
    "code": "joss",
    "number": "SOP-327/17000/2025",
    "unit": "CHANGE AGENT NETWORK",
    "a-TOTAL_FORMS": "3",
    "a-INITIAL_FORMS": "3",
    "a-0-title": "Menyusun daftar peserta",
    "a-0-role": "ca",
    "a-0-time_standard": "3-5 Hari Kerja",
    "a-0-output": "Daftar peserta",
    "a-0-rhythm": "monthly",
    "a-1-title": "Menyetujui daftar",
    "a-1-role": "cl",
    "a-1-time_standard": "30 Menit",
    "a-1-output": "Persetujuan",
    "a-1-rhythm": "manual",
    "a-1-back_to": "1",
    "a-2-title": "Evaluasi",
    "a-2-role": "cc",
    "a-2-time_standard": "Semesteran",
    "a-2-output": "Laporan MP Semesteran",
    "a-2-rhythm": "semester",
}


def test_a_programme_is_entered_as_data_and_its_tasks_open(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")

    answer = client.post(reverse("sop:new-programme"), NEW)

    version = queries.version_in_force(office, "joss")
    rows = list(version.activities.order_by("number"))
    assert answer.status_code == 302
    assert [lane["key"] for lane in version.lanes] == ["ca", "cl", "cc"]
    assert rows[1].performers == [{"lane": "cl", "symbol": "decision", "no": 1}]
    assert [(row.time_unit, row.time_least, row.time_most) for row in rows] == [
        ("working_days", 3, 5),
        ("minutes", 30, 30),
        ("frequency", None, None),
    ]
    assert queries.tasks_of(office).filter(activity=rows[0], subject__startswith="month:").count() == 1
    assert client.get(reverse("sop:index"), {"program": "joss"}).status_code == 200
    assert client.get(reverse("sop:pdf", args=["joss"])).content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "pegasus"}, "Kode ini sudah dipakai"),
        ({"a-0-time_standard": "3 kali"}, "Waktu ini tidak terbaca"),
        ({"a-1-back_to": "2"}, "Keputusan kembali ke langkah sebelumnya"),
        ({"a-0-title": ""}, "Aktivitas"),
    ],
)
def test_a_faulty_programme_is_refused_and_stays_typed(client: Client, changed: dict[str, str], sentence: str) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")

    answer = client.post(reverse("sop:new-programme"), NEW | changed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Menyetujui daftar" in answer.content.decode()
    assert not Programme.objects.filter(office=office, name="JOSS").exists()


def test_another_row_keeps_what_was_typed(client: Client) -> None:
    sign_in(client, make_office_with_sop(), "ca")

    answer = client.post(reverse("sop:new-programme"), NEW | {"add": "1", "name": ""})

    assert answer.status_code == 200
    assert 'name="a-3-title"' in answer.content.decode()
    assert "Menyetujui daftar" in answer.content.decode()


def test_a_shipped_programme_is_taken_up_rests_and_runs_again(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")

    client.post(reverse("sop:take-up", args=["bgc"]))
    programme = Programme.objects.get(office=office, code="bgc")
    client.post(reverse("sop:switch-programme", args=[programme.pk]), {"active": "0"})
    programme.refresh_from_db()
    rested = programme.is_active
    client.post(reverse("sop:switch-programme", args=[programme.pk]), {"active": "1"})
    programme.refresh_from_db()

    assert (rested, programme.is_active) == (False, True)
    assert queries.tasks_of(office).filter(activity__version__procedure__programme=programme).exists()


@pytest.mark.parametrize("name", ["sop:new-programme"])
def test_only_the_network_changes_programmes(client: Client, name: str) -> None:
    sign_in(client, make_office_with_sop(), "humas")

    assert client.post(reverse(name), NEW).status_code == 403
