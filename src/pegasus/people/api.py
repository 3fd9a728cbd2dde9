from datetime import date
from http import HTTPStatus
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from pegasus.kernel import clock
from pegasus.kernel.text import clean_line
from pegasus.people import actions, queries
from pegasus.people.bearer import ApiRequest, Pages, Plain, only
from pegasus.people.models import Absence, Employee, Exemption

router = Router(tags=["Pegawai"])
AbsenceKind = Literal["leave", "trip", "sick", "training", "other"]
Key = Annotated[int, Path(ge=1, le=2**63 - 1)]


class OfficeOut(Schema):
    """A satker."""

    code: str
    name: str
    timezone: str


class MeOut(Schema):
    """The person behind the key."""

    id: int
    name: str
    full_name: str
    team: str
    office: OfficeOut
    roles: list[str]


class EmployeeOut(Schema):
    """A pegawai as the keepers of the list see one; the phone is masked here as on every page."""

    id: int
    name: str
    full_name: str
    team: str
    position: str
    email: str
    phone: str = Field(description="Disamarkan")
    roles: list[str]
    active_from: date
    active_until: date | None

    @staticmethod
    def resolve_phone(employee: Employee) -> str:
        """Hide the middle."""
        return employee.masked_phone

    @staticmethod
    def resolve_roles(employee: Employee) -> list[str]:
        """Return the roles that the query brought along: those of today."""
        return sorted({held.role for held in employee.roles.all()})


class AbsenceIn(Schema):
    """Days on which somebody is away, both included."""

    employee: int = Field(ge=1, le=2**63 - 1)
    kind: AbsenceKind = "leave"
    starts_on: date
    ends_on: date
    note: Plain = Field("", max_length=200)


class AbsenceOut(Schema):
    """Days on which somebody is away."""

    id: int
    employee: int = Field(alias="employee_id")
    name: str = Field(alias="employee.name")
    kind: AbsenceKind
    starts_on: date
    ends_on: date
    note: str


class ExemptionOut(Schema):
    """Days on which somebody takes no turns; without a last day until it is ended."""

    id: int
    employee: int = Field(alias="employee_id")
    name: str = Field(alias="employee.name")
    reason: str
    starts_on: date
    ends_on: date | None


@router.get("/me", response=MeOut, summary="Pemilik token")
def me(request: ApiRequest) -> MeOut:
    """Tell whose key this is, and which roles it opens."""
    actor = request.auth
    return MeOut(
        id=actor.employee.pk,
        name=actor.name,
        full_name=actor.employee.full_name,
        team=actor.employee.team,
        office=OfficeOut(code=actor.office.code, name=actor.office.name, timezone=actor.office.timezone),
        roles=sorted(actor.roles),
    )


@router.get("/employees", response=list[EmployeeOut], summary="Daftar pegawai")
@paginate(Pages)
def employees(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=80)] = "",
    team: Annotated[str, Query(max_length=80)] = "",
    left: bool = False,  # noqa: FBT001, FBT002 - a switch of the address
) -> QuerySet[Employee]:
    """Return who works in the office, or who has left; for CA and administrator."""
    only(request.auth, *queries.KEEPERS)
    office = request.auth.office
    return queries.search(
        office, words=clean_line(q), team=clean_line(team), left=left, on=clock.today(office.timezone)
    )


@router.get("/employees/{int:pk}", response=EmployeeOut, summary="Seorang pegawai")
def employee(request: ApiRequest, pk: Key) -> Employee:
    """Return one person of the office; for CA and administrator."""
    only(request.auth, *queries.KEEPERS)
    office = request.auth.office
    return get_object_or_404(queries.with_roles(queries.employees_of(office), clock.today(office.timezone)), pk=pk)


@router.get("/exemptions", response=list[ExemptionOut], summary="Pegawai yang tidak ikut giliran")
@paginate(Pages)
def exemptions(request: ApiRequest) -> QuerySet[Exemption]:
    """Return who takes no turns today or from a coming day on; for CA and administrator."""
    only(request.auth, *queries.KEEPERS)
    office = request.auth.office
    return queries.standing_exemptions(office, on=clock.today(office.timezone))


@router.get("/absences", response=list[AbsenceOut], summary="Ketidakhadiran")
@paginate(Pages)
def absences(
    request: ApiRequest,
    first: date | None = None,
    last: date | None = None,
    employee: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
) -> QuerySet[Absence]:
    """Return the absences that touch the days from `first` to `last`; for CA and administrator."""
    only(request.auth, *queries.KEEPERS)
    found = queries.absences_of(request.auth.office, first or date.min, last or date.max)
    return found if employee is None else found.filter(employee_id=employee)


@router.post("/absences", response={201: AbsenceOut}, summary="Catat ketidakhadiran")
def add_absence(request: ApiRequest, given: AbsenceIn) -> Status[Absence]:
    """Write down that somebody is away; for CA and administrator."""
    only(request.auth, *queries.KEEPERS)
    person = get_object_or_404(queries.employees_of(request.auth.office), pk=given.employee)
    try:
        absence = actions.add_absence(
            employee=person,
            kind=given.kind,
            starts_on=given.starts_on,
            ends_on=given.ends_on,
            note=given.note,
            by=request.auth.name,
            at=clock.now(),
        )
    except actions.Anonymised:
        text = _("Orang ini sudah dilupakan; tidak ada lagi yang dicatat tentangnya.")
        raise HttpError(HTTPStatus.CONFLICT, text) from None
    except actions.AbsenceBackwards:
        text = _("Hari terakhir harus sama dengan atau sesudah hari pertama.")
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, text) from None
    except actions.AbsenceOutOfTime:
        text = _("Tahunnya harus antara 1970 dan 2100.")
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, text) from None
    return Status(201, absence)


@router.delete("/absences/{int:pk}", response={204: None}, summary="Hapus ketidakhadiran")
def remove_absence(request: ApiRequest, pk: Key) -> HttpResponse:
    """Take days away back; for CA and administrator."""
    only(request.auth, *queries.KEEPERS)
    absence = get_object_or_404(queries.absences_in(request.auth.office), pk=pk)
    actions.remove_absence(absence=absence, by=request.auth.name, at=clock.now())
    return HttpResponse(status=204)
