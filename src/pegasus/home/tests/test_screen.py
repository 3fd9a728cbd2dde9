from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.builders import make_employee, make_office, sign_in

from pegasus.archive import actions as archive
from pegasus.cards.models import Card, CardPicture
from pegasus.home.queries.board import board_of
from pegasus.home.screen import PURPOSE
from pegasus.kernel.models import AuditEntry
from pegasus.people import actions, queries
from pegasus.people.models import Office
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import make_published, make_staffed_office
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 WIB


@pytest.fixture
def clock(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "clock"
    path.write_text(MONDAY.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(path)
    return path


@pytest.fixture(autouse=True)
def _today(clock: Path) -> None:
    """Every test here runs on that day."""


def open_screen(office: Office) -> str:
    actions.renew_address(office=office, purpose=PURPOSE, by="Ayu", at=MONDAY)
    token = queries.secret_token(office, PURPOSE, opened=False)
    assert token is not None
    return reverse("home:screen", args=[token])


def make_card(duty: Duty, *, state: str = Card.State.SUBMITTED, shown_on: date | None = None) -> Card:
    assert duty.holder is not None
    task = roster.duty_tasks(duty).get(activity__rhythm=Activity.Rhythm.CARD)
    card = Card.objects.create(
        task=task,
        office=duty.office,
        name=duty.holder.name,
        shown_on=shown_on or duty.posts_on,
        alt_text="Kartu ungu",
        state=state,
        updated_at=MONDAY,
    )
    record = archive.keep(
        office=duty.office,
        kind="card",
        title="Kartu",
        data=b"JPEG",
        filename="kartu.jpg",
        content_type="image/jpeg",
        by="Ayu",
        at=MONDAY,
    )
    CardPicture.objects.create(card=card, size="portrait", record=record)
    return card


def test_the_screen_shows_this_week_and_the_next_without_signing_in(client: Client) -> None:
    office = make_staffed_office(phone_line="0736-1")
    make_published(office, per_week=2)
    now = list(roster.duties_of(office).filter(starts_on=date(2026, 11, 23)))
    following = list(roster.duties_of(office).filter(starts_on=date(2026, 11, 30)))

    answer = client.get(open_screen(office))

    page = answer.content.decode()
    assert all(duty.holder and duty.holder.name in page for duty in now + following)
    assert "Tayang Senin, 23 November" in page
    assert "Berikutnya · 30 November – 6 Desember 2026" in page
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_nothing_personal_but_name_and_team_is_on_the_screen(client: Client) -> None:
    office = make_staffed_office(0)
    make_employee(
        office,
        name="Sari",
        email="sari@bps.example",
        phone="+6281234567890",
        nip="199001012015012001",
        position="Ahli",
    )
    make_published(office)

    page = client.get(open_screen(office)).content.decode()

    assert "Sari" in page
    for secret in ("sari@bps", "81234", "1990", "Ahli"):
        assert secret not in page


def test_the_screen_speaks_indonesian_and_asks_for_its_board_again(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    address = open_screen(office)

    part = client.get(address, headers={"HX-Request": "true", "Accept-Language": "en"}).content.decode()

    assert part.strip().startswith("<main")
    assert f'hx-get="{address}" hx-trigger="every 60s"' in part
    assert "Petugas minggu ini" in part


@pytest.mark.parametrize(("hour", "theme"), [(9, "light"), (17, "light"), (18, "dark"), (5, "dark")])
def test_the_screen_is_dark_by_the_office_s_clock(client: Client, clock: Path, hour: int, theme: str) -> None:
    office = make_office(timezone="Asia/Jayapura")
    clock.write_text(datetime(2026, 11, 23, (hour - 9) % 24, 30, tzinfo=UTC).isoformat())

    page = client.get(open_screen(office)).content.decode()

    assert f'data-bs-theme="{theme}"' in page


def test_the_card_is_up_from_its_posting_day_and_of_no_other_office(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    this, following = roster.duties_of(office).filter(starts_on__gte=date(2026, 11, 23))[:2]
    up, coming = make_card(this), make_card(following)
    address = open_screen(office)

    page = client.get(address).content.decode()

    assert f'src="{address}kartu/{up.pk}.jpg" alt="Kartu ungu"' in page
    assert "Kartu minggu ini" in page
    picture = client.get(f"{address}kartu/{up.pk}.jpg")
    assert (picture.status_code, picture["Content-Type"], picture.content) == (200, "image/jpeg", b"JPEG")
    assert client.get(f"{address}kartu/{coming.pk}.jpg").status_code == 404
    assert client.get(f"{open_screen(make_office())}kartu/{up.pk}.jpg").status_code == 404


def test_last_week_s_card_stays_until_this_week_s_is_up(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    make_card(roster.duties_of(office).get(starts_on=date(2026, 11, 16)))

    assert "Kartu minggu lalu" in client.get(open_screen(office)).content.decode()


@pytest.mark.parametrize(
    ("state", "reviews", "shown"),
    [
        (Card.State.DRAFT, False, False),
        (Card.State.SUBMITTED, False, True),
        (Card.State.SUBMITTED, True, False),
        (Card.State.APPROVED, True, True),
    ],
)
def test_a_card_that_nobody_let_go_stays_inside(state: str, reviews: bool, shown: bool) -> None:  # noqa: FBT001 - a case
    office = make_staffed_office(reviews_cards=reviews)
    make_published(office)
    make_card(roster.duties_of(office).get(starts_on=date(2026, 11, 23)), state=state)

    assert (board_of(office, at=MONDAY).card is not None) is shown


def test_what_went_out_before_the_office_reviewed_stays_up() -> None:
    office = make_staffed_office(reviews_cards=True)
    make_published(office)
    duty = roster.duties_of(office).get(starts_on=date(2026, 11, 23))
    card = make_card(duty)
    posting = roster.duty_tasks(duty).get(activity__rhythm=Activity.Rhythm.POSTING, part="group")
    sop.close_task(task=posting, at=MONDAY, by="Ayu")

    assert board_of(office, at=MONDAY).card == card


def test_the_cards_of_one_week_take_turns_by_the_minute() -> None:
    office = make_staffed_office()
    make_published(office, per_week=2)
    first, second = (make_card(duty) for duty in roster.duties_of(office).filter(starts_on=date(2026, 11, 23)))

    shown = [board_of(office, at=MONDAY + timedelta(minutes=minute)).card for minute in range(3)]

    assert shown == [first, second, first]


def test_the_screen_is_closed_until_the_ca_opens_it_and_after_it_was_closed(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    assert "Layar masih tertutup" in client.get(reverse("home:screen-address")).content.decode()

    page = client.post(reverse("home:screen-renew"), follow=True).content.decode()

    token = queries.secret_token(office, PURPOSE, opened=False)
    assert token is not None
    address = reverse("home:screen", args=[token])
    assert f'value="http://testserver{address}"' in page
    assert Client().get(address).status_code == 200
    client.post(reverse("home:screen-renew"))
    assert Client().get(address).status_code == 404
    client.post(reverse("home:screen-close"))
    assert queries.secret_token(office, PURPOSE, opened=False) is None
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "address.renewed",
        "address.renewed",
        "address.closed",
    ]


def test_only_the_keepers_open_the_screen(client: Client) -> None:
    sign_in(client, make_office(), "humas")

    assert client.get(reverse("home:screen-address")).status_code == 403
    assert client.post(reverse("home:screen-renew")).status_code == 403
    assert client.get(reverse("home:screen", args=["1-abc"])).status_code == 404


def test_an_office_without_a_roster_has_a_quiet_screen(client: Client) -> None:
    assert "Tidak ada petugas minggu ini." in client.get(open_screen(make_office())).content.decode()


@pytest.mark.parametrize("per_week", [1, 3])
def test_the_screen_costs_the_same_however_many_serve(
    client: Client, per_week: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    office = make_staffed_office()
    make_published(office, per_week=per_week)
    for duty in roster.duties_of(office).filter(starts_on=date(2026, 11, 23)):
        make_card(duty)
    address = open_screen(office)

    with django_assert_max_num_queries(4):
        client.get(address)
