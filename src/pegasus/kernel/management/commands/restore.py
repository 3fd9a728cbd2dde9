from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pegasus.kernel import backup, clock, database, lock


class Command(BaseCommand):
    """Put a backup in place; what was there before is moved aside, never deleted."""

    help = "Put a backup in place. What was there before is moved aside into the data folder, never deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup's file."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: object) -> None:
        """Restore while nothing else runs."""
        try:
            with lock.alone():
                aside = backup.restore(file, at=clock.now())
                database.bring_up_to_date()
        except lock.AlreadyRunning:
            raise CommandError("Pegasus is running on this data folder; stop it first. Nothing was changed.") from None
        except (backup.BackupFailed, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from None
        self.stdout.write(f"Restored {file.name}." + (f" The former data is in {aside}." if aside else ""))
