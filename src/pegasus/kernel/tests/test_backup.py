"""Backups are made and taken back by the real command, on a data folder and a database of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from tests.installation import Installation, installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SAMPLE = "media/records/1700/a.pdf"


def pegasus(place: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pegasus.config.cli", *arguments],
        env=place.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def ask(place: Installation, statement: str, *values: str) -> list[str]:
    """Run one statement in the place's database: starting Django for it takes longer than all the rest."""
    address = place.environment["PEGASUS_DATABASE_URL"]
    if address:
        with psycopg.connect(address, autocommit=True) as postgresql:
            done = postgresql.execute(statement, values)
            return [row[0] for row in done] if done.description else []
    with closing(sqlite3.connect(place.data / "pegasus.sqlite3", isolation_level=None)) as sqlite:
        return [row[0] for row in sqlite.execute(statement.replace("%s", "?"), values)]


def note(place: Installation, text: str) -> None:
    ask(place, "INSERT INTO django_session VALUES (%s, '', '2036-11-23 02:00:00')", text)


def notes(place: Installation) -> str:
    return ",".join(ask(place, "SELECT session_key FROM django_session ORDER BY session_key"))


@pytest.fixture(scope="module")
def original(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Path]]:
    """An installation as it was, and a backup of it: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("original")
    with installation(folder / "data") as made:
        (made.data / SAMPLE).parent.mkdir(parents=True)
        (made.data / SAMPLE).write_bytes(b"%PDF-1.7 as it was")
        first = pegasus(made, "backup", "--to", str(folder / "empty"))
        assert first.returncode == 0, first.stderr
        note(made, "as it was")
        yield made, Path(pegasus(made, "backup", "--to", str(folder / "safe")).stdout.strip())


@pytest.fixture
def place(original: tuple[Installation, Path], tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data", like=original[0]) as made:
        yield made


@pytest.fixture
def backup(original: tuple[Installation, Path], place: Installation, tmp_path: Path) -> Path:
    """A backup of the place as it was; afterwards something more is written."""
    note(place, "later")
    (place.data / SAMPLE).write_bytes(b"changed")
    return Path(shutil.copy(original[1], tmp_path))


def state(place: Installation) -> tuple[str, bytes, str]:
    return notes(place), (place.data / SAMPLE).read_bytes(), (place.data / "keys" / "secret").read_text()


def left_over(place: Installation) -> list[str]:
    names = ("before-restore-*", ".restoring-*", "restoring.json", ".making-*")
    return [path.name for name in names for path in place.data.glob(name)]


def test_a_backup_brings_back_database_files_and_keys_and_moves_the_present_aside(
    place: Installation, backup: Path
) -> None:
    secret = (place.data / "keys" / "secret").read_text()
    (place.data / "keys" / "secret").write_text("x" * 50)

    done = pegasus(place, "restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert state(place) == ("as it was", b"%PDF-1.7 as it was", secret)
    (aside,) = place.data.glob("before-restore-*")
    assert (aside / SAMPLE).read_bytes() == b"changed"
    assert left_over(place) == [aside.name]


def test_the_sign_of_life_of_a_worker_does_not_come_back_with_a_backup(place: Installation, tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    ask(place, "INSERT INTO kernel_heartbeat (worker, at) VALUES ('a worker of then', %s)", f"{now:%Y-%m-%d %H:%M:%S}")
    made = Path(pegasus(place, "backup", "--to", str(tmp_path / "safe")).stdout.strip())

    restored = pegasus(place, "restore", str(made))
    doctor = pegasus(place, "doctor")

    assert restored.returncode == 0, restored.stderr
    assert doctor.returncode == 1
    assert "Pekerja latar: belum pernah berjalan" in doctor.stdout


@pytest.mark.parametrize("broken", ["torn", "foreign", "lost keys", "short secret", "nothing there"])
def test_it_works_on_an_installation_that_cannot_start(place: Installation, backup: Path, broken: str) -> None:
    database = place.data / "pegasus.sqlite3"
    if broken in {"torn", "foreign"} and not database.exists():
        pytest.skip("PostgreSQL keeps its own files")
    if broken == "torn":
        database.write_bytes(database.read_bytes()[:20_000])
    elif broken == "foreign":
        database.write_bytes(b"bukan basis data" * 4096)
    elif broken == "lost keys":
        for key in (place.data / "keys").iterdir():
            key.unlink()
    elif broken == "short secret":
        (place.data / "keys" / "secret").write_text("x")
    else:
        for path in place.data.glob("pegasus.sqlite3*"):
            path.unlink()

    done = pegasus(place, "restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert state(place)[:2] == ("as it was", b"%PDF-1.7 as it was")


def repacked(backup: Path, folder: Path, name: str, content: bytes | None) -> None:
    """Pack the backup again with one file changed, or left out."""
    with tarfile.open(backup) as archive:
        for member in archive:
            file = archive.extractfile(member)
            assert file is not None
            (folder / member.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / member.name).write_bytes(file.read())
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with tarfile.open(backup, "w:gz") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.add(path, path.relative_to(folder))


@pytest.mark.parametrize(("name", "content"), [(SAMPLE, b"forged"), ("keys/secret", None)])
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    place: Installation, backup: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    before = state(place)
    repacked(backup, tmp_path / "unpacked", name, content)

    done = pegasus(place, "restore", str(backup))

    assert done.returncode == 1
    assert f"rusak: isi {name} berbeda" in done.stderr
    assert state(place) == before
    assert left_over(place) == []


def test_a_file_that_is_no_backup_is_refused_in_words(place: Installation, tmp_path: Path) -> None:
    stranger = tmp_path / "photo.jpg"
    stranger.write_bytes(b"\xff\xd8\xff\xe0 not a backup")

    done = pegasus(place, "restore", str(stranger))

    assert done.returncode == 1
    assert "Tidak ada yang dipulihkan: photo.jpg bukan cadangan yang utuh" in done.stderr


# Runs the real command, but the third thing that is moved meets a fault; `kill` dies there instead.
FAULTY = """
import os, shutil, signal, sys
real, moved = shutil.move, []
def move(source, target):
    moved.append(source)
    if len(moved) == 3:
        if {kill}:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(28, "No space left on device")
    return real(source, target)
