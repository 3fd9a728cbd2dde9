from http import HTTPStatus
from typing import Annotated, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.errors import HttpError
from ninja.pagination import paginate

from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.bearer import ApiRequest, Pages, only
from pegasus.roster import actions, contrasts, evenness, feeds, listing, queries, reasons
from pegasus.roster.api_shapes import (
    DutyOut,
    FairnessOut,
    FeedsOut,
    HandOverIn,
    HolderOut,
    LevelOut,
    LineOut,
    PersonOut,
    PlaceOut,
    RosterOut,
    SwapOut,
    SwapState,
    Verdict,
    WeekOut,
    WeekState,
    WhyNotOut,
)
from pegasus.roster.models import Duty, Roster, Swap
from pegasus.roster.periods import period_asked

router = Router(tags=["Jadwal"])
Key = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("/rosters", response=list[RosterOut], summary="Versi jadwal yang terbit")
@paginate(Pages)
def rosters(request: ApiRequest) -> QuerySet[Roster]:
    """Return the published versions, the newest period first."""
    return queries.published_rosters(request.auth.office)


@router.get("/weeks", response=list[WeekOut], summary="Minggu satu periode dengan petugas dan alasannya")
def weeks(
    request: ApiRequest, period: Annotated[str | None, Query(pattern="^[0-9]{4}[QS][1-4]$")] = None
) -> list[WeekOut]:
    """Return the weeks of a period such as `2026Q4` as they stand; of the running one when none is named."""
    office = request.auth.office
    today = clock.today(office.timezone)
    span = period_asked(office, period, today)
    rows = listing.published_rows(office, span.starts_on, span.ends_on, today)
    return [
        WeekOut(
            starts_on=row.starts_on,
            posts_on=row.posts_on,
            state=cast("WeekState", row.state),
            people=[_place(seat, seat.duty) for seat in row.seats if seat.duty is not None],
        )
        for row in rows
    ]


def _place(seat: listing.Seat, duty: Duty) -> PlaceOut:
    return PlaceOut(
        duty=duty.pk,
        seat=seat.seat,
        person=PersonOut.from_orm(seat.person),
        reasons=[str(why) for why in seat.why],
        asks_for_substitute=seat.asks,
    )


@router.get("/duties/{int:pk}", response=DutyOut, summary="Satu giliran dengan riwayatnya")
def duty(request: ApiRequest, pk: Key) -> DutyOut:
    """Return one duty: who holds it, who held it and why."""
    return _duty(get_object_or_404(queries.all_duties_of(request.auth.office).select_related("office"), pk=pk))


def _duty(found: Duty) -> DutyOut:
    names = listing.names_of(found.office)
    return DutyOut(
        id=found.pk,
        starts_on=found.starts_on,
        posts_on=found.posts_on,
        seat=found.seat,
        sequence=found.sequence,
        cancelled=found.cancelled_at is not None,
        holder=PersonOut.from_orm(found.holder) if found.holder else None,
        history=[
            HolderOut(
                person=PersonOut.from_orm(held.employee),
                held_from=held.held_from,
                held_until=held.held_until,
                by=held.by,
                reasons=[str(why) for why in reasons.of_holder(held.reason, names)],
            )
            for held in queries.history_of(found)
        ],
    )


@router.get("/duties/{int:pk}/why-not/{int:employee}", response=WhyNotOut, summary="Mengapa bukan orang lain")
def why_not(request: ApiRequest, pk: Key, employee: Key) -> WhyNotOut:
    """Say why the holder of a duty serves and not a named other, and what would change it."""
    office = request.auth.office
    duties = queries.duties_of(office).select_related("office", "holder").exclude(holder=None)
    found = get_object_or_404(duties, pk=pk)
    everybody = {one.pk: one for one in people.employees_of(office)}
    other = everybody.get(employee)
    try:
        place = contrasts.place_of_duty(found, clock.now())
    except contrasts.NoSuchPlace:
        raise Http404 from None
    if other is None:
        raise Http404
    if other == place.holder:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, _("Pilih orang lain: dialah yang dipilih jadwal."))
    names = {key: one.name for key, one in everybody.items()}
    answer = contrasts.told(place, other, names, with_turning=True)
    return WhyNotOut(
        holder=PersonOut.from_orm(place.holder),
        other=PersonOut.from_orm(other),
        verdict=cast("Verdict", answer.verdict),
        proven=answer.proven,
        basis_at=answer.basis_at,
        sentences=list(answer.sentences),
        turning=list(answer.turning),
        since=list(answer.since),
        levels=[LevelOut(name=name, made=made, other=value) for name, made, value in answer.levels],
    )


@router.post("/duties/{int:pk}/holder", response=DutyOut, summary="Serahkan giliran kepada pengganti")
def hand_over(request: ApiRequest, pk: Key, given: HandOverIn) -> DutyOut:
    """Appoint a substitute who has agreed; for CA and administrator."""
    only(request.auth, *people.KEEPERS)
    office = request.auth.office
    found = get_object_or_404(queries.all_duties_of(office).select_related("office"), pk=pk)
    to = get_object_or_404(people.employees_of(office), pk=given.employee)
    try:
        actions.reassign_duty(duty=found, to=to, by=request.auth.name, at=clock.now(), reason=given.reason)
    except actions.CannotTakeOver:
        text = _("Pegawai ini sedang tidak di kantor atau sudah bertugas pada minggu itu.")
        raise HttpError(HTTPStatus.CONFLICT, text) from None
    except actions.HolderChanged:
        text = _("Petugasnya baru saja diganti oleh orang lain; periksa lagi sebelum mengubah.")
        raise HttpError(HTTPStatus.CONFLICT, text) from None
    except actions.DutyIsOver:
        text = _("Hari tayangnya sudah lewat; petugasnya tidak dapat diganti lagi.")
        raise HttpError(HTTPStatus.CONFLICT, text) from None
    return _duty(found)


@router.get("/fairness", response=FairnessOut, summary="Pemerataan giliran")
def fairness(request: ApiRequest) -> FairnessOut:
    """Return how the turns fall over everybody, by name."""
    office = request.auth.office
    found = evenness.of_office(office, clock.today(office.timezone))
    exempt = {one.employee_id: one.reason for one in found.exempt}
    return FairnessOut(
        people=[
            LineOut(
                person=PersonOut.from_orm(line.person),
                turns=line.standing.turns,
                counted=line.standing.counted,
                rest_weeks=line.rest_weeks,
                last_on=line.standing.last,
                next_on=line.standing.coming,
                exempt=exempt.get(line.person.pk),
            )
            for line in found.lines
        ],
        due_next=[PersonOut.from_orm(one) for one in found.due],
    )


@router.get("/swaps", response=list[SwapOut], summary="Permintaan pengganti")
@paginate(Pages)
def swaps(request: ApiRequest, state: SwapState | None = None) -> QuerySet[Swap]:
    """Return the wishes for a substitute: all for CA and administrator, one's own for others."""
    actor = request.auth
    found = queries.swaps_of(actor.office)
    if not actor.may(*people.KEEPERS):
        found = found.filter(from_employee=actor.employee)
    return found if state is None else found.filter(state=state)


@router.get("/feeds", response=FeedsOut, summary="Alamat kalender langganan")
def calendar_feeds(request: ApiRequest) -> FeedsOut:
    """Return the addresses that keep a calendar up to date."""
    actor = request.auth
    return FeedsOut(mine=feeds.address_for(actor.employee), office=feeds.address_of(actor.office))
