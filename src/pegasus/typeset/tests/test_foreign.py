"""The gate for foreign files: one child for each, within its limits, when its turn comes, and nothing left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pegasus.typeset import foreign, queue
from pegasus.typeset.foreign import MEGABYTE, FileRefused, Limits, Reader

READERS = "pegasus.typeset.tests.foreign_readers"
SMALL = Limits(
    most_bytes=MEGABYTE, memory=512 * MEGABYTE, cpu=2, seconds=20, answer=2 * MEGABYTE, at_once=1, patience=0.1
)


def reader(name: str, **limits: float) -> Reader:
    return Reader(f"test-{name}", f"{READERS}:{name}", replace(SMALL, **limits))  # type: ignore[arg-type] # numbers


def refusal(name: str, data: bytes = b"x", limits: dict[str, float] | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        foreign.read(reader(name, **(limits or {})), data)
    return refused.value.reason


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.glob("pegasus-foreign-*")) == []
    assert children() == []


def children() -> list[str]:
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "stat=,args="], capture_output=True, text=True, check=False
    )
    return [line for line in listed.stdout.splitlines() if "foreign_child" in line]


def test_what_a_reader_finds_comes_back_as_it_was() -> None:
    found = foreign.read(reader("echo"), b"abc", sheet=2, words="Jum’at")

    assert found.facts == {"asked": {"sheet": 2, "words": "Jum’at"}, "length": 3}
    assert found.body == b"cba"


def test_a_reader_refuses_with_its_own_word_and_facts() -> None:
    with pytest.raises(FileRefused) as refused:
        foreign.read(reader("refuse"), b"x")

    assert (refused.value.reason, refused.value.facts) == ("too_red", {"colour": "red"})


@pytest.mark.parametrize(
    ("name", "limits", "word"),
    [
        ("swell", {}, "memory"),
        ("spin", {"cpu": 1}, "slow"),
        ("sleep", {"seconds": 1.0}, "slow"),
        ("talk", {}, "swollen"),
        ("write", {}, "broken"),
        ("abort", {}, "broken"),
        ("fail", {}, "broken"),
    ],
)
def test_a_file_that_reaches_a_limit_is_refused_and_the_next_is_read(
    name: str, limits: dict[str, float], word: str
) -> None:
    assert refusal(name, limits=limits) == word

    assert foreign.read(reader("echo"), b"ab").body == b"ba"


def test_a_file_that_is_too_large_is_refused_before_its_turn_comes() -> None:
    with queue.turn("test-echo", at_once=1, patience=0):
        assert refusal("echo", bytes(MEGABYTE + 1)) == "large"
        assert refusal("echo", bytes(MEGABYTE)) == "busy"


def test_the_child_knows_neither_keys_nor_database_nor_what_it_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEGASUS_DATABASE_URL", "postgresql://rahasia@db/pegasus")
    monkeypatch.setenv("PEGASUS_SECRET_KEY", "rahasia")

    told = foreign.read(reader("known"), b"rahasia").facts

    assert set(told["env"]) - {"LC_CTYPE"} == {"PYTHONPATH", "TMPDIR", *foreign.FRUGAL}
    assert "rahasia" not in str(told)
    assert told["django"] == []


def test_one_kind_waits_for_its_turn_over_all_processes_and_says_so_when_none_comes() -> None:
    with queue.turn("test-echo", at_once=1, patience=0):
        assert refusal("echo") == "busy"
        program = [sys.executable, "-c", ELSEWHERE]
        elsewhere = subprocess.run(program, capture_output=True, text=True, check=True, env=dict(os.environ))
        assert foreign.read(reader("known"), b"x").facts["django"] == []  # another kind has turns of its own

    assert elsewhere.stdout.strip() == "busy"
    assert foreign.read(reader("echo"), b"ab").body == b"ba"


ELSEWHERE = """
import django

django.setup()
from pegasus.typeset import queue
from pegasus.typeset.refusal import FileRefused

try:
    with queue.turn("test-echo", at_once=1, patience=0.1):
        print("free")
except FileRefused as refused:
    print(refused.reason)
"""


def test_only_so_many_of_one_kind_wait_in_a_process_and_the_next_is_told_at_once() -> None:
    slow = reader("sleep", seconds=0.5, patience=30.0)
    words: list[str] = []

    def ask() -> None:
        with pytest.raises(FileRefused) as refused:
            foreign.read(slow, b"x")
        words.append(refused.value.reason)

    # The turn is held elsewhere until all have asked: nothing here depends on how fast anybody is.
    with queue.turn("test-sleep", at_once=1, patience=0):
        threads = [threading.Thread(target=ask) for _ in range(queue.MOST_WAITING + 5)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 30
        while len(words) < 5 and time.monotonic() < until:
            time.sleep(0.01)
        refused_at_once = list(words)
        waiting = [thread for thread in threads if thread.is_alive()]
        other_kind = foreign.read(reader("echo"), b"ab").body
    for thread in threads:
        thread.join()

    assert refused_at_once == ["busy"] * 5
    assert len(waiting) == queue.MOST_WAITING
    assert other_kind == b"ba"
    assert set(words) <= {"busy", "slow"}


@pytest.mark.slow
def test_a_child_whose_parent_was_killed_ends_by_itself_and_holds_its_turn_until_then(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, str(program)], env=dict(os.environ))
    until = time.monotonic() + 60
    while not (mine := running(parent.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    child = mine[0]
    parent.send_signal(signal.SIGKILL)
    parent.wait()

    with pytest.raises(FileRefused, match="busy"), queue.turn("test-sleep", at_once=1, patience=0):
        pass
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    with queue.turn("test-sleep", at_once=1, patience=1) as held:
        assert not held.closed
    assert not Path(f"/proc/{child}").exists()
    for folder in Path(tempfile.gettempdir()).glob("pegasus-foreign-*"):
        folder.rmdir()  # the one who would have done it was killed


def running(parent: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "--ppid", str(parent), "-o", "pid=,args="], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "foreign_child" in line]


PARENT = """
import django

django.setup()
from pegasus.typeset import foreign
from pegasus.typeset.tests.test_foreign import reader

foreign.read(reader("sleep", seconds=3.0), b"x")
"""
