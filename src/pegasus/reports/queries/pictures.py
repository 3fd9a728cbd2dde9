"""The pictures of a report's attachment: the cards, and the screenshots that prove their posting."""

from pegasus.cards.models import CardPicture
from pegasus.publishing.domain import dates
from pegasus.reports.domain.contents import PictureFact
from pegasus.reports.domain.figures import TaskFact
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
    shots = [item for item in evidence if item.kind == Evidence.Kind.SCREENSHOT and item.record]
    shots.sort(key=lambda item: (by_pk[item.task_id].opens_at, item.task_id, item.pk))
    return tuple(
        PictureFact(
            record=item.record.pk,
            sha256=item.record.sha256,
            title=PLACES.get(by_pk[item.task_id].part, "Bukti"),
            detail=f"{by_pk[item.task_id].owner or item.by}, {dates.long_date(by_pk[item.task_id].due_at)}",
            alt=item.record.title,
        )
        for item in shots
        if item.record
    )
