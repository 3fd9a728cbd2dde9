from django.core.management.base import BaseCommand, CommandError

from pegasus.home import demo
from pegasus.home.demo.office import PASSWORD
from pegasus.kernel import clock


class Command(BaseCommand):
    """Make the demonstration office."""

    help = "Make the demonstration office (code 9900), in the middle of a quarter, with invented people."

    def handle(self, **_options: object) -> None:
        """Play the office's past and say how to sign in."""
        try:
            demo.build(at=clock.now(), progress=self._tell)
        except demo.DemoExists:
            raise CommandError("Kantor contoh (9900) sudah ada. Tidak ada yang diubah.") from None
        self.stdout.write("\nKantor contoh 9900 siap. Masuk sebagai ca, humas, cc, kepala, atau penilai;")
        self.stdout.write(f"kata sandinya {PASSWORD}")

    def _tell(self, done: int, of: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} dari {of} kejadian", ending="")
            self.stdout.flush()
