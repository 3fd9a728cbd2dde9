import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import http_date
from pytest_django import Settings
from tests.builders import make_employee, make_office, sign_in

from pegasus.calendar.models import Holiday
from pegasus.kernel.models import AuditEntry
from pegasus.people.actions import close_address, renew_address
from pegasus.people.models import Office
from pegasus.roster import actions, feeds, queries
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office, repair_everything

pytestmark = pytest.mark.django_db
LATER = BEFORE_Q4 + timedelta(days=3)
CALENDARS = reverse("roster:calendars")


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")  # Monday, 23 November 2026, 09.00 WIB
    settings.PEGASUS_TEST_CLOCK = str(clock)


def path_of(address: str | None) -> str:
    assert address is not None
    return address.removeprefix("http://testserver")


def read(client: Client, address: str | None, **asked: str) -> bytes:
    answer = client.get(path_of(address), asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return bytes(answer.content)


def events(body: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(body)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def uid(office: Office, pk: int) -> str:
    return f"duty-{pk}@{office.code}.pegasus"


def faults(body: bytes) -> list[str]:
    """What RFC 5545 forbids, read from the bytes and not through the library that wrote them."""
    found = []
    if body.replace(b"\r\n", b"").count(b"\n") or body.replace(b"\r\n", b"").count(b"\r"):
        found.append("a line that does not end with CRLF (3.1)")
    lines = body.split(b"\r\n")
    found += [f"a line of {len(line)} octets (3.1)" for line in lines if len(line) > 75]
    for line in lines:
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append("a character torn apart by folding (3.1)")
    text = body.decode().replace("\r\n ", "").replace("\r\n\t", "")
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    outside = re.sub(r"BEGIN:V(EVENT|TIMEZONE)\r\n.*?END:V\1", "", text, flags=re.DOTALL)
    found += [f"{name} not once in the calendar (3.6)" for name in ("VERSION", "PRODID") if count(name, outside) != 1]
    for block in blocks:
        event = re.sub(r"BEGIN:VALARM.*?END:VALARM\r\n", "", block, flags=re.DOTALL)
        once = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "LAST-MODIFIED", "SUMMARY")
        found += [f"{name} not once in an event (3.6.1)" for name in once if count(name, event) != 1]
        found += [
            "a time stamp outside UTC (3.8.7.2)" for stamp in re.findall(r"DTSTAMP:(.*)\r", event) if "Z" not in stamp
        ]
        for alarm in re.findall(r"BEGIN:VALARM(.*?)END:VALARM", block, re.DOTALL):
            found += [
                f"{name} not once in an alarm (3.6.6)"
                for name in ("ACTION", "TRIGGER", "DESCRIPTION")
                if count(name, alarm) != 1
            ]
    uids = re.findall(r"\r\nUID:(.*)\r", text)
    if len(uids) != len(set(uids)) or len(uids) != len(blocks):
        found.append("a UID that is not unique (3.8.4.7)")
    zones = set(re.findall(r"\r\nTZID:(.*)\r", text))
    found += [f"no VTIMEZONE for {zone} (3.2.19)" for zone in set(re.findall(r";TZID=([^:;]+)", text)) - zones]
    return found


def count(name: str, text: str) -> int:
    return len(re.findall(rf"^{name}[:;]", text, re.MULTILINE))


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_feeds_keep_the_rules_of_rfc_5545(client: Client, zone: str) -> None:
    office = make_staffed_office(0, timezone=zone)
    for number in range(6):
        name = f"Ni Luh Putu Ayu, Dyah; Kusumaningrat « {number} » é" * 2
        make_employee(office, name=name)
    make_published(office, per_week=2)
    cancelled = queries.duties_of(office)[4]
    actions.publishing.cancel_duties([cancelled], by="Ayu", at=LATER)
    assert cancelled.holder is not None

    for address in (feeds.address_of(office), feeds.address_for(cancelled.holder)):
        for asked in ({}, {"alarm": "60"}):
            assert faults(read(client, address, **asked)) == []


def test_the_check_of_the_rules_finds_what_breaks_them(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    body = read(client, feeds.address_of(office))

    assert "UID" in str(faults(body.replace(b"UID:", b"X-UID:", 1)))
    assert "octets" in str(faults(body.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80, 1)))
    assert "CRLF" in str(faults(body.replace(b"\r\n", b"\n", 1)))
    assert "VTIMEZONE" in str(faults(body.replace(b"\r\nTZID:Asia/Jakarta", b"\r\nTZID:Asia/Tokyo")))


def test_an_event_says_when_it_was_last_changed(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office)[3]
    actions.reassign_duty(
        duty=duty, to=queries.substitutes(duty, LATER)[0].employee, by="Ayu", at=LATER, reason="Cuti"
    )

    found = events(read(client, feeds.address_of(office)))

    handed, untouched = found[uid(office, duty.pk)], found[uid(office, queries.duties_of(office)[2].pk)]
    assert (handed["dtstamp"].dt, handed["last-modified"].dt, handed["sequence"]) == (LATER, LATER, 1)
    assert (untouched["dtstamp"].dt, untouched["sequence"]) == (BEFORE_Q4, 0)


def test_a_moved_posting_day_moves_the_event_and_keeps_its_uid(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    Holiday.objects.create(office=office, on=date(2026, 12, 7), name="Pilkada", kind="local", decree_number="12/2026")
    moved_at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    repair_everything(office, at=moved_at)

    event = events(read(client, feeds.address_of(office)))[uid(office, duty.pk)]

    assert event["dtstart"].dt.date() == date(2026, 12, 8)
    assert (event["sequence"], event["dtstamp"].dt) == (1, moved_at)


def test_a_new_version_that_moves_a_day_stamps_the_event(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    Holiday.objects.create(office=office, on=date(2026, 12, 7), name="Pilkada", kind="local", decree_number="12/2026")
    make_published(office, at=LATER)
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 8))

    event = events(read(client, feeds.address_of(office)))[uid(office, duty.pk)]

    assert (event["sequence"], event["dtstamp"].dt) == (1, LATER)


def test_an_alarm_rings_only_for_turns_that_stand(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    gone = queries.duties_of(office)[4]
    actions.publishing.cancel_duties([gone], by="Ayu", at=LATER)

    found = events(read(client, feeds.address_of(office), alarm="1440"))

    rings = {key: [alarm["trigger"].dt for alarm in event.walk("VALARM")] for key, event in found.items()}
    assert rings.pop(uid(office, gone.pk)) == []
    assert list(rings.values()) == [[timedelta(days=-1)]] * 12
    assert b"VALARM" not in read(client, feeds.address_of(office), alarm="7")


def test_one_state_has_one_file_and_is_not_sent_twice(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    address = path_of(feeds.address_of(office))
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})
    since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})

    assert first["Last-Modified"] == http_date(BEFORE_Q4.timestamp())
    assert (again.status_code, again.content) == (304, b"")
    assert (since.status_code, since.content) == (304, b"")


