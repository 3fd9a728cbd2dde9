from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pegasus.kernel import backup, clock, lock, postgresql, restoring


class Command(BaseCommand):
    """Put a backup in place; what was there before is moved aside, never deleted."""

    help = "Put a backup in place. What was there before is moved aside into the data folder, never deleted."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup's file, and the private key of an encrypted one."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="the file with the private key (AGE-SECRET-KEY-...)")

    def handle(self, *, file: Path, identity: Path | None, **_options: object) -> None:
        """Restore while nothing else runs."""
        try:
            with lock.alone():
                aside = restoring.restore(file, identity=identity, at=clock.now())
        except lock.AlreadyRunning:
            raise CommandError(
                "Pegasus sedang berjalan dengan folder data ini; hentikan dulu. Tidak ada yang berubah."
            ) from None
        except (backup.BackupFailed, postgresql.ProgramFailed, OSError) as fault:
            raise CommandError(f"Tidak ada yang dipulihkan: {fault}") from None
        self.stdout.write(f"{file.name} dipulihkan." + (f" Data sebelumnya ada di {aside}." if aside else ""))
