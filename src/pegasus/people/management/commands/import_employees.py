import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pegasus.kernel import clock
from pegasus.people import queries, sheets
from pegasus.people.actions import ImportResult, NoNameColumn, import_employees

COMMAND = "import-employees"
UNREADABLE = 2


class Command(BaseCommand):
    """Take a staff list into an office."""

    help = "Take a staff list (XLSX or CSV) into an office; each refused row is listed with its reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the office's code."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, metavar="CODE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, **given: object) -> None:
        """Read, import, tell."""
        office = queries.office_by_code(str(given["office"]))
        if office is None:
            raise CommandError(
                _("Tidak ada kantor dengan kode %(code)s.") % {"code": given["office"]}, returncode=UNREADABLE
            )
        dry_run = bool(given["dry_run"])
        try:
            sheet = self.read(Path(str(given["file"])))
            result = import_employees(office=office, sheet=sheet, dry_run=dry_run, by=COMMAND, at=clock.now())
        except sheets.SheetRefused as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from None
        except NoNameColumn:
            raise CommandError(_("Tidak ada kolom nama dalam daftar ini."), returncode=UNREADABLE) from None
        if given["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
        else:
            self.tell(result, dry_run=dry_run)

    @staticmethod
    def read(path: Path) -> sheets.Sheet:
        """Read the file, or raise SheetRefused."""
        try:
            if path.stat().st_size > sheets.MOST_BYTES:
                raise sheets.SheetRefused(sheets.too_big())
            data = path.read_bytes()
        except OSError:
            raise sheets.SheetRefused(
                _("Berkas %(path)s tidak ada atau tidak dapat dibaca.") % {"path": path}
            ) from None
        return sheets.read(data, path.name)

    def tell(self, result: ImportResult, *, dry_run: bool) -> None:
        """Print the result for a person at a terminal."""
        if dry_run:
            self.stdout.write(_("Hanya percobaan; tidak ada yang disimpan."))
        self.stdout.write(
            _("Baru %(created)s, diperbarui %(updated)s, tetap %(unchanged)s, ditolak %(rejected)s.")
            % {
                "created": result.created,
                "updated": result.updated,
                "unchanged": result.unchanged,
                "rejected": len(result.rejected),
            }
        )
        for told in result.rejected:
            self.stdout.write(_("Baris %(row)s ditolak. %(reason)s") % {"row": told.row, "reason": told.reason})
        for told in result.warnings:
            self.stdout.write(_("Baris %(row)s perlu dilihat. %(reason)s") % {"row": told.row, "reason": told.reason})
        for told in result.left_out:
            self.stdout.write(_("Baris %(row)s. %(reason)s") % {"row": told.row, "reason": told.reason})
        if result.missing:
            self.stdout.write(
                _("Tercatat aktif tetapi tidak ada dalam daftar: %(names)s.") % {"names": ", ".join(result.missing)}
            )
