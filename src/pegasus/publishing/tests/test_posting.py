from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.models import Record
from pegasus.kernel.models import AuditEntry
from pegasus.publishing import actions, likeness, queries
from pegasus.publishing.domain.permalinks import NotAPermalink
from pegasus.publishing.models import Publication
from pegasus.publishing.tests.builders import make_card, make_sop, picture
from pegasus.sop.models import Evidence
from pegasus.typeset.pictures import PictureRefused

pytestmark = pytest.mark.django_db
LINK = "https://www.instagram.com/p/DRabc_12/"


@pytest.fixture
def publications() -> tuple[Publication, Publication]:
    card = make_card(make_sop(make_office()))
    group, instagram = actions.publications_for(card=card, at=NOW)
    return group, instagram


def test_a_card_goes_to_the_group_and_to_instagram() -> None:
    card = make_card(make_sop(make_office()))

    first = actions.publications_for(card=card, at=NOW)
    again = actions.publications_for(card=card, at=NOW)

    assert [publication.place for publication in first] == ["group", "instagram"]
    assert again == first


def test_opening_proves_nothing(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications

    actions.open_publication(publication=group, at=NOW)

    assert group.state == Publication.State.OPENED
    assert group.task.closed_at is None
    assert group.task.evidence.count() == 0


def test_a_named_word_closes_the_task_and_stays_as_evidence(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications

    actions.confirm(publication=group, by="Sari", at=NOW, note="Sudah di grup")

    group.task.refresh_from_db()
    assert (group.state, group.posted_by, group.task.closed_at) == (Publication.State.CONFIRMED, "Sari", NOW)
    assert group.task.evidence.get().kind == Evidence.Kind.CONFIRMATION
    assert group.caption == queries.caption(group.card, "group")
    assert AuditEntry.objects.filter(action="publication.confirmed", actor="Sari").count() == 1


def test_confirming_twice_says_so_and_changes_nothing(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications
    actions.confirm(publication=group, by="Sari", at=NOW, note="Terlihat di grup")

    with pytest.raises(actions.AlreadyPosted):
        actions.confirm(publication=group, by="Bayu", at=NOW, note="Terlihat di grup")

    group.refresh_from_db()
    assert (group.posted_by, group.task.evidence.count()) == ("Sari", 1)


def test_a_screenshot_is_kept_as_a_record_and_closes_the_task(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications

    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture(words=group.card.words))

    group.refresh_from_db()
    assert group.state == Publication.State.PROVEN
    assert group.screenshot is not None
    assert (group.screenshot.kind, group.screenshot.subject) == ("screenshot", group.task.subject)
    assert group.task.evidence.get().record == group.screenshot
    assert group.task.closed_at == NOW
    assert group.looks_right is True


OTHER = ("#3a7a4f", "Lain sekali")


def other_picture() -> bytes:
    return picture(OTHER[0], words=OTHER[1])


def blank() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1080, 1350), "white").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("shot", [other_picture, blank])
def test_a_screenshot_of_something_else_closes_nothing_and_is_kept(
    publications: tuple[Publication, Publication], shot: Callable[[], bytes]
) -> None:
    group, _ = publications

    actions.prove(publication=group, by="Sari", at=NOW, screenshot=shot())

    group.task.refresh_from_db()
    assert (group.state, group.looks_right, group.posted_at) == (Publication.State.DOUBTFUL, False, None)
    assert group.task.closed_at is None
    assert group.task.evidence.get().text == "Belum tentu memuat kartu ini."
    assert [one.pk for one in queries.proofs_in_doubt(group.office)] == [group.pk]
    assert AuditEntry.objects.filter(action="publication.doubted", actor="Sari").count() == 1


def test_a_doubtful_screenshot_is_replaced_by_whoever_sent_it(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=other_picture())

    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture(words=group.card.words))

    assert (group.state, group.is_in_doubt) == (Publication.State.PROVEN, False)
    assert [item.replaced_at for item in group.task.evidence.order_by("pk")] == [NOW, None]
    assert queries.proofs_in_doubt(group.office) == []


def test_a_proof_that_stands_can_be_replaced_and_keeps_its_moment(
    publications: tuple[Publication, Publication],
) -> None:
    _, instagram = publications
    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK)

    actions.prove(
        publication=instagram, by="Sari", at=NOW + timedelta(days=1), permalink="https://www.instagram.com/p/DRother/"
    )

    assert instagram.permalink == "https://www.instagram.com/p/DRother/"
    assert (instagram.posted_by, instagram.posted_at) == ("Humas", NOW)
    assert [(item.url, item.replaced_at is None) for item in instagram.task.evidence.order_by("pk")] == [
        (LINK, False),
        ("https://www.instagram.com/p/DRother/", True),
    ]


