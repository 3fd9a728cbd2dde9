"""Many cards from one sheet: rows that can and cannot, workers that die, ends that hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.builders import NOW, make_office

from pegasus.cards import jobs, render
from pegasus.cards.actions import load_shipped
from pegasus.cards.bulk import actions, files, making, queries
from pegasus.cards.domain import bulk
from pegasus.cards.domain.bulk import Line
from pegasus.cards.domain.designs import Content, Design
from pegasus.cards.models import BulkRow, BulkRun, CardTemplate
from pegasus.kernel import clock
from pegasus.kernel.jobs import claims
from pegasus.kernel.models import AuditEntry, Job
from pegasus.people import sheets
from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.models import Office
from pegasus.typeset.render import TypesetFailed

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path, settings: Any) -> None:  # noqa: ANN401 - pytest-django's settings
    """A rolled-back run's number comes again: its pictures must not."""
    default = settings.STORAGES["default"]
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": {"location": tmp_path}}}


def read(text: str, *, for_all: str = "") -> list[Line]:
    sheet = sheets.read(text.encode(), "nama.csv", kind=bulk.SHEET)
    return bulk.lines(sheet.people, sheet.mapping, for_all=for_all, today=TODAY, missing=lambda _text: [])


def make_run(office: Office | None = None, *, people: int = 3, sizes: tuple[str, ...] = ("square",)) -> BulkRun:
    load_shipped()
    template = CardTemplate.objects.filter(office=None).order_by("pk").first()
    assert template is not None
    lines = [
        Line(n + 2, f"Orang {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}", "", "Selamat.", "", None) for n in range(people)
    ]
    return actions.begin_run(
        office=office or make_office(),
        title="Ulang tahun",
        template=template,
        sizes=sizes,
        shown_on=TODAY,
        lines=lines,
        by="Rina",
        at=NOW,
    )


def work(run: BulkRun, machine: Callable[[], datetime] = lambda: NOW) -> BulkRun:
    making.work(run.pk, now=lambda: NOW, machine=machine)
    run.refresh_from_db()
    return run


def run_due() -> int:
    """Take jobs out of the queue as a worker does, until none is due; return how many there were."""
    ran = 0
    while job := claims.claim(worker="w", now=clock.now(), machine_now=clock.machine()):
        import_string(job.task_path).call(*job.args)
        assert claims.finish(job, now=clock.now())
        ran += 1
    return ran


def states(run: BulkRun) -> list[str]:
    return [row.state for row in queries.rows_of(run)]


def pictures(run: BulkRun) -> list[str]:
    folder = f"bulk/{run.office_id}/{run.pk}"
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []


def test_a_sheet_is_read_whatever_its_columns_are_called() -> None:
    found = read("No;Nama Pegawai;Ucapan;Tim Kerja;Tgl Lahir\n1;Sari Wulandari;Selamat;Neraca;29-02-1992\n")

    assert found == [Line(2, "Sari Wulandari", "Neraca", "Selamat", "", date(2027, 2, 28))]


def test_words_for_all_stand_in_and_know_the_name() -> None:
    assert [line.words for line in read("Nama\nSari\nBayu\n", for_all="Selamat, {nama}!")] == [
        "Selamat, Sari!",
        "Selamat, Bayu!",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (";Selamat;", "no_name"),
        ("12345;Selamat;", "no_name"),
        ("Sari 199001012015041002;Selamat;", "number"),
        ("0812-3456-7890 Sari;Selamat;", "number"),
        (f"{'Sari ' * 20};Selamat;", "name_long"),
        ("Sari;;", "empty"),
        (f"Sari;{'kata ' * 60};", "too_long"),
        (f"Sari;{'x' * 40};", "long_word"),
        ("Sari;Selamat;32-13-2026", "day"),
        ("Sari;Selamat;1 Mei 1990", "day_far"),
    ],
)
def test_a_bad_row_says_why(row: str, problem: str) -> None:
    (line,) = read(f"Nama;Kata;Tanggal\n{row}\n")

    assert line.problem == problem


def test_the_same_card_twice_is_made_once() -> None:
    assert [(line.problem, line.detail) for line in read("Nama;Kata\nSari;Selamat\nSARI;selamat!\n")] == [
        ("", ""),
        ("twice", "2"),
    ]


