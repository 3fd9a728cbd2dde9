"""Measure, each figure beside an alternative from the same run: `make bench`, or `make bench ARGS=cards`."""

import importlib
import os
import pkgutil
import sys
import tempfile

import benchmarks


def main(wanted: list[str]) -> None:
    """Run the benchmarks named, or all, and print one table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pegasus.config.settings")
    os.environ["PEGASUS_DATA"] = tempfile.mkdtemp(prefix="pegasus-bench-")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from pegasus.kernel.database import bring_up_to_date  # noqa: PLC0415 - as above

    bring_up_to_date()
    call_command("collectstatic", interactive=False, verbosity=0)
    names = [found.name for found in pkgutil.iter_modules(benchmarks.__path__) if not found.name.startswith("_")]
    print(f"{'what':<88} {'measured':>16}   {'asked for':<16}")
    for name in names:
        if wanted and name not in wanted:
            continue
        for what, measured, target in importlib.import_module(f"benchmarks.{name}").run():
            print(f"{name + ': ' + what:<88} {measured:>16}   {target:<16}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
