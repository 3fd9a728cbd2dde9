"""Every kind of foreign file has one reader behind the gate, and the document says what it may cost."""

import importlib
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from pegasus.typeset import foreign
from pegasus.typeset.foreign import MEGABYTE, Reader

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "foreign-files.md"


def row(reader: Reader) -> list[str]:
    """Return what the document must say of a kind of file, but the last cell: that is for people."""
    most = reader.limits
    sizes = [f"{size / MEGABYTE:g} MB" for size in (most.most_bytes, most.memory)]
    times = [f"{most.cpu} s", f"{most.seconds:g} s", f"{most.answer / MEGABYTE:g} MB"]
    return [f"`{reader.name}`", *sizes, *times, str(most.at_once), f"{most.patience:g} s"]


def test_the_document_says_what_each_kind_may_cost() -> None:
    importlib.import_module(settings.ROOT_URLCONF)
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]

    # Tests of the gate register nothing: what is registered is what the product reads.
    assert sorted(cells[:-1] for cells in told) == sorted(row(reader) for reader in foreign.registered())
    assert all(cells[-1] for cells in told)


def test_no_reader_needs_django() -> None:
    importlib.import_module(settings.ROOT_URLCONF)
    programs = {one.program for one in foreign.registered()}
    modules = sorted({program.partition(":")[0] for program in programs})
    program = (
        "import importlib, sys\n"
        f"for program in {sorted(programs)!r}:\n"
        "    module, _colon, name = program.partition(':')\n"
        "    assert callable(getattr(importlib.import_module(module), name))\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert {"pegasus.typeset.readers.picture", "pegasus.signing.reading_child"} <= set(modules)
    assert told.stdout.strip() == "[]"
