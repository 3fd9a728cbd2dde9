from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop import document, queries, shipped
from pegasus.sop.models import ProcedureVersion


class Command(BaseCommand):
    """Typeset the official document of an SOP."""

    help = "Menulis dokumen resmi SOP (halaman identitas dan bagan alir) sebagai PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the office and the programme."""
        parser.add_argument("--out", required=True, type=Path, metavar="F.pdf")
        parser.add_argument("--office", metavar="CODE", help="kode satker; tanpa ini: naskah bawaan")
        parser.add_argument("--programme", default="pegasus", metavar="CODE", help="pegasus (bawaan), bgc, ...")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write the file."""
        target: Path = options["out"]
        pdf = self._pdf(options["office"], options["programme"])
        try:
            target.write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"{target} tidak dapat ditulis: {error.strerror}") from error
        self.stdout.write(f"{target} ({len(pdf)} bita)")

    def _pdf(self, code: str | None, programme: str) -> bytes:
        office = self._office(code)
        try:
            if office is None:
                return document.pdf_of(shipped.procedure(programme), at=clock.now())
            return document.official_pdf(queries.version_in_force(office, programme), at=clock.now())
        except ProcedureVersion.DoesNotExist:
            raise CommandError(f"satker ini tidak memiliki SOP {programme!r}") from None
        except shipped.UnknownProcedure:
            raise CommandError(f"tidak ada SOP bawaan {programme!r}; ada: {', '.join(shipped.codes())}") from None

    def _office(self, code: str | None) -> Office | None:
        if code is None:
            return None
        office = Office.objects.filter(code=code).first()
        if office is None:
            raise CommandError(f"tidak ada satker dengan kode {code!r}")
        return office
