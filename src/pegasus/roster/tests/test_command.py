import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from pegasus.people.models import Office
from pegasus.roster import queries
from pegasus.roster.models import Roster
from pegasus.roster.tests.builders import make_staffed_office
from pegasus.sop.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")
    settings.PEGASUS_TEST_CLOCK = str(clock)


def run(office: Office, first: str, last: str, *more: str) -> str:
    out = StringIO()
    call_command("roster", "--office", office.code, "--from", first, "--to", last, *more, stdout=out)
    return out.getvalue()


def test_the_json_is_that_of_the_contract_and_nothing_is_saved() -> None:
    office = make_staffed_office(10)

    result = json.loads(run(office, "2027-01-01", "2027-03-31", "--per-week", "2", "--json"))

    contract = {"weeks", "turns", "shortest_rest_weeks", "optimal", "levels", "skipped"}
    assert result.keys() == contract | {"preferences", "proven_for", "exempt"}
    assert result["weeks"][0].keys() == {"starts_on", "posts_on", "people"}
    assert result["weeks"][0]["people"][0].keys() == {"id", "name", "reason"}
    assert len(result["weeks"]) == 12
    assert result["skipped"] == [{"starts_on": "2027-03-08", "reason": "Tidak ada hari kerja pada minggu ini."}]
    assert result["turns"] == {"min": 2, "max": 3}
    assert result["shortest_rest_weeks"] >= 4
    assert result["optimal"] is True
    assert all(level.keys() == {"name", "value", "bound", "proven"} for level in result["levels"])
    assert not Roster.objects.exists()
    assert not Task.objects.exists()


def test_the_same_question_has_the_same_answer() -> None:
    office = make_staffed_office(17)

    answers = {run(office, "2027-01-01", "2027-06-30", "--per-week", "2", "--json") for _ in range(2)}

    assert len(answers) == 1


def test_publishing_from_the_command_saves_what_it_printed() -> None:
    office = make_staffed_office(10)

    result = json.loads(run(office, "2027-01-04", "2027-05-30", "--publish", "--json"))

    printed = [(week["starts_on"], week["people"][0]["id"]) for week in result["weeks"]]
    saved = [(duty.starts_on.isoformat(), duty.holder_id) for duty in queries.duties_of(office)]
    assert saved == printed
    assert Roster.objects.get().period == "2027S1"


def test_a_period_that_has_begun_keeps_its_past_weeks_without_tasks() -> None:
    office = make_staffed_office(10)

    run(office, "2026-10-01", "2026-12-31", "--publish")

    first, last = queries.duties_of(office)[0], queries.duties_of(office).reverse()[0]
    assert queries.duties_of(office).count() == 13
    assert queries.duty_tasks(first).count() == 0
    assert queries.duty_tasks(last).count() == 5


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("2027-03-31", "2027-01-01"), "Tanggal akhir mendahului tanggal awal."),
        (("2027-01-01", "2077-01-01"), "paling lama untuk dua tahun"),
        (("9999-12-01", "9999-12-31"), "tidak sesudah tahun 2100"),
        (("2027-01-01", "2027-03-31", "--per-week", "0"), "paling sedikit satu"),
        (("2027-01-01", "2027-03-31", "--per-week", "11"), "hanya mempunyai 10 pegawai"),
        (("2027-03-08", "2027-03-12"), "tidak ada minggu yang mempunyai hari kerja"),
    ],
)
def test_what_cannot_be_done_is_said_and_exits_with_2(more: tuple[str, ...], words: str) -> None:
    office = make_staffed_office(10)

    with pytest.raises(CommandError, match=words) as refusal:
        run(office, *more)

    assert refusal.value.returncode == 2


def test_an_unknown_office_is_said() -> None:
    with pytest.raises(CommandError, match="Tidak ada kantor dengan kode 0000"):
        call_command("roster", "--office", "0000", "--from", "2027-01-01", "--to", "2027-03-31")
