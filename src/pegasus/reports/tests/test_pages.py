from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_office, sign_in

from pegasus.archive.files import content_of
from pegasus.people.models import Office
from pegasus.publishing.tests.builders import make_sop
from pegasus.reports import actions
from pegasus.reports.models import FollowUp, Obstacle, Report
from pegasus.reports.tests.builders import AFTER, Q4, make_quarter, make_report
from pegasus.sop.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(tmp_path: Path, settings: object) -> Path:
    path = tmp_path / "clock"
    path.write_text(AFTER.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(path)  # type: ignore[attr-defined] # pytest-django's fixture
    return path


@pytest.fixture
def office() -> Office:
    return make_office(name="BPS Kota Uji", city="Uji")


@pytest.fixture
def report(office: Office, clock: Path) -> Report:
    return make_report(office)


def page_of(client: Client, report: Report, query: str = "") -> str:
    return client.get(reverse("reports:report", args=[report.pk]) + query).content.decode()


def test_the_page_is_the_document_with_figures_that_open_their_rows(
    client: Client, office: Office, report: Report
) -> None:
    sign_in(client, office, "ca")

    page = page_of(client, report)

    assert "Laporan Kegiatan Pegasus Triwulan IV Tahun 2026" in page
    assert "direncanakan tiga giliran bagi tiga pegawai" in page
    assert reverse("sop:activity", args=["pegasus", 5]) + "?periode=2026Q4" in page
    assert "<svg" in page
    assert "Penulis 02" in page


def test_what_is_missing_stands_beside_it_with_its_owner(client: Client, office: Office, report: Report) -> None:
    sign_in(client, office, "head")

    page = page_of(client, report)

    margin = page[page.index("Yang masih kurang") :]
    assert "Memposting konten Pegasus (grup WhatsApp), giliran Penulis 02 belum selesai" in margin
    assert "Penulis 02" in margin


def test_a_section_is_written_in_place(client: Client, office: Office, report: Report) -> None:
    ca = sign_in(client, office, "ca")
    where = reverse("reports:section", args=[report.pk, "conclusion"])

    form = client.get(where, headers={"HX-Request": "true"}).content.decode()
    part = client.post(where, {"text": "Berjalan <baik>."}, headers={"HX-Request": "true"}).content.decode()

    report.refresh_from_db()
    assert "<textarea" in form
    assert "Berjalan &lt;baik&gt;." in part
    assert "<html" not in part
    assert report.narrative == {"conclusion": "Berjalan <baik>."}
    assert ca.name


def test_without_scripts_a_section_is_written_all_the_same(client: Client, office: Office, report: Report) -> None:
    sign_in(client, office, "ca")
    where = reverse("reports:section", args=[report.pk, "closing"])

    to_the_form = client.get(where, follow=True).content.decode()
    client.post(where, {"text": "Demikian."})
    client.post(where, {"text": ""})

    assert "<textarea" in to_the_form
    assert "<html" in to_the_form
    report.refresh_from_db()
    assert report.narrative == {}


def test_the_ca_declares_the_quarter_final(client: Client, office: Office, report: Report) -> None:
    ca = sign_in(client, office, "ca")

    page = client.post(reverse("reports:finalise", args=[report.pk]), follow=True).content.decode()

    report.refresh_from_db()
    assert report.state == Report.State.FINAL
    assert f"final oleh {ca.name}" in page
    assert "Minta tanda tangan" in page


def test_the_cc_cannot_declare_a_quarter_final_but_a_semester(client: Client, office: Office, report: Report) -> None:
    sign_in(client, office, "cc")
    semester = actions.draft(
        office=office, kind="semester", period=Q4.of(Q4.starts_on, "semester"), programme=None, at=AFTER
    )

    assert client.post(reverse("reports:finalise", args=[report.pk])).status_code == 403
    client.post(reverse("reports:finalise", args=[semester.pk]))

    semester.refresh_from_db()
    assert semester.state == Report.State.FINAL


def test_an_open_period_is_refused_in_a_sentence(client: Client, office: Office, report: Report, clock: Path) -> None:
    clock.write_text(NOW.isoformat())
    sign_in(client, office, "ca")

    page = client.post(reverse("reports:finalise", args=[report.pk]), follow=True).content.decode()

    assert "Periode ini belum berakhir" in page
    assert "Periode masih berjalan" in page
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT


def test_a_signature_is_asked_for_and_waited_for(client: Client, office: Office, report: Report) -> None:
    ca = sign_in(client, office, "ca")
    actions.finalise(report=report, by=ca.name, at=AFTER)

    page = client.post(
        reverse("reports:sign", args=[report.pk]), {"road": "brought_back", "signer": ca.pk}, follow=True
    ).content.decode()
    again = client.post(
        reverse("reports:sign", args=[report.pk]), {"road": "brought_back"}, follow=True
    ).content.decode()

    assert f"Menunggu {ca.name}" in page
    assert "sudah diminta" in again


def test_a_final_report_is_opened_again_with_a_reason(client: Client, office: Office, report: Report) -> None:
    ca = sign_in(client, office, "ca")
    first = actions.finalise(report=report, by=ca.name, at=AFTER)

    refused = client.post(reverse("reports:reopen", args=[report.pk]), {"reason": ""})
    client.post(reverse("reports:reopen", args=[report.pk]), {"reason": "Ada angka yang keliru"})
    report.refresh_from_db()
    second = actions.finalise(report=report, by=ca.name, at=AFTER + timedelta(hours=1))

    assert refused.status_code == 422
    assert second.replaces == first
    assert content_of(first)


def test_the_draft_comes_as_pdf_and_as_docx(client: Client, office: Office, report: Report) -> None:
    sign_in(client, office, "assessor")

    pdf = client.get(reverse("reports:pdf", args=[report.pk]))
    docx = client.get(reverse("reports:docx", args=[report.pk]))

    assert pdf.content.startswith(b"%PDF-")
    assert docx.content.startswith(b"PK")
    assert "laporan-kegiatan-pegasus-triwulan-iv-tahun-2026.docx" in docx["Content-Disposition"]


def test_obstacles_and_follow_ups_are_noted_and_reach_the_report(
    client: Client, office: Office, report: Report
) -> None:
    sign_in(client, office, "ca")
    programme = Programme.objects.get(office=office)

    client.post(
        reverse("reports:add-obstacle"),
        {"periode": "2026Q4", "programme": programme.pk, "text": "Petugas dinas luar", "solution": ""},
    )
    obstacle = Obstacle.objects.get()
    client.post(reverse("reports:solve", args=[obstacle.pk]), {"text": "Petugas dinas luar", "solution": "Ditukar"})
    client.post(
        reverse("reports:add-follow-up"),
        {"periode": "2026Q4", "programme": programme.pk, "text": "Tambah templat", "owner": "", "due_on": ""},
    )
    follow_up = FollowUp.objects.get()
    client.post(reverse("reports:finish", args=[follow_up.pk]), {"note": "Enam templat baru"})

    page = page_of(client, report)
    assert "Petugas dinas luar" in page
    assert "Ditukar" in page
    assert "selesai 5 Jan: Enam templat baru" in page


def test_an_empty_obstacle_is_refused_and_keeps_the_solution(client: Client, office: Office, clock: Path) -> None:
    programme = make_sop(office).procedure.programme
    sign_in(client, office, "ca")

    answer = client.post(
        reverse("reports:add-obstacle"),
        {"periode": "2026Q4", "programme": programme.pk, "text": " ", "solution": "Sudah diketik"},
    )

    assert (answer.status_code, Obstacle.objects.count()) == (422, 0)
    assert "Sudah diketik" in answer.content.decode()


def test_a_report_is_begun_from_the_list(client: Client, office: Office, clock: Path) -> None:
    programme = make_sop(office).procedure.programme
    sign_in(client, office, "ca")

    empty = client.get(reverse("reports:index")).content.decode()
    client.post(reverse("reports:begin"), {"period": "2027Q1", "programme": programme.pk})
    full = client.get(reverse("reports:index")).content.decode()
    bad = client.post(reverse("reports:begin"), {"period": "1999Q1"}, follow=True).content.decode()

    assert "Belum ada laporan" in empty
    assert "Laporan Kegiatan Pegasus Triwulan I Tahun 2027" in full
    assert "Pilih periode dan kegiatan dari daftar." in bad


def test_readers_cannot_write_and_others_cannot_read(client: Client, office: Office, report: Report) -> None:
    deeds = [
        reverse("reports:section", args=[report.pk, "closing"]),
        reverse("reports:finalise", args=[report.pk]),
        reverse("reports:sign", args=[report.pk]),
        reverse("reports:begin"),
        reverse("reports:add-obstacle"),
    ]
    sign_in(client, office, "head")
    assert {client.post(deed).status_code for deed in deeds} == {403}
    assert "Nyatakan final" not in page_of(client, report)

    sign_in(client, office, "humas")
    assert client.get(reverse("reports:report", args=[report.pk])).status_code == 403

    sign_in(client, make_office(), "ca")
    pages = ["report", "pdf", "docx"]
    assert {client.get(reverse(f"reports:{page}", args=[report.pk])).status_code for page in pages} == {404}
    assert client.post(reverse("reports:finalise", args=[report.pk])).status_code == 404


def test_only_the_reports_own_pictures_are_shown(client: Client, office: Office, report: Report) -> None:
    other = make_report(make_office())
    sign_in(client, office, "assessor")
    page = page_of(client, report)

    own = page[page.index("/gambar/") + 8 :].split(".jpg")[0]
    foreign = other.programme.procedure.versions.get().activities.first() if other.programme else None

    assert client.get(reverse("reports:picture", args=[report.pk, int(own)])).content[:2] == b"\xff\xd8"
    assert foreign is not None
    assert client.get(reverse("reports:picture", args=[report.pk, 999_999])).status_code == 404


@pytest.mark.parametrize("turns", [1, 6])
def test_the_page_costs_the_same_however_many_turns(
    client: Client, office: Office, clock: Path, turns: int, django_assert_max_num_queries: object
) -> None:
    report = make_report(office, turns=turns)
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(34):  # type: ignore[operator] # pytest-django's fixture
        page_of(client, report)


@pytest.mark.parametrize("turns", [1, 4])
def test_the_list_costs_the_same_however_many_reports(
    client: Client, office: Office, clock: Path, turns: int, django_assert_max_num_queries: object
) -> None:
    version = make_sop(office)
    make_quarter(version, turns=1)
    period = Q4
    for _number in range(turns):
        actions.draft(office=office, kind="quarter", period=period, programme=version.procedure.programme, at=AFTER)
        period = period.previous
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(14):  # type: ignore[operator] # pytest-django's fixture
        client.get(reverse("reports:index"))
