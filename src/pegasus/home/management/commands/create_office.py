from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pegasus.home import actions
from pegasus.kernel import clock
from pegasus.kernel.text import clean_line
from pegasus.people import passwords
from pegasus.people.actions import CodeRefused, CodeTaken, UsernameTaken
from pegasus.people.models import Office


class Command(BaseCommand):
    """Make an office with its calendar and its procedures."""

    help = "Make an office with its calendar and its procedures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code, the name and the time zone."""
        parser.add_argument("code", help="the office's code of four digits, such as 1700")
        parser.add_argument("--name", required=True)
        parser.add_argument("--timezone", default=Office.Zone.WIB, choices=Office.Zone.values)
        parser.add_argument("--head", default="", metavar="NAME", help="the head who signs the SOP, with titles")
        parser.add_argument(
            "--sop-name",
            default="shipped",
            choices=("shipped", "signed"),
            help="the SOP's name as it is shipped, or as the signed original reads",
        )
        parser.add_argument("--admin", metavar="NAME", help="the first person in charge, with --username")
        parser.add_argument("--username", metavar="U", help="whose password is printed once")

    def handle(self, *, code: str, name: str, timezone: str, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Make the office and its first person, and print what was made."""
        admin, username = options["admin"], options["username"]
        if bool(admin) != bool(username):
            raise CommandError("Tulis --admin dan --username bersama-sama, atau tidak keduanya.")
        password = passwords.one_time()
        try:
            with transaction.atomic():
                office = self._office(code, clean_line(name), timezone, options)
                if admin:
                    person = {"name": clean_line(admin), "username": username, "password": password}
                    actions.appoint_first(office=office, person=person, at=clock.now(), temporary=True)
        except UsernameTaken:
            raise CommandError(f"Nama pengguna {username} sudah dipakai. Tidak ada yang dibuat.") from None
        self.stdout.write(f"Kantor {office.code} {office.name} dibuat.")
        if admin:
            self.stdout.write(
                f"{admin} masuk sebagai {username} dengan kata sandi {password}, yang lalu harus diganti."
            )

    def _office(self, code: str, name: str, timezone: str, options: dict[str, Any]) -> Office:
        try:
            return actions.add_office_with_procedures(
                code=code,
                name=name,
                timezone=timezone,
                head=clean_line(options["head"]),
                sop_name=options["sop_name"],
                by="pegasus create-office",
                at=clock.now(),
            )
        except CodeRefused:
            raise CommandError(f"Kode kantor harus empat angka, misalnya 1700; yang ditulis: {code!r}.") from None
        except CodeTaken:
            raise CommandError(f"Kantor dengan kode {code} sudah ada.") from None
