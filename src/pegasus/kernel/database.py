"""Bring the database up to date; commands and the server do it before anything else."""

import fcntl

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def bring_up_to_date() -> None:
    """Apply missing migrations and make the cache table; two processes at once wait for each other."""
    with (settings.PEGASUS_DATA / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
