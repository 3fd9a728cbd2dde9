from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.models import Record
from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions, queries
from pegasus.cards.models import Card, CardTemplate, TemplateChoice, Words
from pegasus.cards.tests.builders import framed, make_card, make_card_task, make_posting_task, photo
from pegasus.kernel.models import AuditEntry
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Evidence, Task
from pegasus.sop.queries import activity
from pegasus.typeset import pictures

pytestmark = pytest.mark.django_db
SIZES = {"portrait": (1080, 1350), "square": (1080, 1080), "story": (1080, 1920)}


def test_a_card_knows_whose_it_is_and_when_it_is_shown() -> None:
    task = make_card_task()

    card = actions.card_for(task=task, at=NOW)

    assert (card.name, card.team, str(card.shown_on)) == ("Bayu Pratama", "Neraca", "2026-11-30")
    assert card.template is not None
    assert actions.card_for(task=task, at=NOW).pk == card.pk


def test_a_sent_card_is_kept_in_three_sizes_and_closes_its_task() -> None:
    card = make_card()

    actions.submit_card(card=card, by="Bayu Pratama", at=NOW)

    kept = queries.pictures_of(card)
    assert {size: image_of(record).size for size, record in kept.items()} == SIZES
    assert all(sha256(data_of(record)).hexdigest() == record.sha256 for record in kept.values())
    task = Task.objects.get(pk=card.task_id)
    assert (task.outcome, task.closed_by, task.closed_at) == ("done", "Bayu Pratama", NOW)
    assert Evidence.objects.get(task=task).record == kept["portrait"]
    assert AuditEntry.objects.filter(action="card.submitted", subject=f"card:{card.pk}").count() == 1


def test_of_two_taps_at_the_same_time_one_sends() -> None:
    card = make_card()
    second = Card.objects.get(pk=card.pk)
    actions.submit_card(card=card, by="Bayu Pratama", at=NOW)
    kept = Record.objects.count()
    second.office = card.office

    with pytest.raises(actions.AlreadySent):
        actions.submit_card(card=second, by="Bayu Pratama", at=NOW + timedelta(seconds=1))

    assert Record.objects.count() == kept
    assert AuditEntry.objects.filter(action="card.submitted").count() == 1


def data_of(record: Record) -> bytes:
    with Record.objects.get(pk=record.pk).file.open("rb") as file:
        return bytes(file.read())


def image_of(record: Record) -> Image.Image:
    return Image.open(BytesIO(data_of(record)))


def test_a_card_without_words_is_not_sent() -> None:
    card = make_card(words="  ")

    with pytest.raises(actions.NothingToSend):
        actions.submit_card(card=card, by="Bayu", at=NOW)

    assert Card.objects.get().state == Card.State.DRAFT
    assert Record.objects.count() == 0


def test_sending_again_makes_new_files_and_keeps_the_old_ones() -> None:
    card = make_card()
    actions.submit_card(card=card, by="Bayu", at=NOW)
    first = queries.pictures_of(card)
    card.words = "Lebih baik lagi."

    actions.submit_card(card=card, by="Bayu", at=NOW + timedelta(hours=1))

    second = queries.pictures_of(card)
    assert {size: record.replaces for size, record in second.items()} == first
    assert queries.history_of(card).count() == 6
    assert second["portrait"].sha256 != first["portrait"].sha256


def test_a_posted_card_stays_as_it_is() -> None:
    card = make_card()
    actions.submit_card(card=card, by="Bayu", at=NOW)
    sop.close_task(task=make_posting_task(card.task), at=NOW, by="Bayu")

    with pytest.raises(actions.AlreadyPosted):
        actions.submit_card(card=card, by="Bayu", at=NOW)


def test_a_sent_card_is_not_changed_after_its_day() -> None:
    card = make_card()
    actions.submit_card(card=card, by="Bayu", at=NOW)

    with pytest.raises(actions.TooLate):
        actions.submit_card(card=card, by="Bayu", at=NOW + timedelta(days=8))


def test_a_late_card_is_still_taken() -> None:
    card = make_card()

    actions.submit_card(card=card, by="Bayu", at=NOW + timedelta(days=20))

    assert card.state == Card.State.SUBMITTED


