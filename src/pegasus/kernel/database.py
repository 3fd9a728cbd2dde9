"""Bring the database up to date; commands and the server do it before anything else."""

import fcntl

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from pegasus.kernel.models import Heartbeat


def bring_up_to_date() -> None:
    """Apply missing migrations and make the cache table; two processes at once wait for each other."""
    with (settings.PEGASUS_DATA / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _open()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)


def refuse_newer() -> None:
    """Raise ImproperlyConfigured where a newer Pegasus has changed the tables already."""
    loader = MigrationExecutor(connection).loader
    ours = {label for label, _name in loader.disk_migrations or ()}
    unknown = {name for name in loader.applied_migrations or () if name[0] in ours} - set(loader.disk_migrations or ())
    if unknown:
        label, name = min(unknown)
        raise ImproperlyConfigured(f"basis datanya sudah dipakai Pegasus yang lebih baru ({label}.{name})")


def forget_workers() -> None:
    """Take out the workers' signs of life: those in a backup come from workers that ran when it was made."""
    Heartbeat.objects.all().delete()


def _open() -> None:
    """Raise what stops the start in a sentence: a server that is away, a file that is no database."""
    try:
        connection.ensure_connection()
    except DatabaseError as fault:
        name = connection.settings_dict["NAME"]
        raise ImproperlyConfigured(f"basis data {str(name)!r} tidak dapat dibuka ({str(fault).strip()})") from None
