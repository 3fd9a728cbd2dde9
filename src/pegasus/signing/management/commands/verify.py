import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from pegasus.kernel import clock
from pegasus.signing import queries, words
from pegasus.signing.actions import address_of
from pegasus.signing.domain.verdicts import VerifyAnswer

# Pictures are no PDFs, but they are not unreadable either: a card is checked by its hash alone.
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


class Command(BaseCommand):
    """Say whether exactly this file was issued by this installation, and what its signatures say."""

    help = "Check a file: 0 it was issued here and is intact, 1 not, 2 it cannot be read, 3 it cannot be judged here."

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
        self._print(verdict)
        sys.exit(self._code(verdict, data))

    def _print(self, verdict: queries.Verdict) -> None:
        told = words.tell(verdict)
        lines = [told.headline, *(f"- {line}" for line in told.lines)]
        if told.successor is not None:
            lines.append(f"- Yang berlaku sekarang: {told.successor.title}, {address_of(told.successor.code)}")
        lines.append(f"SHA-256 {verdict.sha256}")
        try:
            self.stdout.write("\n".join(lines))
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever reads (`| head`) has heard enough; Python must not try to write the rest at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _code(self, verdict: queries.Verdict, data: bytes) -> int:
        answer = verdict.answer
        if answer is VerifyAnswer.UNREADABLE and data.startswith(PICTURES):
            answer = VerifyAnswer.NOT_ISSUED
        return int(answer)

    def _leave(self, path: Path, why: str) -> None:
        self.stderr.write(f"{path.name}: {why}")
        sys.exit(int(VerifyAnswer.UNREADABLE))
