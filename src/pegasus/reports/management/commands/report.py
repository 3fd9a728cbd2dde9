from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.reports import actions, document, queries
from pegasus.reports.models import Report
from pegasus.sop.models import Programme

WRITERS = {".pdf": document.pdf, ".docx": document.docx}


class Command(BaseCommand):
    """Write a report of a period as PDF or DOCX; an open period makes a draft that says so."""

    help = "Menulis laporan triwulan atau semester. Periode yang masih berjalan menjadi konsep yang menyebutkannya."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the kind, the period, the office and the file."""
        parser.add_argument("kind", choices=["quarter", "semester"])
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument("number", type=int, metavar="N", help="triwulan 1-4 atau semester 1-2")
        parser.add_argument("--office", required=True, metavar="CODE")
        parser.add_argument("--programme", default="pegasus", metavar="CODE", help="pegasus (bawaan), bgc, ...")
        parser.add_argument("--out", required=True, type=Path, metavar="F.pdf|F.docx")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write the file."""
        target: Path = options["out"]
        write = WRITERS.get(target.suffix.lower())
        if write is None:
            raise CommandError(f"{target.name}: nama berkas harus berakhir .pdf atau .docx")
        at = clock.now()
        report = self._report(options, at)
        data = write(report, at)
        try:
            target.write_bytes(data)
        except OSError as error:
            raise CommandError(f"{target} tidak dapat ditulis: {error.strerror}") from error
        is_open = queries.period_is_open(report.office, Period.parse(report.period), at)
        said = "konsep, periode masih berjalan" if is_open else report.get_state_display()
        self.stdout.write(f"{target} ({len(data)} byte, {said})")

    def _report(self, options: dict[str, Any], at: datetime) -> Report:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(f"tidak ada satker dengan kode {options['office']!r}")
        try:
            period = Period(options["year"], options["kind"], options["number"])
        except ValueError:
            count = {"quarter": "triwulan 1 sampai 4", "semester": "semester 1 dan 2"}[options["kind"]]
            raise CommandError(f"setahun terdiri atas {count}; {options['number']} tidak ada") from None
        if not 2000 <= period.year <= 2999:  # noqa: PLR2004 - years that offices write
            raise CommandError(f"tahun {period.year} tidak masuk akal")
        programme = Programme.objects.filter(office=office, code=options["programme"]).first()
        if programme is None and options["kind"] == "quarter":
            raise CommandError(f"satker ini tidak memiliki kegiatan {options['programme']!r}")
        return actions.draft(office=office, kind=options["kind"], period=period, programme=programme, at=at)
