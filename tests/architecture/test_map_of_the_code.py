"""The map of the code cannot lie: what CONTRIBUTING, the architecture and the glossary mention is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "pegasus"
MAPS = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "explanation" / "architecture.md")
GLOSSARY = ROOT / "docs" / "sop" / "glossary.md"
# A path with a folder, and perhaps a name in that file: `people/domain/phones.py::read`.
PLACE = re.compile(r"`(?P<path>[\w./-]+/[\w.-]*)(?:::(?P<name>[\w.]+))?`")
ANSWERED = {
    "which day is H-5?": "reminders/domain/schedule.py::OFFSETS",
    "is a card's contrast enough?": "cards/domain/lint.py::_of_contrast",
    "what happens on **Kirim kartu**?": "cards/actions/sending.py::submit_card",
    "how is a report's **tepat waktu** counted?": "sop/domain/compliance.py::Run.state",
    "where is a phone number decrypted?": "kernel/fields.py::EncryptedTextField.from_db_value",
}


def names_in(body: list[ast.stmt], above: str = "") -> Iterator[str]:
    """Yield what a module or class defines itself; what it merely imports lives elsewhere."""
    for statement in body:
        match statement:
            case ast.ClassDef(name=name, body=inner):
                yield above + name
                yield from names_in(inner, f"{above}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield above + name
            case ast.Assign(targets=targets):
                parts = [part for target in targets for part in ast.walk(target)]
                yield from (above + part.id for part in parts if isinstance(part, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield above + name


def untrue_places(text: str) -> list[str]:
    """Return the places of a text that are not in the code, in the order of the text."""
    return [place[0].strip("`") for place in PLACE.finditer(text) if not is_there(place["path"], place["name"])]


def is_there(path: str, name: str | None) -> bool:
    """Tell whether a file or folder is in the sources or at the root, and the file defines the name."""
    found = next((folder / path for folder in (SOURCES, ROOT) if (folder / path).exists()), None)
    if found is None or name is None:
        return found is not None
    return name in set(names_in(ast.parse(found.read_text(encoding="utf-8")).body))


@pytest.mark.parametrize("page", MAPS, ids=lambda page: page.name)
def test_every_place_on_the_map_is_in_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert len([place for place in PLACE.finditer(text) if place["name"]]) > 30
    assert untrue_places(text) == []


def test_every_name_that_the_glossary_gives_with_its_file_is_in_the_code() -> None:
    # Its older tables name files from the slice on, without a name behind them.
    text = " ".join(place[0] for place in PLACE.finditer(GLOSSARY.read_text(encoding="utf-8")) if place["name"])

    assert text.count("::") > 30
    assert untrue_places(text) == []


@pytest.mark.parametrize(
    "place",
    [
        "people/domain/telephones.py",
        "people/nowhere/",
        "people/domain/phones.py::unread",
        "people/models/staff.py::Employee.telephone",
        "people/actions/__init__.py::open_link",  # only passed on from there: it lives in links.py
    ],
)
def test_a_place_that_is_not_in_the_code_is_found(place: str) -> None:
    true = "`people/domain/phones.py::read`, `people/models/staff.py::Employee.phone`, `people/domain/`"

    assert untrue_places(f"{true} and `{place}`.") == [place]


@pytest.mark.parametrize(("question", "place"), ANSWERED.items())
def test_a_newcomers_question_is_answered_in_its_row(question: str, place: str) -> None:
    rows = MAPS[0].read_text(encoding="utf-8").splitlines()

    (row,) = [row for row in rows if row.startswith(f"| {question} |")]

    assert f"`{place}`" in row
