from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.delivery.models import Delivery
from pegasus.home import queries
from pegasus.home.tests.builders import close, make_duty
from pegasus.people.models import Employee, Office
from pegasus.reports.models import Report
from pegasus.roster.models import Swap
from pegasus.sop.models import Activity

pytestmark = pytest.mark.django_db
Rhythm = Activity.Rhythm


@pytest.fixture(autouse=True)
def _monday(tmp_path: Path, settings: Settings) -> None:
    clock = tmp_path / "clock"
    clock.write_text(NOW.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(clock)


def page(client: Client) -> str:
    return client.get("/").content.decode()


def sentences(office: Office, at: datetime = NOW) -> list[str]:
    return [one.text for one in queries.todo_of(office, at=at)]


def make_staffed_office(**given: object) -> Office:
    office = make_office(**given)
    make_employee(office)
    make_employee(office)
    return office


def test_the_week_shows_who_serves_and_how_far_each_step_is(client: Client) -> None:
    office = make_staffed_office()
    sign_in(client, office, "ca")
    duty = make_duty(office, date(2026, 11, 23), holder=make_employee(office, name="Sari Wulandari"))
    close(duty, Rhythm.REMINDER, "H-5")
    close(duty, Rhythm.CARD)

    [this, following] = queries.weeks_from(office, at=NOW).shown
    shown = page(client)

    assert [(tick.key, tick.state) for tick in this.lines[0].ticks] == [
        ("H-5", "done"),
        ("H-3", "late"),
        ("card", "done"),
        ("group", "waiting"),
        ("instagram", "waiting"),
    ]
    assert following.lines == []
    assert "Minggu ke-48" in shown
    assert "23–29 November 2026" in shown
    assert "Sari Wulandari" in shown


def test_weeks_after_the_next_are_only_counted(client: Client) -> None:
    office = make_staffed_office()
    sign_in(client, office, "ca")
    for weeks in range(4):
        make_duty(office, date(2026, 11, 23) + timedelta(weeks=weeks))

    assert queries.weeks_from(office, at=NOW).more == 2
    assert "2 minggu lagi terjadwal" in page(client)


def test_an_office_without_a_roster_is_told_to_make_one(client: Client) -> None:
    sign_in(client, make_staffed_office(), "ca")

    shown = page(client)

    assert "Belum ada jadwal" in shown
    assert "Buat jadwal" in shown


@pytest.mark.parametrize("duties", [1, 3])
def test_the_first_page_costs_the_same_however_much_there_is(
    client: Client, duties: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_staffed_office(reviews_cards=True)
    sign_in(client, office, "ca", "humas", "cc", "admin")
    for seat in range(duties):
        make_duty(office, date(2026, 11, 23), seat=seat)
        make_duty(office, date(2026, 11, 16), seat=seat)

    with django_assert_max_num_queries(43):
        page(client)


def test_the_ca_sees_what_is_late_before_what_is_due() -> None:
    office = make_staffed_office()
    late = make_duty(office, date(2026, 11, 16), holder=make_employee(office, name="Bayu"))
    for rhythm, part in ((Rhythm.REMINDER, "H-5"), (Rhythm.REMINDER, "H-3"), (Rhythm.CARD, "")):
        close(late, rhythm, part)
    close(late, Rhythm.POSTING, "group")
    Delivery.objects.create(
        office=office, key="a", channel="whatsapp_manual", kind="reminder", text="Halo", state="prepared",
        due_at=NOW, created_at=NOW,
    )  # fmt: skip

    assert sentences(office) == ["Bukti Instagram belum ada: Bayu", "Kirim 1 pesan"]


def test_a_wish_that_nobody_considers_comes_first() -> None:
    office = make_staffed_office()
    duty = make_duty(office)
    asking = duty.holder
    assert asking is not None
    Swap.objects.create(duty=duty, from_employee=asking, asked_at=NOW)

    [first, *_rest] = queries.todo_of(office, at=NOW)

    assert first.text == f"{asking.name} tidak bisa bertugas: pilih pengganti"
    assert (first.address, first.pk) == ("roster:duty", duty.pk)


def test_many_of_one_kind_become_one_line() -> None:
    office = make_staffed_office()
    for seat in range(5):
        duty = make_duty(office, date(2026, 11, 23), seat=seat)
        close(duty, Rhythm.REMINDER, "H-5")
        close(duty, Rhythm.REMINDER, "H-3")

    assert sentences(office) == ["5 desain terlambat"]


def test_an_office_with_one_person_is_asked_for_its_staff_list() -> None:
    office = make_office()
    make_employee(office)

    assert sentences(office) == ["Masukkan daftar pegawai"]


def test_an_office_founded_on_a_day_off_is_led_to_its_first_roster() -> None:
    office = make_staffed_office()

    before = sentences(office)
    make_duty(office, date(2026, 12, 28))

    assert before == ["Susun jadwal pertama"]
    assert sentences(office) == []


def test_nothing_of_another_office_is_listed() -> None:
    make_duty(make_staffed_office(), date(2026, 11, 16))
    mine = make_staffed_office()
    make_duty(mine, date(2026, 12, 28))

    assert sentences(mine) == []


def turn_at(employee: Employee, at: datetime) -> str:
    turn = queries.turn_of(employee, at=at)
    assert turn is not None
    return turn.step


def test_a_turn_goes_from_card_over_waiting_and_sharing_to_done() -> None:
    office = make_office()
    bayu = make_employee(office)
    duty = make_duty(office, holder=bayu)
    posting_day = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)

    assert turn_at(bayu, NOW) == "card"

    close(duty, Rhythm.CARD)
    assert turn_at(bayu, NOW) == "wait"
    assert turn_at(bayu, posting_day) == "share"

    close(duty, Rhythm.POSTING, "group", at=posting_day)
    assert turn_at(bayu, posting_day) == "done"


def test_a_turn_that_still_owes_something_comes_before_the_next_one() -> None:
    office = make_office()
    bayu = make_employee(office)
    owed = make_duty(office, date(2026, 11, 16), holder=bayu)
    make_duty(office, date(2026, 12, 7), holder=bayu)

    turn = queries.turn_of(bayu, at=NOW)

    assert turn is not None
    assert turn.duty == owed
    assert turn.is_late


def test_somebody_without_a_role_sees_the_own_turn_and_one_button(client: Client) -> None:
    office = make_office()
    employee = sign_in(client, office, name="Bayu Pratama")
    make_duty(office, holder=employee)

    shown = page(client)

    assert "Halo, Bayu" in shown
    assert "Senin, 30 November 2026" in shown
    assert shown.count("Siapkan kartu") == 1
    assert "Perlu tindakan" not in shown


def test_somebody_without_a_turn_is_led_to_the_roster(client: Client) -> None:
    sign_in(client, make_office())

    assert "Belum ada giliran" in page(client)


def test_a_turn_of_somebody_else_cannot_be_opened(client: Client) -> None:
    office = make_office()
    sign_in(client, office)

    assert client.post(f"/giliran/{make_duty(office).pk}/").status_code == 404


def test_humas_sees_the_queue(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "humas")
    make_duty(office, date(2026, 11, 23), holder=make_employee(office, name="Sari Wulandari"))

    shown = page(client)

    assert "Antrean Instagram" in shown
    assert "Sari Wulandari" in shown
    assert "Menunggu kartu" in shown


def test_who_evaluates_sees_the_reports(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "cc")
    Report.objects.create(
        office=office, kind="quarter", period="2026Q3", state="final", created_at=NOW, updated_at=NOW
    )

    shown = page(client)

    assert "Evaluasi dan laporan" in shown
    assert "Belum ditandatangani" in shown
    assert "triwulan III 2026" in shown


def test_an_assessor_reaches_proof_in_two_clicks(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "assessor")
    make_duty(office)

    shown = page(client)

    assert "Bukti pelaksanaan" in shown
    assert "/sop/pegasus/aktivitas/5/?periode=2026Q4" in shown


def test_several_roles_make_one_page(client: Client) -> None:
    office = make_staffed_office()
    sign_in(client, office, "ca", "humas", "head", "admin")

    shown = page(client)

    for words in ("Perlu tindakan Anda", "Evaluasi dan laporan", "Antrean Instagram", "Kesehatan aplikasi"):
        assert words in shown


def test_only_the_administrator_sees_the_health_of_the_installation(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    assert client.get("/kesehatan/").status_code == 403

    client.logout()
    sign_in(client, office, "admin")
    part = client.get("/kesehatan/", headers={"HX-Request": "true"}).content.decode()

    assert "Basis data" in part
    assert "<html" not in part


def test_the_demonstration_office_says_what_it_is_and_how_to_see_the_other_sides(client: Client) -> None:
    sign_in(client, make_office(is_demo=True))

    assert "pegasus-contoh" in page(client)


def test_a_real_office_shows_no_password(client: Client) -> None:
    sign_in(client, make_office())

    assert "pegasus-contoh" not in page(client)


def test_who_has_had_no_link_although_h3_is_past_is_named(client: Client) -> None:
    office = make_staffed_office()
    duty = make_duty(office, date(2026, 11, 23), holder=make_employee(office, name="Indra Saputra"))
    make_duty(office, date(2026, 12, 7), holder=make_employee(office, name="Belum Waktunya"))
    sign_in(client, office, "ca")

    said = [one for one in queries.todo_of(office, at=NOW) if "tautan kartu" in one.text]
    close(duty, Rhythm.REMINDER, "H-3")

    assert [(one.text, one.address) for one in said] == [
        ("Indra Saputra belum menerima tautan kartu", "reminders:index")
    ]
    assert not [text for text in sentences(office) if "tautan kartu" in text]


def test_many_without_a_link_become_one_line() -> None:
    office = make_staffed_office()
    for seat in range(4):
        make_duty(office, date(2026, 11, 23), seat=seat)

    assert "4 petugas belum menerima tautan kartu" in sentences(office)


def test_a_card_that_is_in_needs_no_link() -> None:
    office = make_staffed_office()
    close(make_duty(office, date(2026, 11, 23)), Rhythm.CARD)

    assert not [text for text in sentences(office) if "tautan kartu" in text]
