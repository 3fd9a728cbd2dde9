from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pegasus.home import health
from pegasus.kernel import clock


class Command(BaseCommand):
    """Say whether this installation is well."""

    help = "Say whether this installation is well: database, migrations, worker, jobs, channels, disk."

    def handle(self, **_options: object) -> None:
        """Print each finding; end with 1 when one is unwell."""
        findings = health.checks(at=clock.now())
        width = max(len(str(words)) for words in health.VERDICTS.values())
        for check in findings:
            self.stdout.write(f"{check.words:<{width}}  {check.label}: {check.fact}")
        if not all(check.well for check in findings):
            raise CommandError(_("Ada yang perlu dilihat: baris “Perlu dilihat” di atas."))
        if any(check.verdict == health.Verdict.TO_SETTLE for check in findings):
            self.stdout.write(_("Pegasus berjalan baik. Yang perlu diatur tertulis di atas."))
