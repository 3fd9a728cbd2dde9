from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from pegasus.home import actions
from pegasus.kernel import clock
from pegasus.people.actions import CodeRefused, CodeTaken
from pegasus.people.models import Office


class Command(BaseCommand):
    """Make an office with its calendar and its procedures."""

    help = "Make an office with its calendar and its procedures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code, the name and the time zone."""
        parser.add_argument("code", help="the office's code of four digits, such as 1700")
        parser.add_argument("--name", required=True)
        parser.add_argument("--timezone", default=Office.Zone.WIB, choices=Office.Zone.values)

    def handle(self, *, code: str, name: str, timezone: str, **_options: object) -> None:
        """Make the office and print what was made."""
        try:
            office = actions.add_office_with_procedures(
                code=code, name=name, timezone=timezone, by="pegasus create-office", at=clock.now()
            )
        except CodeRefused:
            raise CommandError(f"Kode kantor harus empat angka, misalnya 1700; yang ditulis: {code!r}.") from None
        except CodeTaken:
            raise CommandError(f"Kantor dengan kode {code} sudah ada.") from None
        self.stdout.write(f"Kantor {office.code} {office.name} dibuat.")
