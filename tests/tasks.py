"""Tasks for the tests: each leaves a line in the file that PEGASUS_TEST_DIARY names."""

import os
import time
from pathlib import Path

from django_tasks import task


class Stumbled(Exception):
    pass


def write(line: str) -> None:
    with Path(os.environ["PEGASUS_TEST_DIARY"]).open("a", encoding="utf-8") as diary:
        diary.write(f"{line}\n")


def lines() -> list[str]:
    path = Path(os.environ["PEGASUS_TEST_DIARY"])
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@task()
def note(line: str) -> None:
    write(line)


@task()
def stumble() -> None:
    write("stumbled")
    raise Stumbled("over sari" + "@contoh.id")  # in the words of the error, not in the line


@task()
def slow(line: str, seconds: float) -> None:
    write(f"{line} begins")
    time.sleep(seconds)
    write(f"{line} ends")


@task()
def tick() -> None:
    write("tick")
