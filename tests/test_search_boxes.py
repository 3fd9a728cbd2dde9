"""What is pasted into a search box is cleaned like every other text, on every list page of the house."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import pegasus
from tests.builders import make_employee, make_office, sign_in

SOURCES = Path(pegasus.__file__).parent
READING = re.compile(r"""(?:GET|POST)(?:\.get\(|\[)["'](?:cari|q)["']""")
PASTED = "\u200bNu\u2019man\xa0\u202eHakim\ufeff\n"
LISTS = [
    *("people:index", "reminders:index", "delivery:index", "cards:index", "cards:words", "publishing:history"),
    *("reports:index", "roster:fairness", "roster:history", "archive:index", "signing:index"),
]


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.django_db
def test_a_pasted_name_is_searched_without_what_nobody_sees(client: Client, page: str) -> None:
    sign_in(client, make_office(), "ca", "humas", "admin", name="Nu'man Hakim")

    shown = client.get(reverse(page), {"cari": PASTED, "q": PASTED}).content.decode()

    (box,) = re.findall(r'<input[^>]*type="search"[^>]*>', shown)
    assert re.search(r'value="Nu(?:&#x27;|’)man Hakim"', box), box


@pytest.mark.django_db
def test_a_pasted_name_finds_whose_it_is(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Sari Wulandari")
    make_employee(office, name="Nu'man Hakim")

    shown = client.get(reverse("people:index"), {"cari": PASTED}).content.decode()

    assert "Nu&#x27;man Hakim</span>" in shown
    assert "1 orang" in shown


def test_no_page_reads_a_search_box_by_itself() -> None:
    found = [
        str(source.relative_to(SOURCES))
        for source in SOURCES.rglob("*.py")
        if READING.search(source.read_text("utf-8")) and "tests" not in source.parts
    ]

    assert found == []