def test_a_change_is_sent_to_whoever_asks_again(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    address = path_of(feeds.address_of(office))
    first = client.get(address)
    duty = queries.duties_of(office)[3]
    actions.reassign_duty(duty=duty, to=queries.substitutes(duty, LATER)[0].employee, by="Ayu", at=LATER, reason="")

    again = client.get(address, headers={"if-none-match": first["ETag"]})
    since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, since.status_code) == (200, 200)
    assert again["ETag"] != first["ETag"]


def test_a_new_address_makes_the_old_one_worthless(client: Client) -> None:
    office = make_staffed_office(1)
    person = make_employee(office)
    old, others = feeds.address_for(person), feeds.address_of(office)

    renew_address(office=office, employee=person, purpose=feeds.PERSON, by="Ayu", at=LATER)

    new = feeds.address_for(person)
    assert new != old
    assert client.get(path_of(old)).status_code == 404
    assert client.get(path_of(new)).status_code == 200
    assert client.get(path_of(others)).status_code == 200


def test_a_closed_address_opens_again_only_as_a_new_one(client: Client) -> None:
    office = make_staffed_office(1)
    old = feeds.address_of(office)

    close_address(office=office, purpose=feeds.OFFICE, by="Ayu", at=LATER)

    assert feeds.address_of(office) is None
    assert client.get(path_of(old)).status_code == 404
    renew_address(office=office, purpose=feeds.OFFICE, by="Ayu", at=LATER)
    assert client.get(path_of(old)).status_code == 404
    assert client.get(path_of(feeds.address_of(office))).status_code == 200


