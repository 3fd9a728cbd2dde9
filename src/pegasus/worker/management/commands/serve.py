from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from pegasus.kernel import database
from pegasus.worker import statics, supervisor
from pegasus.worker.children import Watchdog

HIGHEST_PORT = 65535


def port(raw: str) -> int:
    """Read a port number."""
    number = int(raw)
    if not 1 <= number <= HIGHEST_PORT:
        raise ValueError
    return number


class Command(BaseCommand):
    """`pegasus serve`: the web server and the worker under one process."""

    help = "Serve the app and run its jobs until stopped."
    requires_system_checks = ()  # they load every page: the web server does that anyway, and people wait for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--port", type=port, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")

    def handle(self, *_: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Prepare database and static files, then supervise."""
        host, number = options["host"], options["port"]
        try:
            with supervisor.sole_server(settings.PEGASUS_DATA):
                supervisor.check_free(host, number)
                database.bring_up_to_date()
                statics.collect()
                connections.close_all()
                shown = f"[{host}]" if ":" in host else host
                watchdog = Watchdog(grace=supervisor.GRACE)
                family = supervisor.children(host, number, watchdog)
                supervisor.Supervisor(family, watchdog, address=f"http://{shown}:{number}", say=self._say).run()
        except supervisor.CannotServe as reason:
            raise CommandError(str(reason)) from None

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
