import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_office, sign_in

from pegasus.cards import actions, queries, suggestions
from pegasus.cards.domain import wording
from pegasus.cards.domain.occasions import themes_of_week
from pegasus.cards.domain.sayings import KINDS, THEMES, VALUES, Saying
from pegasus.cards.domain.word_list import WORDS
from pegasus.cards.models import Words
from pegasus.cards.tests.builders import make_card
from pegasus.kernel.models import AuditEntry
from pegasus.people import sheets
from pegasus.people.models import Office

pytestmark = pytest.mark.django_db
LIST = """Kata;Tokoh;Sumber;Tahun;Tema
Kerja tuntas hari ini.;;Apel Senin;2026;akuntabel
Merdeka!;Tokoh Besar;;;Kebangsaan
;Tanpa Kata;;;
kerja TUNTAS hari ini;;;;
Alah bisa karena biasa;;;;
{long};;;;
""".format(long="a" * 221)


@pytest.fixture
def office() -> Office:
    actions.load_words()
    return make_office()


def read(text: str) -> sheets.Sheet:
    return sheets.read(text.encode(), sheets.PASTED, kind=WORDS)


def test_good_rows_come_in_and_each_other_row_says_why(office: Office) -> None:
    done = actions.import_words(office=office, sheet=read(LIST), by="Sari", at=NOW)

    assert [(one.row, one.reason, one.detail) for one in done.refused] == [
        (4, "empty", ""),
        (5, "twice", "2"),
        (7, "too_long", "221"),
    ]
    assert done.known == 1  # shipped already
    kept = {row.text: row for row in Words.objects.filter(office=office)}
    assert kept["Kerja tuntas hari ini."].saying == Saying(
        "Kerja tuntas hari ini.", source="Apel Senin", year="2026", theme="Akuntabel"
    )
    assert kept["Merdeka!"].lacks_source
    assert kept["Merdeka!"].kind == "kutipan"


