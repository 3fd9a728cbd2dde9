from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from tests.builders import make_employee, make_office

from pegasus.people.access import Actor
from pegasus.people.models import Office
from pegasus.sop import actions, queries
from pegasus.sop.tests.builders import make_office_with_sop, make_task

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # Monday, 5 January 2026


def strip(office: Office) -> str:
    actor = Actor(make_employee(office), office, frozenset({"ca"}))
    page = Template("{% load sop %}{% sop_strip '2026Q1' %}")
    return " ".join(page.render(Context({"actor": actor})).split())


def test_the_strip_is_the_map_of_seven_activities() -> None:
    office = make_office_with_sop(at=LONG_AGO)

    html = strip(office)

    assert html.count('class="strip-step is-not_yet"') == 7
    names = ["Jadwal", "Templat", "Pengingat", "Desain", "Posting", "Triwulan", "Semester"]
    assert [html.index(f">{name}</a>") for name in names] == sorted(html.index(f">{name}</a>") for name in names)


def test_the_strip_says_the_time_against_the_standard() -> None:
    office = make_office_with_sop(at=LONG_AGO)
    roster = make_task(
        office,
        "roster",
        subject="period:2026Q1",
        period="2026Q1",
        opens_at=LONG_AGO,
        due_at=LONG_AGO + timedelta(days=3),
    )
    actions.close_task(task=roster, at=LONG_AGO + timedelta(days=2), by="Sari")
    for number in range(3):
        card = make_task(
            office,
            "card",
            subject=f"duty:{number}",
            period="2026Q1",
            opens_at=LONG_AGO,
            due_at=LONG_AGO + timedelta(days=1),
        )
        if number:
            actions.close_task(task=card, at=LONG_AGO + timedelta(days=number - 1, hours=1), by="Bayu")

    html = strip(office)

    assert "2 dari 3 hari kerja" in html
    assert "1 dari 3 tepat waktu" in html
    assert 'class="strip-step is-late"' in html


def test_what_is_not_due_yet_does_not_count_against_anybody() -> None:
    office = make_office_with_sop(at=LONG_AGO)
    far = datetime(2190, 1, 1, tzinfo=UTC)
    done = make_task(office, "card", subject="duty:1", period="2026Q1", opens_at=LONG_AGO, due_at=far)
    actions.close_task(task=done, at=LONG_AGO, by="Bayu")
    for number in (2, 3):
        make_task(office, "card", subject=f"duty:{number}", period="2026Q1", opens_at=far, due_at=far)

    assert "1 dari 1 tepat waktu" in strip(office)


def test_an_office_without_its_sop_has_no_strip() -> None:
    assert strip(make_office()) == ""


@pytest.mark.parametrize("cards", [1, 9])
def test_the_strip_costs_four_queries_however_many_tasks(cards: int, django_assert_num_queries: object) -> None:
    office = make_office_with_sop(at=LONG_AGO)
    for number in range(cards):
        make_task(office, "card", subject=f"duty:{number}", period="2026Q1")
    actor = Actor(make_employee(office), office, frozenset())
    page = Template("{% load sop %}{% sop_strip '2026Q1' %}")

    with django_assert_num_queries(4):  # type: ignore[operator] # pytest-django's: version, rows, days off, tasks
        page.render(Context({"actor": actor}))

    assert queries.tasks_of(office).count() == cards
