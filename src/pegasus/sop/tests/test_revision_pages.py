"""The pages of a revision, as people use them: typed, saved, compared, put in force, listed."""

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import make_office, sign_in

from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop import actions, document, queries
from pegasus.sop.forms.revisions import flat
from pegasus.sop.tests.builders import make_office_with_sop

pytestmark = pytest.mark.django_db


def typed(office: Office, programme: str = "pegasus", **changes: object) -> dict[str, Any]:
    """Everything the form holds, with what a person changed."""
    draft = queries.drafts_of(office, programme).first()
    text: Any = draft.text if draft else queries.text_of(queries.newest_version(office, programme).get())
    today = clock.today(office.timezone).isoformat()
    fields = flat(text | ({} if draft else {"revised_on": today, "effective_on": today}))
    lists = ("legal_basis", "qualifications", "related", "equipment", "warnings")
    counts = {f"{name}-lines": len(text[name]) for name in lists}
    head = {"approved_by_name": fields["approved_by_name"] or "Ratna Puspitasari, M.E."}
    return fields | head | counts | {"edition": draft.edition if draft else 0} | changes


def page(client: Client, name: str, programme: str = "pegasus") -> str:
    return client.get(reverse(f"sop:{name}", args=[programme])).content.decode()


def test_what_is_typed_is_kept_even_when_it_is_wrong_and_the_fault_is_said(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")

    wrong = {
        "row-3-time_standard": "3 Purnama",
        "effective_on": "besok",
        "legal_basis-5": "Peraturan Menteri PANRB 5/2024;",
    }
    client.post(reverse("sop:revise", args=["pegasus"]), typed(office, **wrong))
    shown = page(client, "revise")
    compared = page(client, "revision-changes")

    assert "3 Purnama" in shown
    assert 'value="besok"' in shown
    assert "Peraturan Menteri PANRB 5/2024;" in shown
    assert "Waktu ini tidak terbaca. Tulis misalnya 3 Hari Kerja" in shown
    assert "Perbaiki dahulu sebelum diberlakukan" in compared
    assert queries.versions_of(office).count() == 1


def test_from_the_form_over_the_changes_in_words_to_a_version_in_force(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca", "admin")
    tomorrow = clock.today(office.timezone) + timedelta(days=1)
    changed = {
        "number": "SOP-330/81720/2026",
        "approved_by_name": "Maria Renyaan, S.Si.",
        "row-3-time_standard": "2-3 Hari Kerja",
        "lane-cc": "Champion",
    }
    first = client.post(
        reverse("sop:revise", args=["pegasus"]),
        typed(office, **changed, effective_on=tomorrow.isoformat(), do="compare"),
        follow=True,
    )

    words = first.content.decode()
    answer = client.post(reverse("sop:put-in-force", args=["pegasus"]), {"edition": 1}, follow=True)

    assert "Aktivitas 4, waktu" in words
    assert "<del>3 Hari Kerja</del>" in words
    assert "<ins>2-3 Hari Kerja</ins>" in words
    assert "<ins>Champion</ins>" in words
    assert "Versi 2 akan berlaku mulai" in answer.content.decode()
    [version] = queries.waiting_versions(office)
    assert (version.approved_by_name, version.effective_on) == ("Maria Renyaan, S.Si.", tomorrow)
    assert not queries.drafts_of(office).exists()
    shown = page(client, "versions")
    assert "Menunggu tanggalnya" in shown
    assert "<ins>2-3 Hari Kerja</ins>" in shown


def test_lines_are_added_moved_and_removed_by_buttons_and_nothing_typed_is_lost(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    address = reverse("sop:revise", args=["pegasus"])

    client.post(address, typed(office, unit="JARINGAN AGEN", do="change:equipment-add"))
    client.post(address, typed(office, **{"equipment-3": "Ponsel"}, do="change:equipment-3-up"))
    answer = client.post(address, typed(office, do="change:equipment-0-remove"))

    text = queries.drafts_of(office).get().text
    assert text["equipment"] == ["Jaringan/Internet", "Ponsel", "Aplikasi Desain Grafis"]
    assert text["unit"] == "JARINGAN AGEN"
    assert answer.headers["Location"].endswith("/sop/pegasus/revisi/#equipment")


def test_the_second_of_two_who_type_at_once_is_told_and_keeps_what_was_typed(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca", name="Budi")
    mine = typed(office, unit="ISIAN BUDI")
    version = queries.version_in_force(office)
    text: Any = queries.text_of(version)
    actions.save_draft(version=version, text=text | {"unit": "ISIAN SARI"}, edition=0, by="Sari", at=clock.now())

    answer = client.post(reverse("sop:revise", args=["pegasus"]), mine)
    shown = answer.content.decode()
    kept = queries.drafts_of(office).get().text["unit"]
    client.post(reverse("sop:revise", args=["pegasus"]), mine | {"edition": 1})

    assert answer.status_code == 409
    assert "Sari menyimpan draf ini pada" in shown
    assert "ISIAN BUDI" in shown
    assert kept == "ISIAN SARI"
    assert queries.drafts_of(office).get().text["unit"] == "ISIAN BUDI"


def test_a_past_day_asks_for_a_reason_and_a_changed_draft_is_looked_at_again(client: Client) -> None:
    office = make_office_with_sop(at=clock.now() - timedelta(days=90))
    sign_in(client, office, "ca", "cc")
    past = (clock.today(office.timezone) - timedelta(days=20)).isoformat()
    client.post(
        reverse("sop:revise", args=["pegasus"]),
        typed(office, number="SOP-330/81720/2026", unit="CAN", effective_on=past),
    )
    address = reverse("sop:put-in-force", args=["pegasus"])

    refused = client.post(address, {"edition": 1, "reason": ""})
    stale = client.post(address, {"edition": 7, "reason": "SK 12"}, follow=True)
    client.post(address, {"edition": 1, "reason": "SK Nomor 12"})

    assert refused.status_code == 422
    assert "Tanggal efektifnya sudah lewat. Tuliskan alasannya" in refused.content.decode()
    assert "sudah diubah sejak halaman ini dibuka" in stale.content.decode()
    assert queries.version_in_force(office).backdating_reason == "SK Nomor 12"


@pytest.mark.parametrize(
    ("role", "drafts", "decides"),
    [("ca", True, False), ("cc", True, True), ("head", False, True), ("humas", False, False)],
)
def test_who_drafts_and_who_decides(client: Client, role: str, *, drafts: bool, decides: bool) -> None:
    office = make_office_with_sop()
    sign_in(client, office, role)

    seen = client.get(reverse("sop:revise", args=["pegasus"])).status_code
    decided = client.post(reverse("sop:put-in-force", args=["pegasus"]), {"edition": 1}).status_code

    assert (seen == 200, decided == 302) == (drafts, decides)


@pytest.mark.parametrize("name", ["revise", "revision-changes", "revision-preview", "versions"])
def test_another_offices_sop_is_not_there(client: Client, name: str) -> None:
    actions.install(office=make_office(), code="bgc", at=clock.now())
    sign_in(client, make_office_with_sop(), "ca")

    assert client.get(reverse(f"sop:{name}", args=["bgc"])).status_code == 404


def test_an_own_programme_gains_a_row_with_a_decision_in_a_new_column(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca", "cc")
    rows = {
        "a-TOTAL_FORMS": 2,
        "a-INITIAL_FORMS": 0,
        "name": "JOSS",
        "code": "joss",
        "number": "SOP-327",
        "unit": "CAN",
    }
    for place, title in enumerate(("Undangan", "Laporan")):
        facts = {"title": title, "role": "ca", "time_standard": "1 Hari Kerja", "output": "Hasil", "rhythm": "manual"}
        rows |= {f"a-{place}-{name}": value for name, value in facts.items()}
    client.post(reverse("sop:new-programme"), rows)
    address = reverse("sop:revise", args=["joss"])
    fresh = {"row-2-title": "Pemeriksaan", "row-2-role": "cc", "row-2-time_standard": "1 Minggu", "row-2-back_to": 1}

    client.post(address, typed(office, "joss", do="change:rows-add"))
    client.post(address, typed(office, "joss", **fresh, do="change:rows-2-up"))
    client.post(reverse("sop:put-in-force", args=["joss"]), {"edition": 2})

    version = queries.version_in_force(office, "joss")
    assert [(row.number, row.title, row.performers) for row in version.activities.order_by("number")] == [
        (1, "Undangan", [{"lane": "ca", "symbol": "start"}]),
        (2, "Pemeriksaan", [{"lane": "cc", "symbol": "decision", "no": 1}]),
        (3, "Laporan", [{"lane": "ca", "symbol": "end"}]),
    ]
    assert [lane["key"] for lane in version.lanes] == ["ca", "cc"]


def test_birthday_cards_are_revised_too_and_keep_their_rows(client: Client) -> None:
    office = make_office_with_sop("bgc")
    sign_in(client, office, "cc")

    changed = {"number": "SOP-322/81720/2026", "row-2-time_standard": "2 Hari Kerja"}
    client.post(reverse("sop:revise", args=["bgc"]), typed(office, "bgc", **changed))
    client.post(reverse("sop:revise", args=["bgc"]), typed(office, "bgc", do="change:rows-0-remove"))
    client.post(reverse("sop:put-in-force", args=["bgc"]), {"edition": 2})

    rows = queries.version_in_force(office, "bgc").activities.order_by("number")
    assert [row.time_standard for row in rows][:3] == ["1 Minggu", "1 Hari Kerja", "2 Hari Kerja"]
    assert len(rows) == 6


def test_the_preview_is_the_official_form_of_what_is_typed_and_says_konsep(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    client.post(reverse("sop:revise", args=["pegasus"]), typed(office, unit="JARINGAN AGEN"))

    pdf = client.get(reverse("sop:revision-preview", args=["pegasus"])).content
    picture = client.get(reverse("sop:revision-page", args=["pegasus", 1]))

    words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "JARINGAN AGEN" in words
    assert "KONSEP" in words
    assert picture.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("lines", [2, 12])
def test_the_form_costs_the_same_however_long_the_text(
    client: Client,
    lines: int,
    django_assert_num_queries: Any,  # noqa: ANN401 - pytest-django's fixture
) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    version = queries.version_in_force(office)
    text: Any = queries.text_of(version)
    actions.save_draft(
        version=version, text=text | {"warnings": ["Awas"] * lines}, edition=0, by="Sari", at=clock.now()
    )
    client.get(reverse("sop:revise", args=["pegasus"]))

    with django_assert_num_queries(7):
        client.get(reverse("sop:revise", args=["pegasus"]))


def test_a_book_in_one_field_is_kept_and_not_typeset(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    monkeypatch.setattr(document, "draft_pdf", lambda *_text, **_facts: pytest.fail("it was typeset"))
    client.post(reverse("sop:revise", args=["pegasus"]), typed(office, title="Panjang " * 500))

    answer = client.get(reverse("sop:revision-preview", args=["pegasus"]), follow=True).content.decode()

    assert "ada isian yang terlalu panjang" in answer
    assert "Panjang Panjang" in answer
    assert client.get(reverse("sop:revision-page", args=["pegasus", 1])).status_code == 404