def test_a_full_disk_leaves_the_draft_untouched() -> None:
    card = make_card()
    blocked = Path(settings.PEGASUS_DATA) / "media" / "records" / card.office.code
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where a folder should be")

    with pytest.raises(actions.CardNotKept):
        actions.submit_card(card=card, by="Bayu", at=NOW)

    blocked.unlink()
    fresh = Card.objects.get(pk=card.pk)
    assert (fresh.state, fresh.words) == (Card.State.DRAFT, "Mulai saja.")
    assert Record.objects.count() == 0
    assert Task.objects.get(pk=card.task_id).closed_at is None


def test_a_card_that_changed_hands_begins_anew() -> None:
    card = make_card(photo=pictures.accept(photo()))
    other = make_employee(card.office, name="Citra Lestari", team="Umum")
    task = Task.objects.get(pk=card.task_id)
    task.owner = other
    task.save()

    fresh = actions.card_for(task=task, at=NOW)

    assert (fresh.pk, fresh.name, fresh.team) == (card.pk, "Citra Lestari", "Umum")
    assert (fresh.words, fresh.photo.name) == ("", "")


def test_a_sent_draft_is_not_overwritten_by_autosave() -> None:
    card = make_card()
    actions.submit_card(card=card, by="Bayu", at=NOW)

    with pytest.raises(actions.AlreadySent):
        actions.save_draft(card=card, at=NOW, words="Lain")


def test_with_review_the_task_closes_with_the_approval() -> None:
    card = make_card(make_office(reviews_cards=True))
    actions.submit_card(card=card, by="Bayu", at=NOW)
    assert Task.objects.get(pk=card.task_id).closed_at is None

    actions.approve_card(card=card, by="Sari", at=NOW)

    assert Card.objects.get().state == Card.State.APPROVED
    assert Task.objects.get(pk=card.task_id).outcome == "done"
    with pytest.raises(actions.AlreadyReviewed):
        actions.return_card(card=card, note="Ganti", by="Sari", at=NOW)


def test_a_card_goes_back_with_a_note_and_can_be_sent_again() -> None:
    card = make_card(make_office(reviews_cards=True))
    actions.submit_card(card=card, by="Bayu", at=NOW)

    with pytest.raises(actions.NoteMissing):
        actions.return_card(card=card, note=" ", by="Sari", at=NOW)
    actions.return_card(card=card, note="Sebutkan sumbernya.", by="Sari", at=NOW)
    actions.save_draft(card=card, at=NOW, source="Peribahasa")
    actions.submit_card(card=card, by="Bayu", at=NOW)

    fresh = Card.objects.get()
    assert (fresh.state, fresh.review_note, fresh.source) == (Card.State.SUBMITTED, "", "Peribahasa")


@pytest.mark.parametrize("shape", [(1080, 1350), (2160, 2700), (1000, 1000), (900, 1600), (1920, 1080)])
def test_a_finished_design_is_never_cut(shape: tuple[int, int]) -> None:
    card = make_card(words="")
    actions.use_upload(card=card, picture=pictures.accept(framed(shape)), by="Bayu", at=NOW)

    actions.submit_card(card=card, by="Bayu", at=NOW)

    for record in queries.pictures_of(card).values():
        assert red_corners(image_of(record).convert("RGB"), shape) == 4


def red_corners(image: Image.Image, shape: tuple[int, int]) -> int:
    scale = min(image.width / shape[0], image.height / shape[1])
    width, height = shape[0] * scale, shape[1] * scale
    left, top = (image.width - width) / 2, (image.height - height) / 2
    places = [(left + x * width, top + y * height) for x in (0.01, 0.99) for y in (0.01, 0.99)]
    found = [image.getpixel((int(x), int(y))) for x, y in places]
    return sum(1 for pixel in found if isinstance(pixel, tuple) and pixel[0] > 200 and pixel[1] < 80)


