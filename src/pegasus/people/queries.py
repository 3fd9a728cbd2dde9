from datetime import date, datetime
from hashlib import sha256

from django.db.models import Prefetch, Q, QuerySet

from pegasus.kernel import tokens
from pegasus.people.domain.leave_list import Away
from pegasus.people.domain.staff_list import Known
from pegasus.people.models import (
    Absence,
    ApiToken,
    Consent,
    Correction,
    Employee,
    ImportMapping,
    Office,
    PersonalLink,
    Role,
    RoleAssignment,
    SecretAddress,
    Transfer,
)
from pegasus.people.sheets import Sheet

LINK = "personal-link"
KEEPERS = (Role.CA, Role.ADMIN)


def office_by_code(code: str) -> Office | None:
    """Return the office with a satker code."""
    return Office.objects.filter(code=code).first()


def running_offices() -> QuerySet[Office]:
    """Return the offices that periodic work looks after: all but those whose past is still being played."""
    return Office.objects.filter(is_being_made=False).order_by("pk")


def employees_of(office: Office) -> QuerySet[Employee]:
    """The only door to employees: those of one office, by name."""
    return Employee.objects.filter(office=office).order_by("name", "pk")


def active_employees(office: Office, *, on: date) -> QuerySet[Employee]:
    """Return who works in the office on a day."""
    return employees_of(office).filter(Q(active_until=None) | Q(active_until__gte=on), active_from__lte=on)


def known_people(office: Office) -> list[Known]:
    """Return everybody the office has ever had, as the matching of a staff list needs them."""
    return [
        Known(
            pk=row.pk,
            name=row.name,
            title_before=row.title_before,
            title_after=row.title_after,
            nip=row.nip,
            team=row.team,
            position=row.position,
            email=row.email,
            phone=row.phone,
            active_until=row.active_until,
        )
        for row in employees_of(office)
    ]


def search(office: Office, *, words: str, team: str, left: bool, on: date) -> QuerySet[Employee]:
    """Return the people of an office by name or team, those who are there or those who have left."""
    found = employees_of(office).filter(active_until__lt=on) if left else present_or_coming(office, on=on)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(team__icontains=word))
    if team:
        found = found.filter(team=team)
    return with_roles(found, on)


def with_roles(found: QuerySet[Employee], on: date) -> QuerySet[Employee]:
    """Bring along, as `roles`, those held on a day."""
    held = RoleAssignment.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)
    return found.prefetch_related(Prefetch("roles", held.order_by("role")))


def present_or_coming(office: Office, *, on: date) -> QuerySet[Employee]:
    """Return who has not left: also those whose first day is still to come."""
    return employees_of(office).filter(Q(active_until=None) | Q(active_until__gte=on))


def teams_of(office: Office) -> list[str]:
    """Return the names of the office's teams."""
    return sorted(employees_of(office).exclude(team="").order_by().values_list("team", flat=True).distinct())


def own_data(employee: Employee) -> dict[str, object]:
    """Return everything that is kept about a person, for the person (UU 27/2022, article 7)."""
    return {
        "nama": employee.name,
        "gelar_depan": employee.title_before,
        "gelar_belakang": employee.title_after,
        "kantor": employee.office.name,
        "nip": employee.nip,
        "tim": employee.team,
        "jabatan": employee.position,
        "email": employee.email,
        "nomor_whatsapp": employee.phone,
        "bertugas_sejak": employee.active_from,
        "bertugas_sampai": employee.active_until,
        "foto_tersimpan": bool(employee.photo),
        "persetujuan": list(
            employee.consents.order_by("given_at", "pk").values(
                "purpose", "wording_version", "wording", "given_at", "given_by", "withdrawn_at", "withdrawn_by"
            )
        ),
        "permintaan_koreksi": list(
            employee.corrections.order_by("asked_at", "pk").values(
                "field", "wanted", "reason", "state", "asked_at", "settled_at", "settled_by", "answer"
            )
        ),
        "peran": list(
            employee.roles.order_by("valid_from", "pk").values("role", "decree_number", "valid_from", "valid_until")
        ),
        "tidak_hadir": list(
            employee.absences.order_by("starts_on", "pk").values("kind", "starts_on", "ends_on", "note")
        ),
        "token_program": list(
            tokens_of(employee).values("name", "ending", "created_at", "expires_at", "last_used_at", "revoked_at")
        ),
    }


