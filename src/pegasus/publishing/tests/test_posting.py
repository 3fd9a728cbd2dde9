from datetime import timedelta

import pytest
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.models import Record
from pegasus.kernel.models import AuditEntry
from pegasus.publishing import actions, queries
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
    actions.confirm(publication=group, by="Sari", at=NOW)

    with pytest.raises(actions.AlreadyPosted):
        actions.confirm(publication=group, by="Bayu", at=NOW)

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


def test_a_screenshot_of_something_else_is_taken_with_a_hint(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications

    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture("#3a7a4f", words="Lain sekali"))

    assert (group.state, group.looks_right) == (Publication.State.PROVEN, False)


def test_a_permalink_proves_the_post_on_instagram(publications: tuple[Publication, Publication]) -> None:
    _, instagram = publications

    actions.prove(publication=instagram, by="Humas", at=NOW, permalink=LINK + "?igsh=1")

    assert (instagram.state, instagram.permalink) == (Publication.State.PROVEN, LINK)
    assert instagram.task.evidence.get().url == LINK


def test_a_proof_after_a_word_keeps_who_said_it_first(publications: tuple[Publication, Publication]) -> None:
    group, _ = publications
    actions.confirm(publication=group, by="Sari", at=NOW)

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
        lambda: actions.confirm(publication=group, by="Sari", at=early),
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
        actions.confirm(publication=actions.publications_for(card=card, at=NOW)[0], by="Sari", at=NOW)
    subjects = queries.subjects_waiting(office, until=NOW)

    with django_assert_num_queries(5):  # type: ignore[operator] # pytest-django's fixture
        found = queries.postings(office, subjects)

    assert len(found) == cards
    assert all(posting.is_ready and not posting.is_done for posting in found)
