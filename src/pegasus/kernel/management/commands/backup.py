from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pegasus.kernel import backup, clock


class Command(BaseCommand):
    """Write database, media and keys into one file."""

    help = "Write database, media and keys into one file that `restore` takes back. It works while Pegasus runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and how many backups to keep."""
        parser.add_argument(
            "--to", type=Path, default=settings.PEGASUS_DATA / "backups", help="the folder to write to"
        )
        parser.add_argument("--keep", type=int, default=14, help="how many backups stay there (14)")

    def handle(self, *, to: Path, keep: int, **_options: object) -> None:
        """Make the backup and print its path."""
        if keep < 1:
            raise CommandError("--keep must be 1 or more: at least the new backup stays")
        try:
            self.stdout.write(str(backup.make(to, at=clock.now(), keep=keep)))
        except (backup.BackupFailed, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from None
