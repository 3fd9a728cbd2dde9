import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from pegasus.kernel import clock
from pegasus.signing import queries, words

GOOD, NOT_GOOD, UNREADABLE = 0, 1, 2
# Pictures are no PDFs, but they are not unreadable either: a card is checked by its hash alone.
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


class Command(BaseCommand):
    """Say whether exactly this file was issued by this installation, and what its signatures say."""

    help = "Check a file: 0 it was issued here or all its signatures hold, 1 neither, 2 it cannot be read."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: object, **options: object) -> None:
        """Print the finding in plain words and leave with its code."""
        path = Path(str(options["file"]))
        try:
            if path.stat().st_size > queries.LARGEST_UPLOAD:
                self._leave(path, words.unreadable("too_large"))
            data = path.read_bytes()
        except OSError as error:
            self._leave(path, f"Berkas tidak dapat dibuka: {error.strerror}.")
        verdict = queries.verify(data, at=clock.now())
        told = words.tell(verdict)
        self.stdout.write(told.headline)
        for line in told.lines:
            self.stdout.write(f"- {line}")
        self.stdout.write(f"SHA-256 {verdict.sha256}")
        sys.exit(self._code(verdict, data))

    def _code(self, verdict: queries.Verdict, data: bytes) -> int:
        if verdict.is_good:
            return GOOD
        readable = verdict.reading.readable or data.startswith(PICTURES)
        return NOT_GOOD if readable else UNREADABLE

    def _leave(self, path: Path, why: str) -> None:
        self.stderr.write(f"{path.name}: {why}")
        sys.exit(UNREADABLE)
