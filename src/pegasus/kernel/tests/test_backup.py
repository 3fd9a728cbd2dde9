"""Backups are made and taken back by the real command, on a data folder of their own."""

import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SAMPLE = "media/records/1700/a.pdf"


def pegasus(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PEGASUS_DATA": str(data)}
    environment.pop("PEGASUS_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "pegasus.config.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def note(data: Path, text: str) -> None:
    with sqlite3.connect(data / "pegasus.sqlite3") as database:
        database.execute("INSERT INTO kernel_heartbeat (worker, at) VALUES (?, '2026-11-23 02:00:00')", [text])


def notes(data: Path) -> list[str]:
    with sqlite3.connect(data / "pegasus.sqlite3") as database:
        return [row[0] for row in database.execute("SELECT worker FROM kernel_heartbeat ORDER BY worker")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    made = pegasus(folder, "backup", "--to", str(tmp_path / "empty"))
    assert made.returncode == 0, made.stderr
    (folder / SAMPLE).parent.mkdir(parents=True)
    (folder / SAMPLE).write_bytes(b"%PDF-1.7 as it was")
    note(folder, "as it was")
    return folder


def test_a_backup_brings_back_database_files_and_keys_and_moves_the_present_aside(data: Path, tmp_path: Path) -> None:
    secret = (data / "keys" / "secret").read_text()
    backup = Path(pegasus(data, "backup", "--to", str(tmp_path / "safe")).stdout.strip())
    note(data, "written later")
    (data / SAMPLE).write_bytes(b"changed")
    (data / "keys" / "secret").write_text("x" * 50)

    done = pegasus(data, "restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert notes(data) == ["as it was"]
    assert (data / SAMPLE).read_bytes() == b"%PDF-1.7 as it was"
    assert (data / "keys" / "secret").read_text() == secret
    (aside,) = data.glob("before-restore-*")
    assert (aside / SAMPLE).read_bytes() == b"changed"


def test_a_damaged_backup_is_refused_before_anything_is_touched(data: Path, tmp_path: Path) -> None:
    backup = Path(pegasus(data, "backup", "--to", str(tmp_path / "safe")).stdout.strip())
    room = tmp_path / "room"
    with tarfile.open(backup) as archive:
        for member in archive:
            file = archive.extractfile(member)
            assert file is not None
            (room / member.name).parent.mkdir(parents=True, exist_ok=True)
            (room / member.name).write_bytes(file.read())
    (room / SAMPLE).write_bytes(b"forged")
    with tarfile.open(backup, "w:gz") as archive:
        for path in sorted(room.rglob("*")):
            if path.is_file():
                archive.add(path, path.relative_to(room))

    done = pegasus(data, "restore", str(backup))

    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert notes(data) == ["as it was"]
    assert (data / SAMPLE).read_bytes() == b"%PDF-1.7 as it was"
    assert not list(data.glob("before-restore-*"))


def test_a_file_that_is_no_backup_is_refused_in_words(data: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "photo.jpg"
    stranger.write_bytes(b"\xff\xd8\xff\xe0 not a backup")

    done = pegasus(data, "restore", str(stranger))

    assert done.returncode == 1
    assert "photo.jpg is not a whole backup" in done.stderr


def test_only_the_newest_backups_stay(data: Path, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    safe.mkdir()
    for day in (1, 2, 3):
        (safe / f"pegasus-2020010{day}-000000.tar.gz").write_bytes(b"old")

    made = Path(pegasus(data, "backup", "--to", str(safe), "--keep", "2").stdout.strip())

    assert sorted(path.name for path in safe.glob("*.tar.gz")) == ["pegasus-20200103-000000.tar.gz", made.name]
