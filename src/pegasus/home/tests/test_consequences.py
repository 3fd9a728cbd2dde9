"""The world changes after publishing: one page shows what no longer fits, and one button applies the repair."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.builders import make_office, sign_in

from pegasus.calendar.queries import holidays_of, working_calendar
from pegasus.home import queries as home
from pegasus.kernel.models import AuditEntry
from pegasus.people.actions import add_absence, leave_office
from pegasus.people.models import Office
from pegasus.roster import queries
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
PAGE = "/akibat/"
DECREE = "/akibat/libur/"
MONDAY = date(2026, 11, 30)
NEW_DAY = {"tambah": "2026-11-30", "name": "Pilkada", "kind": "local", "decree_number": "Keppres 9/2026"}


@pytest.fixture(autouse=True)
def _september(tmp_path: Path, settings: Settings) -> None:
    clock = tmp_path / "clock"
    clock.write_text(BEFORE_Q4.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(clock)


@pytest.fixture
def office() -> Office:
    made = make_staffed_office(9)
    make_published(made)
    return made


def send_away(duty: Duty) -> None:
    assert duty.holder is not None
    add_absence(employee=duty.holder, starts_on=duty.posts_on, ends_on=duty.posts_on, by="Ayu", at=BEFORE_Q4)


def as_proposed(office: Office, *, only: int | None = None) -> dict[str, object]:
    preview = home.consequences(office, at=BEFORE_Q4)
    picks = {key: pk for key, pk in list(preview.proposal.picks.items())[:only] if pk}
    chosen = {f"petugas-{key}": pk for key, pk in picks.items()}
    return {"keadaan": preview.proposal.fingerprint, "pilih": list(picks), **chosen}


def test_nothing_waits_and_the_page_says_what_would_stand_there(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    assert "Semua giliran masih sesuai" in client.get(PAGE).content.decode()


def test_an_absence_is_shown_before_and_after_and_applied(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    duty = queries.duties_of(office)[3]
    before = duty.holder
    send_away(duty)

    shown = client.get(PAGE).content.decode()
    todo = client.get("/").content.decode()
    done = client.post(PAGE, as_proposed(office), follow=True).content.decode()

    assert f"{before} tidak di kantor pada gilirannya." in shown
    assert "Paling sedikit: 1 dari 13 giliran mendatang berganti orang" in shown
    assert "1 giliran tidak lagi sesuai: periksa usulannya" in todo
    assert "1 giliran diperbarui" in done
    assert "Semua giliran masih sesuai" in done
    duty.refresh_from_db()
    assert duty.holder != before


def test_a_line_can_be_left_out_and_another_person_chosen(client: Client, office: Office) -> None:
    sign_in(client, office, "admin")
    one, other = list(queries.duties_of(office)[:2])
    send_away(one)
    send_away(other)
    [line, _rest] = home.consequences(office, at=BEFORE_Q4).lines
    wanted = next(person for person in line.able if person != line.after)

    client.post(PAGE, as_proposed(office, only=1) | {f"petugas-{line.key}": wanted.pk})

    one.refresh_from_db()
    assert one.holder == wanted
    assert [left.misfit.duty for left in home.consequences(office, at=BEFORE_Q4).lines] == [other]


def test_in_a_large_office_everybody_is_fetched_only_where_somebody_else_is_wanted(client: Client) -> None:
    large = make_staffed_office(104)
    make_published(large)
    sign_in(client, large, "ca")
    one, other = queries.duties_of(large)[3:5]
    send_away(one)
    send_away(other)
    wanted, left = sorted(home.consequences(large, at=BEFORE_Q4).proposal.picks)

    shown = client.get(PAGE).content.decode()
    asked = client.get(PAGE, {"orang": wanted}).content.decode()

    assert shown.count("<option") == 2
    assert 102 < asked.count("<option") <= 105
    assert f"?orang={wanted}#" not in asked
    assert f"?orang={left}#" in asked


def test_a_page_that_is_out_of_date_changes_nothing(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    one, other = list(queries.duties_of(office)[:2])
    send_away(one)
    old = as_proposed(office)
    send_away(other)

    answer = client.post(PAGE, old, follow=True).content.decode()

    assert "Keadaan berubah sejak halaman ini dibuka" in answer
    assert len(home.misfits_of(office, at=BEFORE_Q4)) == 2


def test_a_tick_on_something_else_is_told(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    send_away(queries.duties_of(office)[3])

    answer = client.post(PAGE, as_proposed(office) | {"pilih": "2026-10-05-77"})

    assert answer.status_code == 422
    assert "Centang paling sedikit satu perubahan." in answer.content.decode()


@pytest.mark.parametrize("person", ["", "0", "-3", "9" * 30, "x"])
def test_somebody_unable_is_refused_with_a_sentence_and_what_was_chosen_stays(
    client: Client, office: Office, person: str
) -> None:
    sign_in(client, office, "ca")
    one, other = list(queries.duties_of(office)[:2])
    send_away(one)
    send_away(other)
    typed = as_proposed(office)
    [key, *_rest] = home.consequences(office, at=BEFORE_Q4).proposal.picks

    answer = client.post(PAGE, typed | {f"petugas-{key}": person})

    assert answer.status_code == 422
    assert "Orang yang dipilih tidak dapat bertugas" in answer.content.decode()
    assert len(home.misfits_of(office, at=BEFORE_Q4)) == 2


def test_nothing_ticked_is_told(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    send_away(queries.duties_of(office)[0])

    answer = client.post(PAGE, {"keadaan": "x"})

    assert answer.status_code == 422
    assert "Centang paling sedikit satu perubahan" in answer.content.decode()


@pytest.mark.parametrize("away", [1, 6])
def test_the_page_costs_the_same_however_much_waits(
    client: Client, office: Office, away: int, django_assert_max_num_queries: Counted
) -> None:
    sign_in(client, office, "ca")
    for duty in queries.duties_of(office)[:away]:
        send_away(duty)

    with django_assert_max_num_queries(15):
        client.get(PAGE)
    with django_assert_max_num_queries(25):
        client.get(DECREE, NEW_DAY)


def test_only_who_keeps_the_roster_comes_in_and_other_offices_stay_out(client: Client, office: Office) -> None:
    send_away(queries.duties_of(office)[0])
    sign_in(client, office, "humas")
    refused = [client.get(PAGE), client.post(PAGE), client.get(DECREE, NEW_DAY)]
    stranger = Client()
    sign_in(stranger, make_office(), "ca")

    shown = stranger.get(PAGE).content.decode()

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert "Semua giliran masih sesuai" in shown


def test_a_decree_shows_what_moves_and_nothing_has_happened_yet(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    shown = client.get(DECREE, NEW_DAY).content.decode()

    assert "30 November 2026 menjadi hari libur" in shown
    assert "Selasa, 1 Desember 2026" in shown
    assert "Pengingat H-5 untuk" in shown  # of the week after, counted over the new day off
    assert working_calendar(office).is_working_day(MONDAY)


def test_the_day_and_its_moves_are_applied_in_one_go(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    moved = queries.duties_of(office).get(starts_on=MONDAY)
    assert moved.holder is not None
    add_absence(employee=moved.holder, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1), by="Ayu", at=BEFORE_Q4)
    waiting = queries.duties_of(office)[0]
    send_away(waiting)
    page = client.get(DECREE, NEW_DAY)

    seal = page.context["preview"].proposal.seal
    done = client.post(DECREE, NEW_DAY | {"keadaan": seal, "lingkup": "semua"}, follow=True).content.decode()

    assert "Senin, 30 November 2026 menjadi hari libur." in done
    assert "1 giliran diperbarui" in done
    after = Duty.objects.get(pk=moved.pk)
    assert after.posts_on == date(2026, 12, 1)
    assert after.holder != moved.holder
    # What waited before the decree still waits: it was not on that page.
    assert [one.duty for one in home.misfits_of(office, at=BEFORE_Q4)] == [waiting]
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[-3:] == [
        "holiday.added",
        "duty.reassigned",
        "duty.repaired",
    ]


def test_the_day_alone_leaves_the_turns_to_the_consequences_page(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    answer = client.post(DECREE, NEW_DAY | {"lingkup": "hari"})
    page = client.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == PAGE
    assert "Karena perubahan ini 1 giliran tidak lagi sesuai" in page
    assert queries.duties_of(office).get(starts_on=MONDAY).posts_on == MONDAY


def test_a_decree_preview_that_is_out_of_date_applies_nothing(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    seal = client.get(DECREE, NEW_DAY).context["preview"].proposal.seal
    holder = queries.duties_of(office).get(starts_on=MONDAY).holder
    assert holder is not None
    leave_office(employee=holder, last_day=date(2026, 10, 1), by="Ayu", at=BEFORE_Q4)

    answer = client.post(DECREE, NEW_DAY | {"keadaan": seal, "lingkup": "semua"}, follow=True).content.decode()

    assert "Keadaan berubah sejak pratinjau dibuka" in answer
    assert "Pilkada" in answer
    assert working_calendar(office).is_working_day(MONDAY)


def test_a_withdrawal_and_its_undoing_are_looked_at_first(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    friday = holidays_of(office).get(on=date(2026, 12, 25))

    asked = client.post(reverse("calendar:withdraw", args=[friday.pk]), {"decree_number": "SKB 2"})
    preview = client.get(asked.headers["Location"]).content.decode()
    client.post(DECREE, {"cabut": friday.pk, "decree_number": "SKB 2", "lingkup": "hari"})
    is_working = working_calendar(office).is_working_day(friday.on)
    again = client.post(reverse("calendar:restore", args=[friday.pk]))
    client.post(DECREE, {"pulihkan": friday.pk, "lingkup": "hari"})

    assert "25 Desember 2026 menjadi hari biasa" in preview
    assert is_working
    assert again.headers["Location"] == f"{DECREE}?pulihkan={friday.pk}"
    assert not working_calendar(office).is_working_day(friday.on)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"tambah": "besok"},
        NEW_DAY | {"tambah": "1969-12-31"},
        {"cabut": "x" * 40, "decree_number": "1"},
        {"cabut": "9" * 40, "decree_number": "1"},
        {"pulihkan": "0"},
    ],
)
def test_an_address_that_was_tampered_with_leads_nowhere(
    client: Client, office: Office, asked: dict[str, str]
) -> None:
    sign_in(client, office, "ca")

    assert client.get(DECREE, asked).status_code == 404


def test_who_made_a_change_is_led_to_its_consequences_or_back(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    back = reverse("people:index")

    calm = client.get("/akibat/lanjut/", {"kembali": back})
    evil = client.get("/akibat/lanjut/", {"kembali": "https://example.com/"})
    send_away(queries.duties_of(office)[0])
    led = client.get("/akibat/lanjut/", {"kembali": back})

    assert [answer.headers["Location"] for answer in (calm, evil, led)] == [back, "/", PAGE]


def test_the_last_quarter_asks_for_next_year_s_collective_leave(office: Office) -> None:
    holidays_of(office).filter(on__year=2027, kind="collective_leave").delete()

    september = [one.text for one in home.todo_of(office, at=BEFORE_Q4)]
    october = home.todo_of(office, at=BEFORE_Q4.replace(month=10))

    assert not any("SKB" in text for text in september)
    assert [(one.address, one.pk) for one in october if "SKB" in one.text] == [("calendar:year", 2027)]