def absences_in(office: Office) -> QuerySet[Absence]:
    """The only door to absences: those of one office, with their people, by first day."""
    return Absence.objects.filter(employee__office=office).select_related("employee").order_by("starts_on", "pk")


def absences_of(office: Office, first: date, last: date) -> QuerySet[Absence]:
    """Return the office's absences that touch the days from `first` to `last`, with their people."""
    return absences_in(office).filter(starts_on__lte=last, ends_on__gte=first)


def days_away(office: Office) -> list[Away]:
    """Return all days away that the office has written down, as the reading of a leave list needs them."""
    rows = absences_in(office).values_list("employee_id", "kind", "starts_on", "ends_on")
    return [Away(*row) for row in rows]


def roles_in(office: Office) -> QuerySet[RoleAssignment]:
    """The only door to role assignments: those of one office, with their people, the oldest first."""
    return (
        RoleAssignment.objects.filter(employee__office=office)
        .select_related("employee__office")
        .order_by("valid_from", "pk")
    )


def holders_of(office: Office, role: str, *, on: date) -> QuerySet[Employee]:
    """Return who holds a role on a day; the newest assignment first."""
    held = RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), employee__office=office, role=role, valid_from__lte=on
    )
    return employees_of(office).filter(roles__in=held).order_by("-roles__valid_from", "pk")


def keepers_of(office: Office, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments by which somebody may keep the staff list on a day."""
    return RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        Q(employee__active_until=None) | Q(employee__active_until__gte=on),
        employee__office=office,
        role__in=KEEPERS,
        valid_from__lte=on,
    )


def holder_of(office: Office, role: str, *, on: date) -> Employee | None:
    """Return the one to turn to for a role, or None when nobody holds it."""
    return holders_of(office, role, on=on).first()


def role_choices(office: Office) -> list[tuple[str, str]]:
    """Return the roles with the office's own words."""
    return [(role, role_label(office, role)) for role in Role.values]


def role_label(office: Office, role: str) -> str:
    """Return the office's own word for a role."""
    return str(office.role_labels.get(role) or Role(role).label)


def token_of(link: PersonalLink) -> str:
    """Return the token that stands in the personal address `/t/<token>/`."""
    return tokens.sign(LINK, link.pk)


def link_behind(token: str, *, at: datetime) -> PersonalLink | None:
    """Return the open link behind a token; None when it is foreign, expired or revoked."""
    pk = tokens.read(LINK, token)
    if pk is None:
        return None
    return (
        PersonalLink.objects.select_related("employee__office")
        .filter(pk=pk, revoked_at=None, expires_at__gt=at)
        .first()
    )


def closed_link(token: str) -> PersonalLink | None:
    """Return the link behind a token that is ours, open or not: only to say why it opens no more, and whom to ask."""
    pk = tokens.read(LINK, token)
    if pk is None:
        return None
    return PersonalLink.objects.select_related("employee__office").filter(pk=pk).first()


def secret_token(office: Office, purpose: str, employee: Employee | None = None, *, opened: bool = True) -> str | None:
    """Return the token of a secret address as it is valid now; None while it is closed.

    `opened` says how it stands before anybody has touched it.
    """
    row = SecretAddress.objects.filter(office=office, employee=employee, purpose=purpose).first()
    if not (row.is_open if row else opened):
        return None
    return tokens.sign(_edition(purpose, row), employee.pk if employee else office.pk)


def office_behind(token: str, purpose: str, *, opened: bool = True) -> Office | None:
    """Return the office whose secret address this is, while it is open."""
    office = Office.objects.filter(pk=tokens.number(token) or 0).first()
    right = secret_token(office, purpose, opened=opened) if office else None
    return office if right is not None and tokens.same(right, token) else None


def employee_behind(token: str, purpose: str) -> Employee | None:
    """Return the person whose secret address this is, while it is open."""
    employee = Employee.objects.select_related("office").filter(pk=tokens.number(token) or 0).first()
    right = secret_token(employee.office, purpose, employee) if employee else None
    return employee if right is not None and tokens.same(right, token) else None


def _edition(purpose: str, row: SecretAddress | None) -> str:
    return f"{purpose}:{row.edition}" if row and row.edition else purpose


def digest_of(secret: str) -> str:
    """Return what is kept of a key for programs; it is long and random, so that one round is enough."""
    return sha256(secret.encode()).hexdigest()


def tokens_of(employee: Employee) -> QuerySet[ApiToken]:
    """The only door to keys for programs: those of one person, the newest first."""
    return ApiToken.objects.filter(employee=employee).order_by("-created_at", "-pk")


def open_tokens(employee: Employee, *, at: datetime) -> QuerySet[ApiToken]:
    """Return the keys that still open something."""
    return tokens_of(employee).filter(revoked_at=None, expires_at__gt=at)


def token_behind(secret: str, *, at: datetime) -> ApiToken | None:
    """Return the key behind a secret while it is valid, with its person."""
    found = ApiToken.objects.filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=at)
    return found.select_related("employee__office", "employee__user").first()


