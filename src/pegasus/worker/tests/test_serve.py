"""The whole program, started and killed as it happens in an office."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installation import Installation, installation
from tests.waiting import PATIENCE, until

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as made:
        made.environment["PEGASUS_TEST_DIARY"] = str(tmp_path / "diary.txt")
        yield made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return True
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return True
    except OSError:
        return False


def family(data: Path) -> dict[int, str]:
    """All living processes that carry this data folder in their environment."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if command and f"PEGASUS_DATA={data}".encode() in environment:
            found[int(entry.name)] = command
    return found


def members(data: Path, words: str) -> list[int]:
    return sorted(pid for pid, command in family(data).items() if words in command)


def serve(place: Installation, port: int) -> "subprocess.Popen[bytes]":
    started = place.start("serve", "--port", str(port))
    until(lambda: answers(port))
    until(lambda: members(place.data, "cli work"))
    return started


def said(place: Installation) -> str:
    return (place.data / "output.txt").read_text()


def test_it_serves_and_leaves_nothing_when_told_to_stop(place: Installation) -> None:
    port = free_port()
    started = serve(place, port)
    until(lambda: f"http://127.0.0.1:{port}" in said(place))

    started.terminate()

    assert started.wait(timeout=PATIENCE) == 0
    assert family(place.data) == {}
    assert answers(port) is False


def test_it_leaves_nothing_when_it_is_killed(place: Installation) -> None:
    port = free_port()
    started = serve(place, port)

    started.kill()
    started.wait()

    until(lambda: family(place.data) == {})
    assert answers(port) is False


def test_each_part_that_is_killed_comes_back_and_nothing_old_stays(place: Installation) -> None:
    port = free_port()
    started = serve(place, port)
    try:
        for words in ("cli work", "granian"):
            old = members(place.data, words)
            os.kill(old[0], signal.SIGKILL)

            until(lambda old=old, words=words: (new := members(place.data, words)) and not set(new) & set(old))  # type: ignore[misc]
            until(lambda: answers(port))
    finally:
        started.terminate()
        started.wait(timeout=PATIENCE)
    assert family(place.data) == {}


def test_a_second_start_says_so_and_ends(place: Installation) -> None:
    started = serve(place, free_port())
    try:
        second = place.start("serve", "--port", str(free_port()), output=place.data / "second.txt")

        assert second.wait(timeout=PATIENCE) == 1
        assert "sudah berjalan" in (place.data / "second.txt").read_text()
    finally:
        started.terminate()
        started.wait(timeout=PATIENCE)


def test_an_address_in_use_is_a_sentence(place: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        started = place.start("serve", "--port", str(taken.getsockname()[1]))

        assert started.wait(timeout=PATIENCE) == 1
    assert "tidak bisa dipakai" in said(place)
    assert "Traceback" not in said(place)


def test_a_job_survives_the_death_of_its_worker(place: Installation, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    place.python("from pegasus.kernel import database; database.bring_up_to_date()")
    worker = place.start("work", "--lease", "2")
    program = "from tests import tasks; tasks.slow.enqueue('x', 3); tasks.note.enqueue('y')"
    place.python(program)
    until(lambda: diary.exists() and {"x begins", "y"} <= set(diary.read_text().splitlines()))
    time.sleep(1)  # y is written; now its row is too, while x still sleeps

    worker.kill()
    worker.wait()
    second = place.start("work", "--lease", "2")
    until(lambda: "x ends" in diary.read_text())
    second.terminate()

    assert second.wait(timeout=PATIENCE) == 0
    assert sorted(diary.read_text().splitlines()) == ["x begins", "x begins", "x ends", "y"]


def test_a_file_that_is_no_database_is_a_sentence(place: Installation) -> None:
    place.environment["PEGASUS_DATABASE_URL"] = ""  # the file, also when the tests run on PostgreSQL
    place.data.mkdir(exist_ok=True)
    (place.data / "pegasus.sqlite3").write_bytes(b"bukan basis data " * 100)

    started = place.start("serve", "--port", str(free_port()))

    assert started.wait(timeout=PATIENCE) == 1
    assert "tidak dapat dibuka (file is not a database)" in said(place)
    assert "Traceback" not in said(place)


def test_the_start_does_not_wait_for_every_page_to_be_loaded(place: Installation) -> None:
    """Loading them all takes longer than everything else that `serve` does before the first page."""
    place.environment["PYTHONPROFILEIMPORTTIME"] = "1"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        started = place.start("serve", "--port", str(taken.getsockname()[1]))

        assert started.wait(timeout=PATIENCE) == 1
    assert "pegasus.people.models" in said(place)
    assert "pegasus.home.views" not in said(place)
