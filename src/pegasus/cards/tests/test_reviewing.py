"""Reviewing a card: versions, comments at a place, verdicts, and when a review is overdue."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import NOW, make_employee, make_office

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.cards import actions, queries
from pegasus.cards.domain import changes, places
from pegasus.cards.domain.places import Place
from pegasus.cards.domain.reviewing import Call, Patience, waiting
from pegasus.cards.models import Card, CardComment, CardVersion
from pegasus.cards.tests.builders import make_card
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office
from pegasus.roster.domain.asking import OfficeHours
from pegasus.sop.models import Task

ZONE = "Asia/Jakarta"
EYE = Place("portrait", 0.25, 0.75)
moments = st.datetimes(datetime(2026, 11, 2), datetime(2026, 12, 4), timezones=st.just(UTC))  # noqa: DTZ001 - see timezones
spans = st.sampled_from([2, 4, 8, 16, 24]).map(lambda hours: timedelta(hours=hours))
days_off = st.frozensets(st.dates(date(2026, 11, 2), date(2026, 12, 4)), max_size=6)


def patience(span: timedelta = timedelta(hours=8), off: frozenset[date] = frozenset()) -> Patience:
    return Patience(OfficeHours(WorkingCalendar(off), ZONE), span, time(8))


@given(moments, spans, days_off)
def test_nobody_is_called_before_the_card_is_sent_or_after_it_is_posted(
    sent_at: datetime, span: timedelta, off: frozenset[date]
) -> None:
    times = waiting(patience(span, off), sent_at=sent_at, posts_on=date(2026, 11, 30))

    assert times.call(sent_at - timedelta(seconds=1)) is None
    assert times.call(times.ends_at + timedelta(seconds=1)) is None
    assert min(times.first_at, times.urgent_at) >= sent_at


@given(moments, spans, days_off, st.integers(0, 24 * 60))
def test_on_the_last_working_day_there_is_only_the_urgent_call(
    sent_at: datetime, span: timedelta, off: frozenset[date], minute: int
) -> None:
    posts_on = date(2026, 11, 30)
    last_day = WorkingCalendar(off).on_or_before(posts_on - timedelta(days=1))
    at = datetime.combine(last_day, time(8), UTC) - timedelta(hours=7) + timedelta(minutes=minute)

    times = waiting(patience(span, off), sent_at=sent_at, posts_on=posts_on)

    assert times.call(at) is not Call.FIRST


@given(moments, spans, spans)
def test_more_patience_never_calls_earlier(sent_at: datetime, one: timedelta, other: timedelta) -> None:
    short, long = sorted((one, other))

    due = [waiting(patience(span), sent_at=sent_at, posts_on=date(2026, 11, 30)).due_at for span in (short, long)]

    assert due == sorted(due)


def test_a_working_day_counts_office_hours_over_the_weekend() -> None:
    friday = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # 14.00 WIB

    times = waiting(patience(), sent_at=friday, posts_on=date(2026, 11, 30))

    assert times.first_at == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # Monday, 14.00 WIB
    assert times.urgent_at == datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # H-1: Friday, 08.00 WIB


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_give_both_texts_again_and_agree_where_nothing_changed(old: str, new: str) -> None:
    left, right = changes.compare(old, new)

    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (old, new)
    kept = [[word for piece in side if not piece.is_changed for word in piece.text.split()] for side in (left, right)]
    assert kept[0] == kept[1]


def test_only_the_changed_words_are_marked() -> None:
    left, right = changes.compare("Kerja keras hari ini.", "Kerja cerdas hari  ini.")

    assert [piece.text for piece in left if piece.is_changed] == ["keras "]
    assert [piece.text for piece in right if piece.is_changed] == ["cerdas "]


@given(st.sampled_from(places.NINTHS))
def test_the_middle_of_each_part_lies_in_it(ninth: str) -> None:
    place = places.centre(ninth, "square")

    assert places.ninth_of(place.x, place.y) == ninth


@pytest.mark.parametrize(("x", "y"), [(-0.01, 0.5), (0.5, 1.01), (float("nan"), 0.5), (float("inf"), 0)])
def test_a_place_off_the_picture_is_refused(x: float, y: float) -> None:
    with pytest.raises(places.OffThePicture):
        Place("portrait", x, y)


@pytest.fixture
def office() -> Office:
    return make_office(reviews_cards=True)


@pytest.fixture
def sent(office: Office) -> Card:
    card = make_card(office, words="Kerja keras.", source="Peribahasa")
    actions.submit_card(card=card, by="Bayu", at=NOW)
    return card


def comment(card: Card, text: str = "Terlalu kecil", number: int = 1, place: Place | None = EYE) -> CardComment:
    return actions.comment_on(card=card, number=number, text=text, place=place, by="Sari", author=None, at=NOW)


@pytest.mark.django_db
def test_each_sending_is_a_version_that_stays_as_it_was(sent: Card) -> None:
    first = queries.picture_of(sent)
    actions.return_card(card=sent, note="Ganti katanya.", by="Sari", at=NOW)
    actions.save_draft(card=sent, at=NOW, words="Kerja cerdas.")
    actions.submit_card(card=sent, by="Bayu", at=NOW + timedelta(hours=1))

    new, old = queries.sent_versions(sent)

    assert (old.number, old.words, old.source, old.sent_by, old.sent_at) == (
        1,
        "Kerja keras.",
        "Peribahasa",
        "Bayu",
        NOW,
    )
    assert (old.verdict, old.decided_by, old.note) == ("returned", "Sari", "Ganti katanya.")
    assert (new.number, new.words, new.verdict) == (2, "Kerja cerdas.", "")
    assert {picture.size for picture in old.pictures.all()} == {"portrait", "square", "story"}
    assert first in [picture.record for picture in old.pictures.all()]
    assert first not in [picture.record for picture in new.pictures.all()]


@pytest.mark.django_db
def test_a_card_goes_back_with_comments_alone(sent: Card) -> None:
    comment(sent)
    comment(sent, "Bagus sekali", place=None)

    actions.return_card(card=sent, note="", by="Sari", at=NOW)

    numbers = [(one.number, one.size, one.x, one.y) for one in CardComment.objects.order_by("number")]
    assert numbers == [(1, "portrait", 0.25, 0.75), (2, "", None, None)]
    assert Card.objects.get().state == Card.State.RETURNED
    assert Task.objects.get(pk=sent.task_id).closed_at is None
    said = [entry.action for entry in AuditEntry.objects.filter(subject=f"card:{sent.pk}").order_by("pk")]
    assert said == ["card.submitted", "card.commented", "card.commented", "card.returned"]


@pytest.mark.django_db
def test_who_looked_at_an_older_version_is_told(sent: Card) -> None:
    actions.submit_card(card=sent, by="Bayu", at=NOW + timedelta(minutes=5))

    with pytest.raises(actions.NewerVersion):
        comment(sent, number=1)
    with pytest.raises(actions.NewerVersion):
        actions.approve_card(card=sent, number=1, by="Sari", at=NOW)
    with pytest.raises(actions.NewerVersion):
        actions.return_card(card=sent, number=1, note="Ganti", by="Sari", at=NOW)

    assert Card.objects.get().state == Card.State.SUBMITTED
    assert not CardComment.objects.exists()


@pytest.mark.django_db
def test_what_somebody_asked_for_is_not_approved_over_by_accident(sent: Card) -> None:
    asked = comment(sent)

    with pytest.raises(actions.CommentsOpen):
        actions.approve_card(card=sent, by="Rina", at=NOW)
    actions.settle_comment(comment=asked, is_done=True, by="Rina", at=NOW)
    actions.approve_card(card=sent, by="Rina", at=NOW)

    assert CardVersion.objects.get().verdict == "approved"


@pytest.mark.django_db
def test_a_comment_is_made_and_taken_back_only_while_the_card_waits(sent: Card) -> None:
    kept, dropped = comment(sent), comment(sent, "Salah tempat")
    actions.take_back_comment(comment=dropped, by="Sari", at=NOW)
    actions.return_card(card=sent, note="", by="Sari", at=NOW)

    with pytest.raises(actions.AlreadyReviewed):
        comment(sent, "Satu lagi")
    with pytest.raises(actions.AlreadyReviewed):
        actions.take_back_comment(comment=kept, by="Sari", at=NOW)
    with pytest.raises(actions.NothingSaid):
        comment(sent, "  ")

    assert list(CardComment.objects.all()) == [kept]


@pytest.mark.django_db
def test_a_comment_is_ticked_once_and_opened_again(sent: Card) -> None:
    asked = comment(sent)

    for _twice in range(2):
        actions.settle_comment(comment=asked, is_done=True, by="Bayu", at=NOW)
    assert (asked.done_by, asked.done_at) == ("Bayu", NOW)
    actions.settle_comment(comment=asked, is_done=False, by="Bayu", at=NOW)

    assert (asked.done_by, asked.done_at) == ("", None)
    assert AuditEntry.objects.filter(action="card.comment_done").count() == 1


@pytest.mark.django_db
def test_nobody_approves_their_own_card_while_somebody_else_can(office: Office, sent: Card) -> None:
    writer = sent.holder
    assert writer is not None
    colleague = make_employee(office, roles=("humas",))

    with pytest.raises(actions.OwnCard):
        actions.approve_card(card=sent, reviewer=writer, by=writer.name, at=NOW)
    colleague.roles.all().delete()
    actions.approve_card(card=sent, reviewer=writer, by=writer.name, at=NOW)

    assert Card.objects.get().state == Card.State.APPROVED


@pytest.mark.django_db
def test_the_database_keeps_pins_on_the_picture(sent: Card) -> None:
    version = CardVersion.objects.get()
    for place in ({"size": "portrait", "x": 1.2, "y": 0.5}, {"size": "portrait"}, {"size": "", "x": 0.5, "y": 0.5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CardComment.objects.create(version=version, number=1, text="x", made_at=NOW, made_by="Sari", **place)


@pytest.mark.django_db
def test_a_card_handed_over_after_it_came_back_begins_anew(sent: Card) -> None:
    comment(sent)
    actions.return_card(card=sent, note="Ganti", by="Sari", at=NOW)
    task = Task.objects.get(pk=sent.task_id)
    task.owner = make_employee(sent.office)
    task.save()

    fresh = actions.card_for(task=task, at=NOW)

    assert (fresh.state, fresh.review_note, fresh.words) == (Card.State.DRAFT, "", "")
    assert queries.returned_version(fresh) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("own", "expected"), [("", "Makin besar tugas"), ("Kapal di laut.", "Kapal di laut.")])
def test_the_alternative_text_follows_the_words_unless_somebody_wrote_it(
    office: Office, own: str, expected: str
) -> None:
    card = make_card(office, words="Besar kapal, besar gelombang.", alt_text=own)
    actions.submit_card(card=card, by="Bayu", at=NOW)
    actions.return_card(card=card, note="Tambah artinya.", by="Sari", at=NOW)
    told = card.alt_text  # as the form shows it, and sends it back

    actions.save_draft(card=card, at=NOW, words="Makin besar tugas, makin besar cobaannya.", alt_text=told)
    actions.submit_card(card=card, by="Bayu", at=NOW + timedelta(hours=1))

    assert expected in card.alt_text
    assert card.versions.get(number=2).alt_text == card.alt_text


@pytest.mark.django_db
def test_what_waits_is_known_with_its_version_and_its_call(office: Office, sent: Card) -> None:
    [fresh] = queries.reviews_of(office, at=NOW)
    [late] = queries.reviews_of(office, at=NOW + timedelta(days=1, hours=2))
    office.reviews_cards = False

    assert (fresh.version, fresh.call, fresh.is_late) == (CardVersion.objects.get().pk, None, False)
    assert (late.call, late.is_late) == (Call.FIRST, True)
    assert queries.reviews_of(office, at=NOW) == []
