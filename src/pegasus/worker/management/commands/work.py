import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules

from pegasus.kernel.jobs import claims
from pegasus.worker.runner import Worker

MOST_THREADS = 16


def threads(raw: str) -> int:
    """Read a sensible number of threads."""
    number = int(raw)
    if not 1 <= number <= MOST_THREADS:
        raise ValueError
    return number


def lease(raw: str) -> timedelta:
    """Read a lease of at least a second."""
    seconds = float(raw)
    if seconds < 1:
        raise ValueError
    return timedelta(seconds=seconds)


class Command(BaseCommand):
    """`pegasus work`: run jobs until told to stop."""

    help = "Run jobs as they fall due."
    requires_system_checks = ()  # they load every page, and a worker shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of jobs run at once."""
        parser.add_argument("--threads", type=threads, default=2, help="jobs run at once (1 to 16)")
        parser.add_argument(
            "--lease", type=lease, default=claims.LEASE, help="seconds until a dead worker's job goes on"
        )

    def handle(self, *_: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Work until SIGTERM or Ctrl-C, then let the running jobs end."""
        autodiscover_modules("jobs")
        worker = Worker(threads=options["threads"], lease=options["lease"])
        for sent in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sent, lambda *_: worker.stop())
        worker.run()
