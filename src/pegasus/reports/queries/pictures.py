"""The pictures of a report's attachment: the cards, and the screenshots that prove their posting."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pegasus.cards.models import CardPicture
from pegasus.kernel import dates
from pegasus.reports.domain.contents import PictureFact, PostFact
from pegasus.reports.domain.figures import DutyFact, TaskFact
from pegasus.reports.models import Report
from pegasus.sop.models import Evidence

PLACES = {"group": "Grup WhatsApp kantor", "instagram": "Instagram"}


def of(
    report: Report, facts: list[TaskFact], evidence: list[Evidence]
) -> tuple[tuple[PictureFact, ...], tuple[PictureFact, ...]]:
    """Return the cards and the screenshots of a quarterly report; a semester report stands on those reports."""
    if report.kind == Report.Kind.SEMESTER:
        return (), ()
    return _cards(report, facts), _screenshots(facts, evidence)


def _cards(report: Report, facts: list[TaskFact]) -> tuple[PictureFact, ...]:
    pictures = (
        CardPicture.objects.filter(card__office=report.office, card__task__in=[fact.pk for fact in facts])
        .select_related("card", "record")
        .order_by("card__shown_on", "card_id", "size")
    )
    best: dict[int, CardPicture] = {}
    for picture in pictures:
        if picture.card_id not in best or picture.size == "portrait":
            best[picture.card_id] = picture
    return tuple(
        PictureFact(
            record=picture.record_id,
            sha256=picture.record.sha256,
            title=picture.card.name,
            detail=dates.full_date(picture.card.shown_on),
            alt=picture.card.alt_text.strip() or f"Kartu {picture.card.name}: {picture.card.words}".strip(": "),
        )
        for picture in best.values()
    )


def _screenshots(facts: list[TaskFact], evidence: list[Evidence]) -> tuple[PictureFact, ...]:
    by_pk = {fact.pk: fact for fact in facts}
    links = {item.task_id: item.url for item in evidence if item.kind == Evidence.Kind.LINK and item.url}
    shots = [item for item in evidence if item.kind == Evidence.Kind.SCREENSHOT and item.record]
    shots.sort(key=lambda item: (by_pk[item.task_id].opens_at, item.task_id, item.pk))
    return tuple(
        PictureFact(
            record=item.record.pk,
            sha256=item.record.sha256,
            title=PLACES.get(by_pk[item.task_id].part, "Bukti"),
            detail=f"{by_pk[item.task_id].owner or item.by}, {dates.long_date(by_pk[item.task_id].due_at)}",
            alt=item.record.title,
            link=links.get(item.task_id, ""),
        )
        for item in shots
        if item.record
    )


def posts(
    report: Report, facts: list[TaskFact], evidence: list[Evidence], turns: Mapping[str, DutyFact]
) -> tuple[PostFact, ...]:
    """Return every address of a post that was given as proof, by posting day; the last one given counts."""
    if report.kind == Report.Kind.SEMESTER:
        return ()
    zone = ZoneInfo(report.office.timezone)
    by_pk = {fact.pk: fact for fact in facts}
    found = {item.task_id: item.url for item in evidence if item.kind == Evidence.Kind.LINK and item.url}
    every = [
        PostFact(
            posts_on=turn.posts_on if turn else fact.due_at.astimezone(zone).date(),
            name=turn.name if turn else fact.label or fact.owner,
            place=PLACES.get(fact.part, "Bukti"),
            url=url,
        )
        for task, url in found.items()
        for fact in (by_pk[task],)
        for turn in (turns.get(fact.subject),)
    ]
    return tuple(sorted(every, key=lambda post: (post.posts_on, post.name, post.place, post.url)))