@given(st.lists(st.lists(st.text(max_size=300), min_size=5, max_size=5), max_size=5), st.text(max_size=50))
def test_no_sheet_breaks_the_reading(cells: list[list[str]], for_all: str) -> None:
    rows = [NumberedRow(number, row) for number, row in enumerate(cells, 2)]
    mapping = {"name": 0, "words": 1, "source": 2, "team": 3, "day": 4}

    found = bulk.lines(rows, mapping, for_all=for_all, today=TODAY, missing=lambda _text: [])

    for line in found:
        assert line.problem or (line.name and len(line.name) <= bulk.LONGEST_NAME and line.words.strip())
        assert line.day is None or abs(line.day - TODAY) <= bulk.NEAR


@pytest.mark.django_db
def test_a_run_makes_every_card_in_every_size() -> None:
    run = make_run(people=2, sizes=("square", "portrait"))
    actions.start_run(run=run, by="Rina", at=NOW)

    work(run)

    assert (run.state, run.made, run.lease_until) == (BulkRun.State.DONE, 2, None)
    assert pictures(run) == ["2-portrait.jpg", "2-square.jpg", "3-portrait.jpg", "3-square.jpg"]
    with default_storage.open(files.path_of(run, 3, "portrait"), "rb") as file, Image.open(file) as image:
        assert image.size == (1080, 1350)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == ["bulk.started", "bulk.done"]


class Killed(BaseException):
    """As kill -9: nothing after it runs but what the database and the disk already have."""


@pytest.mark.django_db
@pytest.mark.parametrize("line", range(4))
def test_a_worker_that_dies_loses_no_card_and_makes_none_twice(line: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(people=3)
    actions.start_run(run=run, by="Rina", at=NOW)
    stored: list[int] = []
    keep = files.store

    def dying(one: BulkRun, number: int, size: str, data: bytes) -> None:
        if len(stored) == line:
            if line % 2:
                keep(one, number, size, data)  # the picture is there, its row does not know
            raise Killed
        stored.append(number)
        keep(one, number, size, data)

    with monkeypatch.context() as patched:
        patched.setattr(files, "store", dying)
        if line < 3:
            with pytest.raises(Killed):
                work(run)
        else:
            work(run)
    first = list(stored)
    work(run, machine=lambda: NOW + timedelta(seconds=5))
    assert states(run).count("done") == len(first)  # its lease still runs: nobody else takes it

    def noting(one: BulkRun, number: int, size: str, data: bytes) -> None:
        stored.append(number)
        keep(one, number, size, data)

    with monkeypatch.context() as patched:
        patched.setattr(files, "store", noting)
        work(run, machine=lambda: NOW + timedelta(minutes=2))

    assert stored == [2, 3, 4]
    assert states(run) == ["done"] * 3
    assert pictures(run) == ["2-square.jpg", "3-square.jpg", "4-square.jpg"]
    assert (run.state, run.made) == (BulkRun.State.DONE, 3)


@pytest.mark.django_db
def test_cancelling_stops_between_two_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(people=5)
    actions.start_run(run=run, by="Rina", at=NOW)
    keep = files.store

    def cancelling(one: BulkRun, number: int, size: str, data: bytes) -> None:
        keep(one, number, size, data)
        if number == 3:
            actions.cancel_run(run=run, by="Rina", at=NOW)

    monkeypatch.setattr(files, "store", cancelling)

    work(run)

    assert run.state == BulkRun.State.CANCELLED
    assert states(run) == ["done", "done", "waiting", "waiting", "waiting"]
    with pytest.raises(actions.NotRunning):
        actions.cancel_run(run=run, by="Rina", at=NOW)


@pytest.mark.django_db
def test_a_cancelled_run_goes_on_where_it_stopped() -> None:
    run = make_run(people=2)
    actions.start_run(run=run, by="Rina", at=NOW)
    actions.cancel_run(run=run, by="Rina", at=NOW)

    actions.start_run(run=run, by="Rina", at=NOW)

    assert work(run).state == BulkRun.State.DONE


@pytest.mark.django_db
def test_a_full_disk_stops_the_run_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(people=2)
    actions.start_run(run=run, by="Rina", at=NOW)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "store", full)
        with pytest.raises(OSError, match="No space"):
            work(run)
    run.refresh_from_db()
    assert run.state == BulkRun.State.STOPPED
    actions.start_run(run=run, by="Rina", at=NOW)
    assert work(run).made == 2


