"""Keep the English catalogue in step with the Indonesian source strings.

`update` adds what is new and drops what is gone; `check` fails on anything missing, fuzzy, obsolete or with other
placeholders than its source. Extraction is Babel's; Django turns its templates into what Babel reads.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "pegasus"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")


def sources() -> Iterator[tuple[str, bytes]]:
    """Yield each source file's name and the Python-like text to read it as."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield str(path.relative_to(ROOT)), path.read_bytes()
    for path in sorted([*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        name = str(path.relative_to(ROOT))
        lines = templatize(path.read_text(encoding="utf-8"), origin=name).splitlines()
        # What is left of the HTML's indentation means nothing to a reader of Python.
        yield name, "\n".join(line.strip() for line in lines).encode()


def collect() -> Catalog:
    """Return every string for people that stands in the sources."""
    catalog = Catalog(locale="en", project="Pegasus", charset="utf-8", fuzzy=False)
    for name, text in sources():
        for _line, message, _comments, context in extract("python", BytesIO(text), KEYWORDS):
            catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def stored() -> Catalog:
    """Return the catalogue as it lies on disk."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="en")


def update() -> int:
    """Write the catalogue anew: old translations kept, new strings empty, vanished ones gone."""
    catalog = stored()
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with CATALOGUE.open("wb") as target:
        write_po(target, catalog, width=119, sort_output=True, omit_header=False, include_lineno=False)
    empty = [message for message in catalog if message.id and not complete(message.string)]
    print(f"{len(catalog)} strings, {len(empty)} without a translation")
    return 0


def complete(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Tell whether a translation, plural forms included, is there."""
    return bool(string) and all(forms_of(string))


def forms_of(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return a translation's forms: one, or one per plural."""
    return [string] if isinstance(string, str) else list(string or ())


def placeholders(text: str) -> set[str]:
    """Return what is filled in by name."""
    return {found.group(0) for found in PLACEHOLDER.finditer(text)}


def check() -> int:
    """Return 1 and say what is wrong when the catalogue is not complete."""
    wanted, have, faults = collect(), stored(), []
    for message in wanted:
        if not message.id:
            continue
        single = message.id if isinstance(message.id, str) else message.id[0]
        found = have.get(single, message.context)
        if found is None or not complete(found.string):
            faults.append(f"no English for: {single!r} ({message.locations[0][0]})")
        elif found.fuzzy:
            faults.append(f"fuzzy: {single!r}")
        elif placeholders(single) != placeholders(forms_of(found.string)[-1]):
            faults.append(f"other placeholders than its source: {single!r}")
    for message in have:
        single = message.id if isinstance(message.id, str) else message.id[0]
        if single and wanted.get(single, message.context) is None:
            faults.append(f"no longer in the sources: {single!r}")
    print(*faults, sep="\n")
    print(f"{len(wanted)} strings, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    django.setup()
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
