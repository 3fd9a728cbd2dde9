from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_office, sign_in

from pegasus.calendar import actions, queries
from pegasus.calendar.domain.editions import HolidayEdition
from pegasus.calendar.models import Holiday
from pegasus.calendar.tests.builders import make_holiday
from pegasus.kernel.models import AuditEntry, Job

pytestmark = pytest.mark.django_db
NEW_DAY = {"on": "2026-11-27", "name": "Hari Jadi Provinsi", "kind": "local", "decree_number": "SK Gubernur 12/2026"}
Counted = Callable[[int], AbstractContextManager[object]]


def test_holidays_of_2026_are_those_of_the_joint_decree() -> None:
    office = make_office()

    actions.seed_holidays(office=office, years=[2026], by="Ana", at=NOW)

    kinds = [row.kind for row in queries.holidays_of(office)]
    assert kinds.count("public_holiday") == 17
    assert kinds.count("collective_leave") == 8
    working = queries.working_calendar(office).between(date(2026, 1, 1), date(2026, 12, 31))
    assert len(working) == 240


def test_dates_that_are_estimates_stay_marked() -> None:
    office = make_office()

    actions.seed_holidays(office=office, years=[2027], by="Ana", at=NOW)

    names = [row.name for row in queries.holidays_of(office)]
    assert any("(perkiraan)" in name for name in names)


def test_filling_a_year_again_adds_nothing_and_keeps_what_was_withdrawn() -> None:
    office = make_office()
    actions.seed_holidays(office=office, years=[2026], by="Ana", at=NOW)
    day = queries.holidays_of(office).get(on=date(2026, 12, 24))
    actions.withdraw_holiday(holiday=day, decree_number="SKB 9/2026", by="Ana", at=NOW)

    assert actions.seed_holidays(office=office, years=[2026], by="Ana", at=NOW) == HolidayEdition()
    assert queries.working_calendar(office).is_working_day(date(2026, 12, 24))


def test_a_day_added_withdrawn_and_restored_moves_the_working_days_and_leaves_its_trail() -> None:
    office = make_office()
    friday = date(2026, 11, 27)

    day = actions.add_holiday(
        office=office, on=friday, name="Hari Jadi", kind="local", decree_number="SK 12", by="Ana", at=NOW
    )
    worked = [queries.working_calendar(office).is_working_day(friday)]
    actions.withdraw_holiday(holiday=day, decree_number="SK 13", by="Ana", at=NOW)
    worked.append(queries.working_calendar(office).is_working_day(friday))
    actions.restore_holiday(holiday=day, by="Ana", at=NOW)
    worked.append(queries.working_calendar(office).is_working_day(friday))

    assert worked == [False, True, False]
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == [
        "holiday.added",
        "holiday.withdrawn",
        "holiday.restored",
    ]


