"""F5: pictures that ask for gigabytes cost the web process nothing that grows with them."""

import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pegasus.typeset import foreign, pages, pictures, queue
from pegasus.typeset.pictures import PictureRefused
from tests.attacks import pictures as hostile

ROOT = str(Path(__file__).resolve().parents[2])
MEGABYTE = 1024 * 1024
# What a process that only hands files on may grow by, beyond the files themselves.
MOST_GROWN = 64 * MEGABYTE


def outcome(data: bytes) -> str:
    try:
        picture = pages.accept(data)
    except PictureRefused as refused:
        return str(refused)
    return f"{picture.width}×{picture.height}"


def test_a_column_of_forty_million_rows_is_refused_by_its_header() -> None:
    column = hostile.png(*hostile.COLUMN)
    children = os.times().children_user

    assert len(column) < MEGABYTE
    assert "16.000 piksel" in outcome(column)
    assert os.times().children_user - children < pictures.PICTURE.limits.cpu / 3


@pytest.mark.parametrize("sides", [(16_001, 1), (1, 16_001), (16_001, 2_000), (6_400, 6_400)])
def test_longer_sides_and_more_pixels_are_refused_before_a_row_is_read(sides: tuple[int, int]) -> None:
    assert "16.000 piksel" in outcome(hostile.png(*sides, filled=False))


def test_the_largest_that_are_taken_fit_into_their_child() -> None:
    assert outcome(hostile.largest()) == "2400×1500"
    assert outcome(hostile.turned()) == "1500×2400"
    assert outcome(hostile.png(16_000, 2_500, filled=True)) == "2400×375"


def test_the_web_process_does_not_grow_with_the_picture(tmp_path: Path) -> None:
    """Six at once, in a process that could not even hold one of them: its address space ends a little above it."""
    program = tmp_path / "web.py"
    program.write_text(PROGRAM)

    environment = os.environ | {"PYTHONPATH": ROOT}
    told = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False, env=environment)

    assert told.returncode == 0, told.stderr
    grown, *outcomes = told.stdout.split()
    assert int(grown) < MOST_GROWN
    assert set(outcomes) <= {"read", "busy"}
    assert outcomes.count("read") >= pictures.PICTURE.limits.at_once


PROGRAM = """
import resource, threading

import django

django.setup()
from tests.attacks import pictures as hostile
from pegasus.typeset import foreign, pictures
from pegasus.typeset.pictures import PictureRefused

data, outcomes = hostile.largest(), []
pictures.accept(data)  # what is loaded once is not the picture's


def post():
    try:
        pictures.accept(data)
        outcomes.append("read")
    except PictureRefused as refused:
        outcomes.append("busy" if str(refused) == foreign.too_busy() else str(refused))


before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
posts = [threading.Thread(target=post) for _ in range(6)]
for one in posts:
    one.start()
for one in posts:
    one.join()
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024, *outcomes)
"""


def test_no_child_holds_more_than_its_limit() -> None:
    outcome(hostile.largest())

    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < pages.LIMITS.memory


def test_a_flood_is_told_to_come_again_and_the_process_keeps_its_threads() -> None:
    turns = pictures.PICTURE.limits.at_once
    held = [queue.turn("picture", at_once=turns, patience=0) for _ in range(turns)]
    for one in held:
        one.__enter__()
    small, told = hostile.png(8, 8), list[str]()
    flood = [threading.Thread(target=lambda: told.append(outcome(small))) for _ in range(30)]
    for thread in flood:
        thread.start()
    while len(told) < len(flood) - queue.MOST_WAITING:
        pass

    waiting = sum(thread.is_alive() for thread in flood)
    for one in held:
        one.__exit__(None, None, None)
    for thread in flood:
        thread.join()

    assert waiting <= queue.MOST_WAITING
    assert told.count(foreign.too_busy()) >= len(flood) - queue.MOST_WAITING
    assert told.count("8×8") <= queue.MOST_WAITING
