"""A new office begins with another office's text: it says so, and shows none of that office's numbers as its own."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.builders import NOW, make_office, sign_in

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.sop import actions, queries
from pegasus.sop.models import Programme
from pegasus.sop.tests.builders import make_office_with_sop, make_task
from pegasus.sop.views.periods import choices

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["pegasus", "bgc"])
def test_another_offices_number_and_dates_are_not_shown_as_ones_own(client: Client, code: str) -> None:
    office = make_office(name="BPS Kabupaten Maluku Barat Daya")
    actions.install(office=office, code=code, at=NOW)
    sign_in(client, office, "ca")

    version = queries.version_in_force(office, code)
    page = client.get(f"/sop/?program={code}").content.decode()
    listed = client.get(f"/sop/{code}/versi/").content.decode()

    assert version.number == version.procedure.number == ""
    assert version.created_on == version.effective_on == date(2026, 11, 23)
    for text in (page, listed, client.get("/sop/program/").content.decode()):
        assert "17000" not in text
        assert "2 Januari 2025" not in text
        assert "Belum bernomor" in text
    assert "SOP contoh dari BPS Provinsi Bengkulu" in page
    assert f'href="/sop/{code}/revisi/"' in page
    assert "17000" not in client.get(f"/sop/{code}/pdf/")["Content-Disposition"]


def test_the_office_that_wrote_the_text_has_its_numbers(client: Client) -> None:
    office = make_office(name="BPS Provinsi Bengkulu")
    for code in ("pegasus", "bgc"):
        actions.install(office=office, code=code, at=NOW)
    sign_in(client, office, "ca")

    assert queries.version_in_force(office, "pegasus").number == "SOP-330/17000/2025"
    assert queries.version_in_force(office, "bgc").number == "SOP-322/17000/2025"
    assert "SOP contoh" not in client.get("/sop/").content.decode()


def test_who_may_not_draft_reads_that_it_is_a_sample_and_gets_no_button(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office)

    page = client.get("/sop/").content.decode()

    assert "SOP contoh dari BPS Provinsi Bengkulu" in page
    assert "/revisi/" not in page


def test_periods_begin_with_the_office(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    running = Period.of(clock.today(office.timezone), "quarter")

    alone = client.get("/sop/").content.decode()
    before = client.get(f"/sop/?periode={running.previous.key}").content.decode()

    assert f'value="{running.previous.key}"' not in alone
    assert "Periode sebelumnya" not in alone
    assert f'<option value="{running.key}" selected>' in before

    make_task(office, "card", subject="duty:1", opens_at=NOW, due_at=datetime(2026, 12, 31, tzinfo=UTC))
    tasks = queries.tasks_of(office)
    tasks.update(period=running.previous.key)

    earlier = client.get("/sop/").content.decode()

    assert f'value="{running.previous.key}"' in earlier
    assert f'value="{running.previous.previous.key}"' not in earlier
    assert "Periode sebelumnya" in earlier


def test_the_list_of_periods_reaches_from_the_first_day_to_the_next_quarter() -> None:
    today, chosen = date(2026, 12, 1), Period.parse("2026Q4")

    assert [one.key for one in choices(today, chosen, first=date(2026, 8, 3))] == [
        "2027Q1",
        "2026Q4",
        "2026Q3",
        "2026S2",
    ]
    assert len(choices(today, chosen, first=date(2020, 1, 1))) == len(choices(today, chosen, first=date(2024, 1, 1)))


def test_a_sample_is_still_a_programme_that_runs() -> None:
    office = make_office_with_sop()

    assert queries.version_in_force(office).in_force_until is None
    assert Programme.objects.get(office=office, code="pegasus").is_active


def test_an_offices_own_sop_may_be_older_than_its_pegasus() -> None:
    office = make_office_with_sop()
    sample = queries.version_in_force(office)
    text = queries.text_of(sample) | {"number": "SOP-12/81720/2026", "effective_on": "2026-01-05"}
    draft = actions.save_draft(version=sample, text=text, edition=0, by="Sari", at=NOW)

    version = actions.put_in_force(draft=draft, by="Kepala", at=NOW, reason="Berlaku sejak ditandatangani Kepala")

    sample.refresh_from_db()
    assert queries.version_in_force(office) == version
    assert version.effective_on == date(2026, 1, 5)
    # It took the sample's place from the sample's first moment on: nothing ran under it before.
    assert version.in_force_from == sample.in_force_from == sample.in_force_until
