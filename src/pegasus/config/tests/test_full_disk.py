"""A start on a full disk ends in a sentence, whatever cannot be written first."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installation import installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KIBIBYTE = 1024


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system that can be filled; making one needs the rights that CI has."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)], check=False)
    if made.returncode:
        pytest.skip("no right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize(("command", "free"), [("serve", 0), ("serve", 64), ("doctor", 300)])
def test_a_full_disk_is_a_sentence(mounted: Path, command: str, free: int) -> None:
    with installation(mounted / "data") as place:
        place.environment["PEGASUS_DATABASE_URL"] = ""  # the file, also when the tests run on PostgreSQL
        for path in place.data.iterdir():
            path.unlink()  # the tables: they are to be made where there is no room
        _fill(mounted, free * KIBIBYTE)
        output = Path(mounted.parent, "output.txt")

        ended = place.start(command, output=output).wait(timeout=240)

        assert ended == 1
        assert "penyimpanan penuh" in output.read_text() or "No space left on device" in output.read_text()
        assert "Traceback" not in output.read_text()


def _fill(folder: Path, free: int) -> None:
    room = os.statvfs(folder)
    left = room.f_bavail * room.f_frsize - free
    if left > 0:
        (folder / "ballast").write_bytes(bytes(left))


def test_the_fixture_really_fills(mounted: Path) -> None:
    _fill(mounted, 0)

    with pytest.raises(OSError, match="No space left"):
        (mounted / "more").write_bytes(b"x" * 8192)