def test_choosing_templates_closes_activity_2() -> None:
    task = make_card_task()
    office = task.office
    actions.load_shipped()
    templates = list(queries.templates_of(office))
    opened = sop.open_task(
        office=office,
        activity=activity(office, Activity.Rhythm.TEMPLATES),
        subject="period:2026Q4",
        period="2026Q4",
        role="ca",
        owner=None,
        opens_at=NOW,
        due_at=NOW,
    )
    period = Period(2026, "quarter", 4)

    actions.choose_templates(office=office, period=period, templates=templates[:2], by="Sari", at=NOW)
    actions.choose_templates(office=office, period=period, templates=templates[1:], by="Sari", at=NOW)

    assert Task.objects.get(pk=opened.pk).outcome == "done"
    assert set(queries.templates_for(office, "2026Q4")) == set(templates[1:])
    assert set(queries.templates_for(office, "2027Q1")) == set(templates)
    with pytest.raises(actions.NothingChosen):
        actions.choose_templates(office=office, period=period, templates=[], by="Sari", at=NOW)
    assert TemplateChoice.objects.count() == len(templates) - 1


def test_a_semesters_choice_holds_in_its_quarters() -> None:
    office = make_office()
    actions.load_shipped()
    first = list(queries.templates_of(office)[:1])

    actions.choose_templates(office=office, period=Period(2026, "semester", 2), templates=first, by="Sari", at=NOW)

    assert queries.templates_for(office, "2026Q3") == first
    assert queries.templates_for(office, "2026Q4") == first
    assert len(queries.templates_for(office, "2026Q2")) == 12


def test_what_is_shipped_is_loaded_once() -> None:
    actions.load_shipped()
    counted = (CardTemplate.objects.count(), Words.objects.count())

    actions.load_shipped()

    assert (CardTemplate.objects.count(), Words.objects.count()) == counted
    assert counted[0] == 12
    assert counted[1] >= 60


def test_a_changed_design_becomes_a_new_version_and_old_cards_keep_theirs() -> None:
    card = make_card()
    old = card.template
    assert old is not None
    CardTemplate.objects.filter(pk=old.pk).update(design={"name": "Dulu"})

    actions.load_shipped()

    newest = CardTemplate.objects.get(key=old.key, is_current=True)
    assert (newest.version, Card.objects.get().template_id) == (2, old.pk)
    assert newest.design["name"] == old.name


def test_the_same_words_are_noticed_whatever_their_marks() -> None:
    card = make_card(words="Mulai saja.")
    actions.submit_card(card=card, by="Bayu", at=NOW)

    used = next(iter(queries.similar_used(card.office, "  mulai, SAJA! ", but=None)), None)

    assert used is not None
    assert used.name == "Bayu Pratama"
    assert next(iter(queries.similar_used(card.office, "Mulai saja.", but=card)), None) is None
    assert next(iter(queries.similar_used(make_office(), "Mulai saja.", but=None)), None) is None


def test_near_words_name_the_card_that_had_them() -> None:
    first = make_card(words="Sedikit demi sedikit, lama-lama menjadi bukit.")
    actions.submit_card(card=first, by="Bayu", at=NOW)
    second = make_card(first.office, seat=2, words="Sedikit-sedikit lama-lama jadi bukit")

    found = queries.similar_used(first.office, second.words, but=second)

    assert [(used.card, used.kind, used.words) for used in found] == [(first.pk, "near", first.words)]
    assert queries.similar_used(first.office, "Malu bertanya sesat di jalan.", but=second) == []
    assert queries.similar_used(make_office(), first.words, but=None) == []


def test_shipped_words_are_brought_up_to_date_without_a_second_row() -> None:
    actions.load_words()
    count = Words.objects.filter(office=None).count()
    Words.objects.filter(text="Alah bisa karena biasa.").update(text="ALAH BISA, karena biasa", meaning="")
    Words.objects.create(office=None, text="Tidak lagi dibawa.", source="Peribahasa")

    actions.load_words()

    assert Words.objects.filter(office=None).count() == count
    assert Words.objects.get(text="Alah bisa karena biasa.").meaning
    with CaptureQueriesContext(connection) as done:
        actions.load_words()
    assert [query["sql"].split()[0] for query in done if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
