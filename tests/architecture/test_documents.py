"""Documents cannot lie: what they list is what the code has."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = re.compile(r"^\| `(PEGASUS_\w+)` \|", re.MULTILINE)


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    documented = set(VARIABLE.findall(page))

    assert documented == {name for name in dir(settings) if name.startswith("PEGASUS_")}


def test_every_link_inside_the_documents_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []
