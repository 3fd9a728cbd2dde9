from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.builders import make_employee, make_office, sign_in

from pegasus.archive.queries import records_of
from pegasus.calendar.domain.periods import Period
from pegasus.calendar.models import Holiday
from pegasus.people.models import Absence, Employee
from pegasus.roster import actions, queries
from pegasus.roster.models import Roster, Swap
from pegasus.roster.tests.builders import BEFORE_Q4, make_draft, make_published, make_staffed_office
from pegasus.sop.models import Activity
from pegasus.sop.queries import tasks_of

pytestmark = pytest.mark.django_db
INDEX = reverse("roster:index")
Asserts = Callable[..., Any]


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")  # Monday, 23 November 2026, 09.00 WIB
    settings.PEGASUS_TEST_CLOCK = str(clock)


def sign_employee_in(client: Client, employee: Employee) -> None:
    stranger = sign_in(client, employee.office)
    user, stranger.user = stranger.user, None
    stranger.save()
    employee.user = user
    employee.save()


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_everybody_sees_the_weeks_and_their_own_turn(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    mine = queries.duties_of(office)[8]
    assert mine.holder is not None
    sign_employee_in(client, mine.holder)

    page = client.get(INDEX).content.decode()

    assert "30 Nov" in page
    assert page.count("is-mine") == 1
    assert "Susun jadwal" not in page
    assert "8 minggu yang lewat" not in page
    assert "7 minggu yang lewat" in page


def test_the_next_period_is_shown_when_the_running_one_has_no_roster(client: Client) -> None:
    office = make_staffed_office()
    make_published(office, period=Period(2027, "quarter", 1))
    sign_in(client, office)

    assert "Jadwal Triwulan I 2027" in client.get(INDEX).content.decode()
    assert "Belum ada jadwal" in client.get(f"{INDEX}?periode=2026Q4").content.decode()


def test_the_reason_stands_on_the_page(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    sign_in(client, office, "ca")

    page = client.get(INDEX).content.decode()

    assert page.count("Belum pernah mendapat giliran.") == 13


@pytest.mark.parametrize("per_week", [1, 3])
def test_the_weeks_cost_the_same_however_many_people(
    client: Client,
    per_week: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's own type is private
) -> None:
    office = make_staffed_office(40)
    make_published(office, per_week=per_week)
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(24):
        client.get(INDEX)


def test_who_may_not_plan_gets_no_planning_pages(client: Client) -> None:
    office = make_staffed_office()
    draft = make_draft(office)
    sign_in(client, office, "humas")

    assert client.get(reverse("roster:make")).status_code == 403
    assert client.get(reverse("roster:draft", args=[draft.pk])).status_code == 403
    assert client.post(reverse("roster:publish", args=[draft.pk])).status_code == 403
    assert queries.duties_of(office).count() == 0


def test_another_office_is_not_there(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    draft = make_draft(office)
    duty = queries.duties_of(office)[0]
    sign_in(client, make_office(), "ca")

    for name, pk in (("draft", draft.pk), ("duty", duty.pk)):
        assert client.get(reverse(f"roster:{name}", args=[pk])).status_code == 404
    for name, pk in (("publish", draft.pk), ("discard", draft.pk), ("hand-over", duty.pk), ("wish", duty.pk)):
        assert client.post(reverse(f"roster:{name}", args=[pk])).status_code == 404


def test_the_ca_makes_compares_and_publishes(client: Client) -> None:
    office = make_staffed_office()
    sign_in(client, office, "ca", name="Ayu")

    made = client.post(reverse("roster:make"), {"period": "2027Q1", "per_week": "1"}, follow=True)
    draft = Roster.objects.get()
    published = client.post(reverse("roster:publish", args=[draft.pk]), follow=True)

    assert "Terbukti: tidak ada susunan lain yang lebih baik" in made.content.decode()
    assert "Jadwal Triwulan I 2027 terbit." in published.content.decode()
    assert queries.duties_of(office).count() == 12  # the week of 8 March 2027 has no working day
    draft.refresh_from_db()
    assert draft.published_by == "Ayu"


@pytest.mark.parametrize(
    ("asked", "begins"), [("2026Q4", "2027Q1"), ("2027Q2", "2027Q2"), ("besok", "2027Q1"), ("", "2027Q1")]
)
def test_making_begins_with_the_period_in_view_unless_it_has_a_roster(client: Client, asked: str, begins: str) -> None:
    office = make_staffed_office()
    make_published(office)
    sign_in(client, office, "ca")

    page = client.get(reverse("roster:make"), {"periode": asked})

    assert page.context["form"]["period"].value() == begins


def test_an_office_without_a_roster_begins_with_the_current_period(client: Client) -> None:
    sign_in(client, make_staffed_office(), "ca")

    page = client.get(reverse("roster:make"))

    assert page.context["form"]["period"].value() == "2026Q4"


def test_a_week_that_cannot_be_filled_is_named_and_the_form_keeps_what_was_typed(client: Client) -> None:
    office = make_staffed_office(2)
    for person in office.employees.all():
        Absence.objects.create(employee=person, starts_on=date(2027, 1, 18), ends_on=date(2027, 1, 18))
    ca = sign_in(client, office, "ca", active_from=date(2026, 1, 1), active_until=date(2026, 12, 31))

    page = client.post(reverse("roster:make"), {"period": "2027Q1", "per_week": "2"}).content.decode()

    assert "Minggu 18 Januari 2027 tidak dapat diisi: yang ada 0 dari 2 orang, kurang 2." in page
    assert 'value="2"' in page
    assert Roster.objects.count() == 0
    assert ca.office == office


def test_a_draft_is_thrown_away(client: Client) -> None:
    office = make_staffed_office()
    draft = make_draft(office)
    sign_in(client, office, "ca")

    client.post(reverse("roster:discard", args=[draft.pk]))

    assert not Roster.objects.exists()


def test_a_second_press_on_make_leads_to_the_newest_draft(client: Client) -> None:
    office = make_staffed_office()
    first, second = make_draft(office), make_draft(office)
    sign_in(client, office, "ca")

    page = client.get(reverse("roster:draft", args=[first.pk]), follow=True)
    published = client.post(reverse("roster:publish", args=[first.pk]), follow=True)

    assert page.redirect_chain == [(reverse("roster:draft", args=[second.pk]), 302)]
    assert "Draf Triwulan IV 2026 sudah disusun ulang; ini yang terbaru." in page.content.decode()
    assert published.redirect_chain == page.redirect_chain
    assert queries.duties_of(office).count() == 0


def test_a_draft_that_was_thrown_away_says_so_and_one_that_never_was_is_not_there(client: Client) -> None:
    office = make_staffed_office()
    draft, foreign = make_draft(office), make_draft(make_staffed_office(3))
    actions.discard_draft(roster=draft, by="Ayu", at=BEFORE_Q4)
    sign_in(client, office, "ca")

    page = client.get(reverse("roster:draft", args=[draft.pk]), follow=True)
    again = client.post(reverse("roster:discard", args=[draft.pk]), follow=True)

    assert "Draf Triwulan IV 2026 ini sudah dibuang." in page.content.decode()
    assert "Draf Triwulan IV 2026 ini sudah dibuang." in again.content.decode()
    assert client.get(reverse("roster:draft", args=[foreign.pk + 1])).status_code == 404
    assert client.get(reverse("roster:draft", args=[foreign.pk])).status_code == 404


def test_two_publish_at_once_and_the_second_reads_who_was_first(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    roster = Roster.objects.get()
    sign_in(client, office, "ca", name="Budi")

    page = client.post(reverse("roster:publish", args=[roster.pk]), follow=True)
    draft = client.get(reverse("roster:draft", args=[roster.pk]), follow=True)

    sentence = "Jadwal Triwulan IV 2026 sudah diterbitkan oleh Ayu pada 21 September 2026, 09.00"
    assert sentence in page.content.decode()
    assert sentence in draft.content.decode()
    roster.refresh_from_db()
    assert (roster.published_by, queries.duties_of(office).count()) == ("Ayu", 13)


def test_a_draft_shows_what_changes(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    Absence.objects.create(employee_id=duty.holder_id or 0, starts_on=duty.posts_on, ends_on=duty.posts_on)
    draft = make_draft(office, at=datetime(2026, 11, 23, 2, tzinfo=UTC))
    sign_in(client, office, "ca")

    page = client.get(reverse("roster:draft", args=[draft.pk])).content.decode()

    assert duty.holder is not None
    assert f"tadinya {duty.holder.name}" in page
    assert "1 tempat berbeda" in page


def test_one_tap_appoints_a_substitute(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    old = duty.holder
    assert old is not None
    sign_employee_in(client, old)
    client.post(reverse("roster:wish", args=[duty.pk]), {"reason": "dinas luar"})
    sign_in(client, office, "ca")

    page = client.get(reverse("roster:duty", args=[duty.pk])).content.decode()
    to = queries.substitutes(duty, BEFORE_Q4)[0].employee
    given = {"to": to.pk, "reason": "dinas luar", "confirmed": "on"}
    after = client.post(reverse("roster:hand-over", args=[duty.pk]), given, follow=True).content.decode()

    assert page.count("Sudah saya konfirmasi, tunjuk") == 3
    assert f"{to.name} sekarang petugas minggu ini." in after
    assert "Ditunjuk sebagai pengganti: dinas luar" in after
    assert Swap.objects.get().state == Swap.State.DONE


def test_one_tap_gives_the_duty_back(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    old = duty.holder
    assert old is not None
    to = queries.substitutes(duty, BEFORE_Q4)[0].employee
    actions.reassign_duty(duty=duty, to=to, by="Ayu", at=BEFORE_Q4, reason="")
    sign_in(client, office, "ca")

    page = client.get(reverse("roster:duty", args=[duty.pk])).content.decode()

    assert f"Kembalikan ke {old.name}" in page


def test_what_waits_for_the_ca_stands_above_the_weeks(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    assert duty.holder is not None
    Absence.objects.create(employee=duty.holder, starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 7))
    Holiday.objects.create(office=office, on=date(2026, 12, 14), name="Libur daerah", kind=Holiday.Kind.LOCAL)
    sign_in(client, office, "ca")

    page = client.get(INDEX).content.decode()

    assert "2 giliran tidak lagi sesuai" in page
    assert f"7 Desember: {duty.holder.name} tidak di kantor pada gilirannya." in page
    assert "14 Desember: Hari tayangnya bergeser mengikuti kalender." in page
    assert reverse("home:consequences") in page


def test_a_substitute_must_have_been_asked(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    sign_in(client, office, "ca")
    to = queries.substitutes(duty, BEFORE_Q4)[0].employee

    answer = client.post(reverse("roster:hand-over", args=[duty.pk]), {"to": to.pk, "reason": "sakit"})

    assert answer.status_code == 422
    assert "Tanyakan dulu kepada penggantinya" in answer.content.decode()
    assert 'value="sakit"' in answer.content.decode()
    duty.refresh_from_db()
    assert duty.holder != to


def test_only_the_holder_says_that_it_cannot_be_done(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    sign_in(client, office)

    assert client.post(reverse("roster:wish", args=[duty.pk])).status_code == 403
    assert not Swap.objects.exists()


def test_the_one_who_asked_takes_the_wish_back(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    assert duty.holder is not None
    swap = actions.ask_for_substitute(duty=duty, reason="", at=BEFORE_Q4)
    sign_employee_in(client, duty.holder)

    client.post(reverse("roster:withdraw", args=[swap.pk]))

    swap.refresh_from_db()
    assert swap.state == Swap.State.WITHDRAWN


def test_the_list_is_kept_once_as_the_proof_of_activity_1() -> None:
    office = make_staffed_office()
    roster = make_published(office)

    actions.keep_list(roster=roster, at=BEFORE_Q4)
    roster.refresh_from_db()
    actions.keep_list(roster=roster, at=BEFORE_Q4)

    record = records_of(office).get(kind="roster")
    task = tasks_of(office).get(activity__rhythm=Activity.Rhythm.ROSTER)
    assert roster.document == record
    assert task.evidence.get().record == record
    with record.file.open() as file:
        text = pdf_text(file.read())
    assert "Daftar Petugas Pegasus" in text
    assert "Triwulan IV Tahun 2026" in text
    assert text.count("Orang ") == 13
    assert "KONSEP" not in text


def test_the_list_of_a_draft_says_that_it_is_one(client: Client) -> None:
    office = make_staffed_office()
    draft = make_draft(office)
    sign_in(client, office, "ca")

    answer = client.get(reverse("roster:draft-file", args=[draft.pk, "pdf"]))

    assert answer["Content-Type"] == "application/pdf"
    assert "KONSEP" in pdf_text(answer.content)


def test_a_name_that_looks_like_a_formula_stays_a_name(client: Client) -> None:
    office = make_staffed_office(0)
    make_employee(office, name='=HYPERLINK("http://x";"y")', team="+1")
    make_published(office)
    sign_in(client, office)

    answer = client.get(reverse("roster:list-file", args=["2026Q4", "xlsx"]))

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cell = sheet["E10"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x";"y")', "s")
    assert sheet["C10"].value == "Senin"


def test_an_unknown_period_is_not_there(client: Client) -> None:
    sign_in(client, make_office())

    assert client.get(f"{INDEX}?periode=2026Q9").status_code == 404
    assert client.get(reverse("roster:list-file", args=["2031Q1", "pdf"])).status_code == 404


def test_a_year_that_no_calendar_has_is_no_page(client: Client) -> None:
    sign_in(client, make_staffed_office(), "ca")

    assert client.get(INDEX, {"periode": "0000Q1"}).status_code == 404
    assert client.get("/jadwal/daftar-0000Q1.pdf").status_code == 404
