"""Compile the translation catalogues with Babel's writer, so that no gettext program is needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parent.parent / "src" / "pegasus" / "locale"


def main() -> None:
    """Write a `.mo` beside every `.po`."""
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


if __name__ == "__main__":
    main()