def test_the_ca_takes_a_doubtful_screenshot_for_good_and_says_why(
    publications: tuple[Publication, Publication],
) -> None:
    group, _ = publications
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=other_picture())

    actions.accept_proof(publication=group, by="Citra", at=NOW, note="Kartu terlihat sebagian")

    group.task.refresh_from_db()
    assert (group.state, group.posted_by, group.checked_by) == (Publication.State.CONFIRMED, "Citra", "Citra")
    assert (group.looks_right, group.is_in_doubt, group.task.closed_at) == (False, False, NOW)
    assert "Kartu terlihat sebagian" in group.task.evidence.get(kind=Evidence.Kind.CONFIRMATION).text
    assert AuditEntry.objects.get(action="publication.accepted").after["note"] == "Kartu terlihat sebagian"
    with pytest.raises(actions.NothingInDoubt):
        actions.accept_proof(publication=group, by="Citra", at=NOW, note="Lagi")


def test_a_word_after_a_doubtful_screenshot_counts_and_the_doubt_stays(
    publications: tuple[Publication, Publication],
) -> None:
    group, _ = publications
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=other_picture())

    actions.confirm(publication=group, by="Sari", at=NOW, note="Sudah saya kirim")

    assert (group.state, group.is_in_doubt) == (Publication.State.CONFIRMED, True)
    assert [one.pk for one in queries.proofs_in_doubt(group.office)] == [group.pk]


@pytest.mark.parametrize("word", ["confirm", "accept_proof"])
def test_a_word_that_says_nothing_is_no_proof(publications: tuple[Publication, Publication], word: str) -> None:
    group, _ = publications
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=other_picture())

    with pytest.raises(actions.WordNeeded):
        getattr(actions, word)(publication=group, by="Sari", at=NOW, note="  ")

    group.task.refresh_from_db()
    assert group.task.closed_at is None


def test_one_address_proves_one_card(publications: tuple[Publication, Publication]) -> None:
    _, instagram = publications
    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK)
    writer = make_employee(instagram.office, name="Bayu")
    card = make_card(instagram.task.activity.version, writer, seat=2, words="Kata yang lain")
    second = actions.publications_for(card=card, at=NOW)[1]

    with pytest.raises(actions.AddressUsed) as refusal:
        actions.prove(publication=second, by="Humas", at=NOW, permalink=f"Lihat {LINK}?igsh=2")

    assert refusal.value.card == instagram.card
    second.refresh_from_db()
    assert (second.state, second.permalink) == (Publication.State.WAITING, "")


def test_another_offices_address_is_its_own(publications: tuple[Publication, Publication]) -> None:
    _, instagram = publications
    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK)
    elsewhere = actions.publications_for(card=make_card(make_sop(make_office())), at=NOW)[1]

    actions.prove(publication=elsewhere, by="Humas", at=NOW, permalink=LINK)

    assert elsewhere.permalink == LINK


def test_the_database_keeps_one_card_per_address(publications: tuple[Publication, Publication]) -> None:
    group, instagram = publications
    Publication.objects.filter(pk=group.pk).update(permalink=LINK)

    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=instagram.pk).update(permalink=LINK)


def test_one_screenshot_proves_one_post(publications: tuple[Publication, Publication]) -> None:
    group, instagram = publications
    shot = picture(words=group.card.words)
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=shot)
    before = Record.objects.count()

    with pytest.raises(actions.ScreenshotUsed) as refusal:
        actions.prove(publication=instagram, by="Humas", at=NOW, screenshot=shot)

    assert (refusal.value.place, Record.objects.count()) == ("group", before)
    instagram.task.refresh_from_db()
    assert instagram.task.closed_at is None


