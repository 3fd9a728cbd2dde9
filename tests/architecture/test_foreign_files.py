"""Every kind of foreign file has one reader behind the gate."""

import importlib
import subprocess
import sys

from django.conf import settings

from pegasus.typeset import foreign


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