def test_what_is_counted_from_the_calendar_is_woken(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    office = make_office()

    with django_capture_on_commit_callbacks(execute=True):
        actions.add_holiday(
            office=office, on=date(2026, 11, 27), name="Hari", kind="local", decree_number="1", by="Ana", at=NOW
        )

    waiting = [job.task_path for job in Job.objects.order_by("pk")]
    assert waiting == [
        "pegasus.roster.jobs.follow_deadlines",
        "pegasus.sop.jobs.open_period_tasks_of",
        "pegasus.reminders.jobs.plan",
    ]


def test_nothing_is_done_twice_in_silence() -> None:
    day = make_holiday(make_office(), date(2026, 11, 27))

    with pytest.raises(actions.NotWithdrawn):
        actions.restore_holiday(holiday=day, by="Ana", at=NOW)
    actions.withdraw_holiday(holiday=day, decree_number="SK 13", by="Ana", at=NOW)
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw_holiday(holiday=day, decree_number="SK 13", by="Ana", at=NOW)


def test_the_year_shows_its_days_with_name_sign_and_decree(client: Client) -> None:
    office = make_office()
    make_holiday(office, date(2026, 11, 27), name="Hari Jadi", kind="local", decree_number="SK 12")
    sign_in(client, office)

    page = client.get(reverse("calendar:year", args=[2026])).content.decode()

    assert "260 hari kerja" in page  # 261 weekdays of 2026 without this Friday
    assert '27<small aria-hidden="true">D</small>' in page
    assert "SK 12" in page
    assert "Cuti bersama 2026 belum ada" in page
    assert "Tambah hari libur" not in page


def test_a_year_with_collective_leave_asks_for_no_decree(client: Client) -> None:
    office = make_office()
    make_holiday(office, date(2026, 12, 24), kind="collective_leave")
    sign_in(client, office)

    page = client.get(reverse("calendar:year", args=[2026])).content.decode()

    assert "belum ada" not in page


@pytest.mark.parametrize("days", [1, 25])
def test_a_year_costs_the_same_however_many_days(
    client: Client, days: int, django_assert_max_num_queries: Counted
) -> None:
    office = make_office()
    for day in range(1, days + 1):
        make_holiday(office, date(2026, 5, day))
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(6):
        client.get(reverse("calendar:year", args=[2026]))


def test_the_ca_asks_for_a_day_and_looks_at_what_it_moves_before_it_stands(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    preview = client.post(reverse("calendar:add"), NEW_DAY)
    stood = Holiday.objects.exists()
    asked = dict(parse_qsl(urlsplit(preview.headers["Location"]).query))
    answer = client.post(reverse("home:decree"), asked | {"lingkup": "hari"}, follow=True)

    assert not stood
    assert "Jumat, 27 November 2026 menjadi hari libur." in answer.content.decode()
    assert Holiday.objects.values_list("office", "on", "decree_number").get() == (
        office.pk,
        date(2026, 11, 27),
        "SK Gubernur 12/2026",
    )


def test_a_day_is_called_otherwise_and_its_date_stays(client: Client) -> None:
    office = make_office()
    day = make_holiday(office, date(2026, 11, 27), name="Hari Jadi (perkiraan)")
    sign_in(client, office, "ca")
    address = reverse("calendar:change", args=[day.pk])
    words = {"name": "Hari Jadi", "kind": "local", "decree_number": "SK 12"}

    done = client.post(address, words, follow=True).content.decode()
    again = client.post(address, words, follow=True).content.decode()
    refused = client.post(address, words | {"name": ""})

    assert "Catatan Jumat, 27 November 2026 diperbarui." in done
    assert "Tidak ada yang berubah" in again
    assert refused.status_code == 422
    day.refresh_from_db()
    assert (day.name, day.kind, day.decree_number, day.on) == ("Hari Jadi", "local", "SK 12", date(2026, 11, 27))
    assert AuditEntry.objects.get().action == "holiday.renamed"


def test_a_day_of_another_office_or_withdrawn_is_not_called_otherwise(client: Client) -> None:
    office = make_office()
    gone = make_holiday(office, date(2026, 11, 27), withdrawn_at=NOW)
    foreign = make_holiday(make_office(), date(2026, 11, 27))
    sign_in(client, office, "ca")

    answers = [client.get(reverse("calendar:change", args=[day.pk])) for day in (gone, foreign)]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "besok"}, "tanggal"),
        ({"on": "0026-11-27"}, "antara 2000 dan 2100"),
        ({"on": "1969-12-31"}, "antara 2000 dan 2100"),
        ({"on": "9999-12-31"}, "antara 2000 dan 2100"),
        ({"decree_number": " "}, "tidak boleh kosong"),
        ({"name": "x" * 201}, "200"),
        ({"kind": "bolos"}, "pilihan"),
    ],
)
def test_a_wrong_day_is_told_and_what_was_typed_stays(client: Client, wrong: dict[str, str], sentence: str) -> None:
    sign_in(client, make_office(), "ca")

    answer = client.post(reverse("calendar:add"), NEW_DAY | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.lower()
    assert NEW_DAY["name"] in page or "xxx" in page
    assert not Holiday.objects.exists()


def test_a_day_that_is_off_already_is_told(client: Client) -> None:
    office = make_office()
    make_holiday(office, date(2026, 11, 27))
    sign_in(client, office, "admin")

    page = client.post(reverse("calendar:add"), NEW_DAY).content.decode()

    assert "sudah tercatat sebagai hari libur" in page


def test_a_withdrawal_needs_its_decree_and_can_be_undone(client: Client) -> None:
    office = make_office()
    day = make_holiday(office, date(2026, 11, 27))
    sign_in(client, office, "ca")
    withdraw = reverse("calendar:withdraw", args=[day.pk])

    decree = reverse("home:decree")

    refused = client.post(withdraw, {"decree_number": ""})
    asked = client.post(withdraw, {"decree_number": "SKB 9/2026"}).headers["Location"]
    done = client.post(decree, dict(parse_qsl(urlsplit(asked).query)) | {"lingkup": "hari"}, follow=True)
    back = client.post(reverse("calendar:restore", args=[day.pk])).headers["Location"]
    undone = client.post(decree, dict(parse_qsl(urlsplit(back).query)) | {"lingkup": "hari"}, follow=True)

    assert refused.status_code == 422
    assert "Dicabut dengan SKB 9/2026" in done.content.decode()
    assert "kembali menjadi hari libur" in undone.content.decode()


def test_a_colleague_without_the_role_looks_and_does_not_touch(client: Client) -> None:
    office = make_office()
    day = make_holiday(office, date(2026, 11, 27))
    sign_in(client, office, "humas")

    answers = [
        client.get(reverse("calendar:index")),
        client.post(reverse("calendar:add"), NEW_DAY),
        client.post(reverse("calendar:withdraw", args=[day.pk]), {"decree_number": "x"}),
        client.post(reverse("calendar:restore", args=[day.pk])),
        client.post(reverse("calendar:seed", args=[2026])),
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 403, 403, 403]
    assert Holiday.objects.count() == 1


def test_another_office_s_day_does_not_exist(client: Client) -> None:
    day = make_holiday(make_office(), date(2026, 11, 27))
    sign_in(client, make_office(), "ca")

    answers = [
        client.post(reverse("calendar:withdraw", args=[day.pk]), {"decree_number": "x"}),
        client.post(reverse("calendar:restore", args=[day.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_year_beyond_reach_does_not_exist(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    assert client.get(reverse("calendar:year", args=[3000])).status_code == 404
    assert client.post(reverse("calendar:seed", args=[2050])).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("calendar:index"))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_year_whose_dates_the_moon_decides_says_how_many(client: Client) -> None:
    office = make_office()
    make_holiday(office, date(2027, 3, 10), name="Hari Raya Idul Fitri (perkiraan)")
    make_holiday(office, date(2027, 12, 25), name="Hari Raya Natal")
    sign_in(client, office)

    page = client.get(reverse("calendar:year", args=[2027])).content.decode()

    assert "1 hari masih perkiraan" in page
