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
        parser.add_argument(
            "--make-key", type=Path, help="make no backup: write a private key there and print its public key"
        )

    def handle(self, *, to: Path, keep: int, make_key: Path | None, **_options: object) -> None:
        """Make the backup and print its path; or make a key."""
        if keep < 1:
            raise CommandError("--keep harus 1 atau lebih: setidaknya cadangan yang baru tetap ada")
        try:
            if make_key is not None:
                self.stdout.write(backup.make_key(make_key))
                return
            recipient = settings.PEGASUS_BACKUP_RECIPIENT
            self.stdout.write(str(backup.make(to, at=clock.now(), keep=keep, recipient=recipient)))
        except FileExistsError as fault:
            raise CommandError(f"{fault.filename} sudah ada; kunci tidak pernah ditimpa") from None
        except (backup.BackupFailed, OSError) as fault:
            raise CommandError(f"Cadangan tidak dibuat: {fault}") from None