def test_one_screenshot_proves_one_post_even_when_both_come_at_once(
    publications: tuple[Publication, Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    group, instagram = publications
    shot = picture(words=group.card.words)
    look = likeness.may_show

    def meanwhile(shown: bytes, card: bytes) -> bool:
        monkeypatch.setattr(likeness, "may_show", look)
        actions.prove(publication=group, by="Sari", at=NOW, screenshot=shot)
        return look(shown, card)

    monkeypatch.setattr(likeness, "may_show", meanwhile)
    with pytest.raises(actions.ScreenshotUsed):
        actions.prove(publication=instagram, by="Humas", at=NOW, screenshot=shot)

    instagram.task.refresh_from_db()
    assert (instagram.task.closed_at, Record.objects.filter(kind="screenshot").count()) == (None, 1)


def test_a_screenshot_that_was_replaced_meanwhile_is_not_accepted(
    publications: tuple[Publication, Publication],
) -> None:
    group, _ = publications
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture("#3a7a4f", words="Lain sekali"))
    seen = Publication.objects.get(pk=group.pk)
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture("#7a3a4f", words="Lain lagi"))

    with pytest.raises(actions.NothingInDoubt):
        actions.accept_proof(publication=seen, by="Citra", at=NOW, note="Terlihat")


def test_a_permalink_proves_the_post_on_instagram(publications: tuple[Publication, Publication]) -> None:
    _, instagram = publications

    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK + "?igsh=1")

    assert (instagram.state, instagram.permalink) == (Publication.State.PROVEN, LINK)
    assert instagram.task.evidence.get().url == LINK


def test_a_proof_after_a_word_keeps_who_said_it_first(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications
    actions.confirm(publication=group, by="Sari", at=NOW, note="Terlihat di grup")

    actions.prove(
        publication=group, by="Change Agent", at=NOW + timedelta(hours=1), screenshot=picture(words=group.card.words)
    )

    group.task.refresh_from_db()
    assert (group.state, group.posted_by, group.task.closed_at) == (Publication.State.PROVEN, "Sari", NOW)
    assert group.task.evidence.count() == 2


def test_proving_twice_says_so(publications: tuple[Publication, Publication]) -> None:
    _, instagram = publications
    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK)

    with pytest.raises(actions.AlreadyPosted):
        actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK)

    assert instagram.task.evidence.count() == 1


def test_a_stale_copy_cannot_prove_twice_either(publications: tuple[Publication, Publication]) -> None:
    _, instagram = publications
    stale = Publication.objects.get(pk=instagram.pk)
    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK)

    with pytest.raises(actions.AlreadyPosted):
        actions.prove(publication=stale, by="Humas", at=NOW, permalink=LINK)

    assert instagram.task.evidence.count() == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, actions.NothingToProve),
        ({"permalink": "https://evil.example/p/DRabc/"}, NotAPermalink),
        ({"screenshot": b"no picture"}, PictureRefused),
        ({"screenshot": b"no picture", "permalink": LINK}, PictureRefused),
    ],
)
def test_a_bad_proof_leaves_everything_as_it_was(
    publications: tuple[Publication, Publication], given: dict[str, object], refusal: type[Exception]
) -> None:
    _, instagram = publications
    before = Record.objects.count()

    with pytest.raises(refusal):
        actions.prove(publication=instagram, by="Humas", at=NOW, **given)  # type: ignore[arg-type] # as given

    instagram.refresh_from_db()
    assert (instagram.state, instagram.task.closed_at) == (Publication.State.WAITING, None)
    assert Record.objects.count() == before


def test_nothing_is_posted_before_its_day(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications
    early = group.task.opens_at - timedelta(seconds=1)

    for deed in (
        lambda: actions.open_publication(publication=group, at=early),
        lambda: actions.confirm(publication=group, by="Sari", at=early, note="Terlihat di grup"),
        lambda: actions.prove(publication=group, by="Sari", at=early, permalink=LINK),
    ):
        with pytest.raises(actions.NotYetTime):
            deed()

    assert group.state == Publication.State.WAITING


def test_another_offices_publications_stay_behind_the_door(publications: tuple[Publication, Publication]) -> None:
    other = make_office()

    assert list(queries.publications_of(other)) == []
    assert queries.posting_of(other, publications[0].task.subject) is None


@pytest.mark.parametrize("cards", [1, 4])
def test_postings_cost_the_same_however_many(cards: int, django_assert_num_queries: object) -> None:
    version = make_sop(make_office())
    office = version.procedure.programme.office
    for seat in range(1, cards + 1):
        card = make_card(version, make_employee(office), seat=seat)
        actions.confirm(
            publication=actions.publications_for(card=card, at=NOW)[0], by="Sari", at=NOW, note="Terlihat di grup"
        )
    subjects = queries.subjects_waiting(office, until=NOW)

    with django_assert_num_queries(5):  # type: ignore[operator] # pytest-django's fixture
        found = queries.postings(office, subjects)

    assert len(found) == cards
    assert all(posting.is_ready and not posting.is_done for posting in found)