def test_the_same_list_twice_changes_nothing(office: Office) -> None:
    actions.import_words(office=office, sheet=read(LIST), by="Sari", at=NOW)
    before = list(Words.objects.order_by("pk").values())
    entries = AuditEntry.objects.count()

    again = actions.import_words(office=office, sheet=read(LIST), by="Sari", at=NOW)

    assert again.changes_nothing
    assert list(Words.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == entries


def test_a_list_completes_what_is_there_and_empties_nothing(office: Office) -> None:
    actions.import_words(office=office, sheet=read(LIST), by="Sari", at=NOW)

    actions.import_words(office=office, sheet=read("Kata;Sumber\nMerdeka;Pidato kantor\n"), by="Sari", at=NOW)

    row = Words.objects.get(office=office, text="Merdeka!")
    assert (row.author, row.source, row.theme, row.lacks_source) == (
        "Tokoh Besar",
        "Pidato kantor",
        "Kebangsaan",
        False,
    )


def test_a_dry_run_writes_nothing(office: Office) -> None:
    done = actions.import_words(office=office, sheet=read(LIST), by="Sari", at=NOW, dry_run=True)

    assert len(done.new) == 2
    assert not Words.objects.filter(office=office).exists()


@pytest.mark.parametrize("heading", ["Kutipan;Siapa;Makna", "Kalimatnya;Penutur;Arti", "Kata bijak;Tokoh;Maksud"])
def test_headings_that_people_write_are_no_words(office: Office, heading: str) -> None:
    actions.import_words(
        office=office, sheet=read(f"{heading}\nTekun dulu, baru tahu.;Sari;Sabar\n"), by="Sari", at=NOW
    )

    made = Words.objects.get(office=office)
    assert (made.text, made.author, made.meaning) == ("Tekun dulu, baru tahu.", "Sari", "Sabar")


def test_one_column_without_a_heading_is_enough(office: Office) -> None:
    done = actions.import_words(office=office, sheet=read("Kerja tuntas.\nDatang tepat waktu.\n"), by="S", at=NOW)

    assert [one.text for one in done.new] == ["Kerja tuntas.", "Datang tepat waktu."]


def test_a_list_is_looked_at_before_it_is_taken(client: Client, office: Office) -> None:
    sign_in(client, office, "humas")

    looked = client.post(reverse("cards:words-import"), {"pasted": LIST})
    page = client.get(looked["Location"]).content.decode()
    assert "Sama dengan baris 2." in page
    assert "sumber belum ada" in page
    assert not Words.objects.filter(office=office).exists()

    client.post(looked["Location"])
    assert Words.objects.filter(office=office).count() == 2
    assert client.get(looked["Location"]).status_code == 302  # taken once


def test_a_list_without_words_asks_which_column_has_them(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    address = client.post(reverse("cards:words-import"), {"pasted": "Nomor;Jumlah\n1;2\n"})["Location"]
    page = client.get(address).content.decode()

    assert "Pilih kolom yang berisi kata." in page
    assert "Ambil" not in page
    assert client.post(address).status_code == 200  # there is nothing to take yet
    assert not Words.objects.filter(office=office).exists()


def test_columns_are_chosen_by_hand_remembered_and_forgotten(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    wrong = "Judul;Makna;Sumber\nRajin pangkal pandai;Yang rajin akan pintar;x\n"
    chosen = {"lembar": "0", "k0": "text", "k1": "meaning", "k2": "theme"}

    address = client.post(reverse("cards:words-import"), {"pasted": wrong})["Location"]
    twice = client.get(address, chosen | {"k2": "text"})
    shown = client.get(address, chosen).content.decode()
    client.post(address, chosen)
    again = client.post(reverse("cards:words-import"), {"pasted": wrong})["Location"]
    remembered = client.get(again).content.decode()
    client.post(f"{again}lupakan/")
    forgotten = client.get(again).content.decode()

    assert twice.status_code == 422
    assert "Kata sudah dipilih untuk kolom Judul." in twice.content.decode()
    assert "Ambil 1 kata" in shown
    saying = Words.objects.get(office=office)
    assert (saying.text, saying.meaning, saying.theme) == ("Rajin pangkal pandai", "Yang rajin akan pintar", "x")
    assert "Susunan kolom dikenali dari impor" in remembered
    assert "Susunan kolom dikenali dari impor" not in forgotten


def test_another_offices_list_and_words_are_not_there(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    token = client.post(reverse("cards:words-import"), {"pasted": LIST})["Location"]
    theirs = Words.objects.create(office=office, text="Milik kantor lain")
    client.logout()
    sign_in(client, make_office(), "ca")

    assert client.get(token)["Location"] == reverse("cards:words-import")
    assert client.get(reverse("cards:words-change", args=[theirs.pk])).status_code == 404
    shipped = Words.objects.filter(office=None).first()
    assert shipped is not None
    assert client.get(reverse("cards:words-change", args=[shipped.pk])).status_code == 404


@pytest.mark.parametrize("name", ["cards:words-add", "cards:words-import"])
def test_only_ca_and_humas_write_into_the_bank(client: Client, office: Office, name: str) -> None:
    sign_in(client, office, "cc")

    assert client.get(reverse(name)).status_code == 403


def test_words_are_corrected_and_not_doubled(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    own = Words.objects.create(office=office, text="Kerja tuntas", source="Tim")
    Words.objects.create(office=office, text="Kerja jujur", source="Tim")
    address = reverse("cards:words-change", args=[own.pk])
    given_fields = {"kind": "lain", "source": "Apel"}

    assert client.post(address, {"text": "Kerja jujur", **given_fields}).status_code == 422
    client.post(address, {"text": "Kerja tuntas!", "author": "Sari", **given_fields})

    own.refresh_from_db()
    assert (own.text, own.author, own.source) == ("Kerja tuntas!", "Sari", "Apel")


def test_the_bank_is_filtered_by_theme_and_kind(client: Client, office: Office) -> None:
    sign_in(client, office)

    page = client.get("/kartu/kata/", {"tema": "Kepahlawanan", "jenis": "kutipan"}).content.decode()

    assert "Aku mau hidup seribu tahun lagi." in page
    assert "Esa hilang" not in page


@pytest.mark.parametrize("rows", [1, 40])
def test_the_bank_costs_the_same_however_many_words(
    client: Client, office: Office, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Words.objects.bulk_create(Words(office=office, text=f"Kata {n}", theme="Semangat") for n in range(rows))
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(14):
        client.get("/kartu/kata/")


def test_themes_of_the_year_are_counted_and_the_least_used_named(office: Office) -> None:
    card = make_card(office, words="Esa hilang, dua terbilang")
    actions.submit_card(card=card, by="Bayu", at=NOW)

    uses = {use.theme: use for use in suggestions.theme_uses(office, card.shown_on.year)}

    assert uses["Kepahlawanan"].cards == 1
    assert sum(use.cards for use in uses.values()) == 1
    assert sum(use.is_least for use in uses.values()) == 3
    assert not uses["Kepahlawanan"].is_least


def test_a_week_is_offered_words_of_its_themes_that_no_card_had(office: Office) -> None:
    heroes = date(2026, 11, 10)
    card = make_card(office, words="esa hilang dua terbilang")
    actions.submit_card(card=card, by="Bayu", at=NOW)

    offer = suggestions.for_week(office, heroes)

    assert offer.occasions == ("Hari Pahlawan",)
    assert {row.theme for row in offer.sayings} <= set(offer.themes)
    assert len(offer.sayings) == suggestions.OFFERED
    assert "Esa hilang, dua terbilang." not in {row.text for row in offer.sayings}


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_day_of_a_week_has_the_same_occasions_and_some_theme(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    found = themes_of_week(day)

    assert found.occasions == themes_of_week(monday).occasions
    assert set(found.themes) <= set(THEMES)
    assert set(found.themes) & set(VALUES)


def test_within_seven_weeks_each_value_has_its_turn() -> None:
    values = {themes_of_week(date(2026, 2, 2) + timedelta(weeks=n)).themes[-1] for n in range(7)}

    assert values == set(VALUES)


def test_a_value_that_was_used_less_takes_the_turn() -> None:
    uses = dict.fromkeys(VALUES, 3) | {"Loyal": 1}

    assert {themes_of_week(date(2026, 2, 2) + timedelta(weeks=n), uses).themes[-1] for n in range(7)} == {"Loyal"}


@pytest.mark.parametrize("seed", range(5))
def test_a_year_of_random_choices_gives_every_value_its_share(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same choices each time
    bank, sent = shipped_bank(), list[tuple[str, date]]()
    themes = {row.text: row.theme for row in bank}

    for week in range(52):
        for _person in range(2):
            posts_on = date(2026, 1, 5) + timedelta(weeks=week)
            offered = suggestions.offer(bank, sent, posts_on).sayings
            sent.append((chance.choice(offered[:4]).text, posts_on))

    shares = Counter(themes[text] for text, _day in sent)
    values = [shares[value] for value in VALUES]
    assert len({text for text, _day in sent}) == 104
    assert min(values) >= 9
    assert max(values) <= 17  # the bank offers nine of "Loyal"; the others share what it lacks
    assert shares["Kebangsaan"]


def test_words_are_offered_when_those_of_the_values_are_used_up() -> None:
    bank = shipped_bank()
    *hung, last = [row for row in bank if row.theme in VALUES]

    offered = suggestions.offer(bank, [(row.text, date(2026, 2, 2)) for row in hung], date(2026, 7, 6)).sayings

    assert len(offered) == suggestions.OFFERED
    assert {row.theme for row in offered} == {last.theme, suggestions.SPARE}


def shipped_bank() -> list[Words]:
    entries = json.loads((Path(suggestions.__file__).parent / "bank.json").read_text(encoding="utf-8"))
    return [Words(**entry) for entry in entries]


def test_every_shipped_saying_is_whole(office: Office) -> None:
    for row in queries.words_of(office):
        assert row.kind in KINDS
        assert row.theme in THEMES
        assert row.meaning
        assert row.source
        assert not row.lacks_source
        assert len(row.text) <= wording.LONGEST
        assert (row.kind in {"gurindam", "kutipan"}) == bool(row.author)