@pytest.mark.django_db
def test_an_office_runs_two_at_once_and_no_third() -> None:
    office = make_office()
    for _ in range(2):
        actions.start_run(run=make_run(office), by="Rina", at=NOW)

    with pytest.raises(actions.TooManyRunning):
        actions.start_run(run=make_run(office), by="Rina", at=NOW)
    actions.start_run(run=make_run(), by="Rina", at=NOW)
    with pytest.raises(actions.TooManyRunning):
        actions.start_run(run=BulkRun.objects.filter(office=office).order_by("pk")[2], by="Rina", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_queue_is_shared_and_every_run_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SLICE", timedelta(0))
    monkeypatch.setattr(making, "AT_ONCE", 2)
    runs = [make_run(people=3), make_run(people=3)]
    for run in runs:
        actions.start_run(run=run, by="Rina", at=NOW)

    ran = run_due()

    assert [BulkRun.objects.get(pk=run.pk).state for run in runs] == ["done", "done"]
    assert ran >= 4
    order = list(Job.objects.filter(task_path__endswith="make_bulk").order_by("pk").values_list("args", flat=True))
    assert order[:4] == [[runs[0].pk], [runs[1].pk], [runs[0].pk], [runs[1].pk]]


@pytest.mark.django_db(transaction=True)
def test_a_run_that_nobody_works_on_is_taken_up() -> None:
    run = make_run()
    actions.start_run(run=run, by="Rina", at=NOW)
    Job.objects.all().delete()
    BulkRun.objects.update(lease_until=datetime(2020, 1, 1, tzinfo=UTC))

    jobs.tend_bulk.call()
    run_due()

    assert BulkRun.objects.get(pk=run.pk).state == BulkRun.State.DONE


@pytest.mark.django_db
def test_the_zip_names_people_and_no_numbers() -> None:
    run = make_run(people=2)
    BulkRow.objects.filter(run=run, number=2).update(name="Sári Wulandari 199001012015041002")
    actions.start_run(run=run, by="Rina", at=NOW)
    work(run)

    pieces = list(files.zipped(run, queries.rows_of(run), at=NOW))

    with ZipFile(BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["0002-sari-wulandari-persegi.jpg", "0003-orang-b-persegi.jpg"]
    assert max(map(len, pieces)) < 1_000_000
    assert pieces == list(files.zipped(run, queries.rows_of(run), at=NOW))


@pytest.mark.django_db
def test_what_nobody_fetched_is_deleted(django_capture_on_commit_callbacks: Any) -> None:  # noqa: ANN401 - a fixture
    done, draft, fresh = make_run(), make_run(), make_run()
    actions.start_run(run=done, by="Rina", at=NOW)
    work(done)
    BulkRun.objects.filter(pk=fresh.pk).update(created_at=NOW + timedelta(days=8))

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_outlived(at=NOW + timedelta(days=8)) == 2

    done.refresh_from_db()
    assert (done.state, done.made, states(done), pictures(done)) == (BulkRun.State.EXPIRED, 3, [], [])
    assert not BulkRun.objects.filter(pk=draft.pk).exists()
    assert states(fresh) == ["waiting"] * 3


@pytest.mark.django_db
def test_a_row_that_cannot_be_drawn_never_stops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(people=3)
    actions.start_run(run=run, by="Rina", at=NOW)
    rightly = render.jpeg

    def sometimes(design: Design, content: Content, size: str) -> bytes:
        if content.name == "Orang B":
            raise TypesetFailed
        return rightly(design, content, size)

    with monkeypatch.context() as patched:
        patched.setattr(render, "jpeg", sometimes)
        work(run)
    assert states(run) == ["done", "failed", "done"]
    actions.start_run(run=run, by="Rina", at=NOW)
    assert states(work(run)) == ["done"] * 3
