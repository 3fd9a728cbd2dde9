import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pegasus.cards import actions, render
from pegasus.cards.domain import designs, lint
from pegasus.cards.domain.designs import SIZES, Content, Design, DesignInvalid
from pegasus.cards.models import CardTemplate
from pegasus.cards.sentences import sentence
from pegasus.kernel import clock
from pegasus.kernel.text import clean_line, clean_lines
from pegasus.typeset import glyphs, pictures
from pegasus.typeset.pictures import PictureRefused
from pegasus.typeset.render import TypesetFailed


class Command(BaseCommand):
    """Draw one card into a file."""

    help = "Draw one card: pegasus card --template lembar-pagi --words W --name N --out F.jpg"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what a card says."""
        parser.add_argument("--template", required=True, help="key or name of a template, or a design's .json file")
        parser.add_argument("--words", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--source", default="")
        parser.add_argument("--team", default="")
        parser.add_argument("--office", default="")
        parser.add_argument("--hashtags", default="")
        parser.add_argument("--day", type=date.fromisoformat, help="YYYY-MM-DD; today when left out")
        parser.add_argument("--size", choices=sorted(SIZES), default="portrait")
        parser.add_argument("--photo", type=Path)

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - argparse's values
        """Look the words over, then draw."""
        texts = {name: clean_line(options[name]) for name in ("source", "name", "team", "office", "hashtags")}
        words = clean_lines(options["words"])
        self._look_over(words, texts["source"])
        content = Content(
            words=words,
            **texts,
            day=options["day"] or clock.today("Asia/Jakarta"),
            photo=self._photo(options["photo"]) if options["photo"] else b"",
        )
        try:
            options["out"].write_bytes(render.jpeg(self._design(options["template"]), content, options["size"]))
        except (OSError, TypesetFailed) as error:
            raise CommandError(f"Kartu tidak dapat ditulis: {error}") from error
        self.stdout.write(str(options["out"]))

    def _look_over(self, words: str, source: str) -> None:
        facts = lint.Facts(words=words, source=source, missing=glyphs.missing(words + source))
        for finding in lint.of_words(facts):
            if finding.stops:
                raise CommandError(sentence(finding))
            self.stderr.write(sentence(finding))

    def _design(self, wanted: str) -> Design:
        try:
            if wanted.endswith(".json"):
                return designs.parse(json.loads(Path(wanted).read_text(encoding="utf-8")))
            actions.load_shipped()
            rows = list(CardTemplate.objects.filter(office=None, is_current=True).order_by("pk"))
            for row in rows:
                if wanted.casefold() in {row.key, row.name.casefold()}:
                    return designs.parse(row.design)
        except (OSError, ValueError, DesignInvalid) as error:
            raise CommandError(f"Templat tidak dapat dibaca: {error}") from error
        raise CommandError(f"Tidak ada templat {wanted!r}; yang ada: {', '.join(row.key for row in rows)}")

    def _photo(self, path: Path) -> bytes:
        try:
            return pictures.accept(path.read_bytes()).data
        except (OSError, PictureRefused) as error:
            raise CommandError(f"Foto tidak dapat dipakai: {error}") from error