shutil.move = move
sys.argv = ["pegasus", "restore", {backup!r}]
from pegasus.config.cli import main
main()
"""


def faulty(place: Installation, backup: Path, *, kill: bool) -> subprocess.CompletedProcess[str]:
    program = FAULTY.format(kill=kill, backup=str(backup))
    environment = {name: value for name, value in place.environment.items() if name != "DJANGO_SETTINGS_MODULE"}
    (place.data / "trust").mkdir()
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )


def test_a_fault_half_way_undoes_the_whole(place: Installation, backup: Path) -> None:
    before = state(place)

    done = faulty(place, backup, kill=False)

    assert done.returncode == 1
    assert "Tidak ada yang dipulihkan" in done.stderr
    assert state(place) == before
    assert left_over(place) == []


def test_a_restore_that_is_killed_half_way_is_undone_by_the_next(place: Installation, backup: Path) -> None:
    killed = faulty(place, backup, kill=True)
    assert killed.returncode == -9
    refused = pegasus(place, "doctor")
    assert refused.returncode == 1
    assert "pemulihan cadangan terputus di tengah jalan" in refused.stderr

    done = pegasus(place, "restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert state(place)[:2] == ("as it was", b"%PDF-1.7 as it was")
    asides = sorted(place.data.glob("before-restore-*"))
    assert [(aside / SAMPLE).read_bytes() for aside in asides] == [b"changed"]


def test_a_backup_of_a_newer_pegasus_changes_nothing(place: Installation, tmp_path: Path) -> None:
    ask(
        place,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_of_the_future', '2030-01-01')",
    )
    newer = Path(pegasus(place, "backup", "--to", str(tmp_path / "newer")).stdout.strip())
    before = state(place)

    done = pegasus(place, "restore", str(newer))

    assert done.returncode == 1
    assert "sudah dipakai Pegasus yang lebih baru (kernel.9999_of_the_future)" in done.stderr
    assert state(place) == before
    assert left_over(place) == []


def test_only_the_newest_backups_stay(place: Installation, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    safe.mkdir()
    for day in (1, 2, 3):
        (safe / f"pegasus-2020010{day}-000000.tar.gz").write_bytes(b"old")

    made = Path(pegasus(place, "backup", "--to", str(safe), "--keep", "2").stdout.strip())

    assert sorted(path.name for path in safe.glob("*.tar.gz")) == ["pegasus-20200103-000000.tar.gz", made.name]


def test_an_encrypted_backup_opens_with_its_key_alone(place: Installation, tmp_path: Path) -> None:
    key, other = tmp_path / "kunci.txt", tmp_path / "lain.txt"
    public = pegasus(place, "backup", "--make-key", str(key)).stdout.strip()
    pegasus(place, "backup", "--make-key", str(other))
    place.environment["PEGASUS_BACKUP_RECIPIENT"] = public
    made = Path(pegasus(place, "backup", "--to", str(tmp_path / "safe")).stdout.strip())
    note(place, "later")

    without = pegasus(place, "restore", str(made))
    wrong = pegasus(place, "restore", str(made), "--identity", str(other))
    done = pegasus(place, "restore", str(made), "--identity", str(key))

    assert (made.suffix, made.read_bytes()[:15], oct(key.stat().st_mode)[-3:]) == (".age", b"age-encryption.", "600")
    assert "terenkripsi; sebutkan berkas kunci pribadinya" in without.stderr
    assert "tidak dapat dibuka dengan kunci lain.txt" in wrong.stderr
    assert done.returncode == 0, done.stderr
    assert notes(place) == "as it was"


def test_a_key_is_never_overwritten(place: Installation, tmp_path: Path) -> None:
    key = tmp_path / "kunci.txt"
    key.write_text("mine")

    refused = pegasus(place, "backup", "--make-key", str(key))

    assert (refused.returncode, key.read_text()) == (1, "mine")
    assert "sudah ada; kunci tidak pernah ditimpa" in refused.stderr


def test_the_password_of_the_database_is_in_no_list_of_processes(
    place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stand-ins for PostgreSQL's programs write down what anybody may read of them."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("pg_dump", "pg_restore", "psql"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $@ / $PGPASSWORD" >> {tmp_path}/calls\n')
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(settings, "PEGASUS_DATABASE_URL", "postgresql://ca:r4h%40sia@127.0.0.1:5432/kantor")
    from pegasus.kernel import postgresql  # noqa: PLC0415 - with the settings above

    postgresql.dump(tmp_path / "a.pgdump")
    postgresql.load(tmp_path / "a.pgdump")

    calls = [line.split(" / ") for line in (tmp_path / "calls").read_text().splitlines()]
    assert [line[0].split()[0] for line in calls] == ["pg_dump", "pg_restore", "psql"]
    assert not any("sia" in arguments for arguments, _password in calls)
    assert [password for _arguments, password in calls] == ["r4h@sia", "", "r4h@sia"]