def mapping_of(office: Office, fingerprint: str) -> ImportMapping | None:
    """Return how the columns of a source were chosen last time; None when it is new or has no heading."""
    return ImportMapping.objects.filter(office=office, fingerprint=fingerprint).first() if fingerprint else None


def columns_for(remembered: ImportMapping | None, sheet: Sheet) -> dict[str, int]:
    """Return which column is which: as remembered, as far as this version knows the fields; else as guessed."""
    columns = remembered.columns if remembered else {}
    known = {name: column for name, column in columns.items() if name in sheet.kind.fields and column < sheet.width}
    return known or sheet.mapping


def waiting_for_an_account() -> QuerySet[Employee]:
    """Return the transferred people whose account still opens their old office."""
    arrived = Employee.objects.filter(user=None, active_until=None, moved_from__user__isnull=False)
    return arrived.select_related("office", "moved_from__user").order_by("pk")


def corrections_in(office: Office) -> QuerySet[Correction]:
    """The only door to requests for correction: those of one office, with their people, the most urgent first."""
    return (
        Correction.objects.filter(employee__office=office).select_related("employee__office").order_by("due_at", "pk")
    )


def open_corrections(office: Office) -> QuerySet[Correction]:
    """Return the requests that wait for an answer."""
    return corrections_in(office).filter(state=Correction.State.ASKED)


def transfers_from(office: Office) -> QuerySet[Transfer]:
    """The old office's door to its transfers, the newest first."""
    moves = Transfer.objects.filter(employee__office=office)
    return moves.select_related("employee__office", "to_office").order_by("-asked_at", "-pk")


def arrivals_at(office: Office) -> QuerySet[Transfer]:
    """The new office's door: what is offered to it and not settled. Show no more than name, NIP, office and day."""
    moves = Transfer.objects.filter(to_office=office, state=Transfer.State.OFFERED)
    return moves.select_related("employee__office", "to_office").order_by("last_day", "pk")


def other_offices(office: Office) -> QuerySet[Office]:
    """Return the offices that a person of this one may be transferred to, by code."""
    return Office.objects.filter(is_demo=office.is_demo).exclude(pk=office.pk).order_by("code")


def long_gone(office: Office, *, on: date) -> QuerySet[Employee]:
    """Return who left longer ago than the office keeps a leaver's data, the longest first."""
    bound = on.replace(year=on.year - office.leaver_years, day=min(on.day, 28))
    return employees_of(office).filter(active_until__lt=bound, anonymised_at=None).order_by("active_until", "pk")


def photo_consent(employee: Employee) -> Consent | None:
    """Return the consent under which the photo may be used, if there is one."""
    return employee.consents.filter(purpose=Consent.Purpose.PHOTO, withdrawn_at=None).first()