def test_a_person_renews_their_own_address_and_the_ca_the_office_s(client: Client) -> None:
    office = make_staffed_office(1)
    me = sign_in(client, office)
    old = feeds.address_for(me)

    client.post(reverse("roster:renew-feed", args=["saya"]))
    refused = client.post(reverse("roster:renew-feed", args=["kantor"]))
    closed = client.post(reverse("roster:close-feed", args=["kantor"]))

    assert feeds.address_for(me) != old
    assert (refused.status_code, closed.status_code) == (403, 403)
    assert AuditEntry.objects.get(action="address.renewed").employee_id == me.pk
    sign_in(client, office, "ca")
    client.post(reverse("roster:close-feed", args=["kantor"]))
    assert feeds.address_of(office) is None


def test_the_page_offers_the_address_with_the_alarm_that_was_chosen(client: Client) -> None:
    office = make_staffed_office(1)
    me = sign_in(client, office)

    page = client.get(CALENDARS, {"alarm": "60"}).content.decode()

    address = feeds.address_for(me)
    assert f'value="{address}?alarm=60"' in page
    assert f'href="webcal://{str(address).removeprefix("http://")}?alarm=60"' in page


@pytest.mark.parametrize("people", [1, 20])
def test_a_feed_costs_the_same_however_many_turns(
    client: Client,
    people: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's
) -> None:
    office = make_staffed_office(20)
    make_published(office, per_week=1 if people == 1 else 3)

    with django_assert_max_num_queries(8):
        read(client, feeds.address_of(office))


def test_an_office_without_turns_has_an_empty_feed(client: Client) -> None:
    body = read(client, feeds.address_of(make_office()))

    assert (faults(body), events(body)) == ([], {})


def test_the_office_feed_has_every_turn_in_the_office_s_time_zone(client: Client) -> None:
    office = make_staffed_office(timezone="Asia/Makassar")
    make_published(office)
    duty = queries.duties_of(office)[0]

    found = events(read(client, feeds.address_of(office)))

    event = found[f"duty-{duty.pk}@{office.code}.pegasus"]
    assert len(found) == 13
    assert event["dtstart"].dt.isoformat() == "2026-10-05T08:00:00+08:00"
    assert event["dtstart"].params["TZID"] == "Asia/Makassar"
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)


def test_a_turn_handed_over_is_cancelled_in_the_old_holder_s_feed(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office)[3]
    old, new = duty.holder, queries.substitutes(duty, BEFORE_Q4)[0].employee
    assert old is not None
    actions.reassign_duty(duty=duty, to=new, by="Ayu", at=BEFORE_Q4, reason="")
    uid = f"duty-{duty.pk}@{office.code}.pegasus"

    mine, theirs = (events(read(client, feeds.address_for(one))) for one in (old, new))

    assert (mine[uid]["status"], mine[uid]["sequence"]) == ("CANCELLED", 1)
    assert (theirs[uid]["status"], theirs[uid]["sequence"]) == ("CONFIRMED", 1)


def test_a_feed_needs_its_secret_address(client: Client) -> None:
    office = make_staffed_office()
    gone = make_employee(office, active_until=date(2026, 1, 1))
    address = path_of(feeds.address_of(office))

    assert client.get(address.replace(".ics", "0.ics")).status_code == 404
    assert client.get(path_of(feeds.address_for(gone))).status_code == 404
    assert client.get(reverse("roster:feed", args=["1-abc"])).status_code == 404
    assert client.get(address).status_code == 200
