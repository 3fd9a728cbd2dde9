from django.core.management.base import BaseCommand, CommandError

from pegasus.home import health
from pegasus.kernel import clock


class Command(BaseCommand):
    """Say whether this installation is well."""

    help = "Say whether this installation is well: database, migrations, worker, jobs, channels, disk."

    def handle(self, **_options: object) -> None:
        """Print each finding; end with 1 when one is unwell."""
        findings = health.checks(at=clock.now())
        for check in findings:
            self.stdout.write(f"{'baik ' if check.well else 'SAKIT'}  {check.name}: {check.fact}")
        if not all(check.well for check in findings):
            raise CommandError("Ada yang perlu diperbaiki; lihat baris SAKIT di atas.")
