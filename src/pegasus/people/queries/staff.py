"""Offices and the people in them."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from pegasus.kernel.fields import index_of
from pegasus.people.domain import nip, phones
from pegasus.people.domain.birthdays import Celebrated
from pegasus.people.domain.leave_list import Away
from pegasus.people.domain.staff_list import Known
from pegasus.people.models import Absence, Employee, ImportMapping, Office, RoleAssignment
from pegasus.people.sheets import Sheet


def office_by_code(code: str) -> Office | None:
    """Return the office with a satker code."""
    return Office.objects.filter(code=code).first()


def running_offices() -> QuerySet[Office]:
    """Return the offices that periodic work looks after: all but those whose past is still being played."""
    return Office.objects.filter(is_being_made=False).order_by("pk")


def employees_of(office: Office) -> QuerySet[Employee]:
    """The only door to employees: those of one office, by name."""
    return Employee.objects.filter(office=office).order_by("name", "pk")


def person_by_nip(office: Office, digits: str) -> Employee | None:
    """Return the person of an office who has a NIP."""
    return employees_of(office).filter(nip_index=index_of(Employee, "nip", digits)).first() if digits else None


def active_employees(office: Office, *, on: date) -> QuerySet[Employee]:
    """Return who works in the office on a day."""
    return employees_of(office).filter(Q(active_until=None) | Q(active_until__gte=on), active_from__lte=on)


def with_birthdays(office: Office, *, on: date) -> list[Celebrated]:
    """Return whose birthdays may be kept from a day on: who gave a date, has not left, and has not objected."""
    rows = present_or_coming(office, on=on).filter(anonymised_at=None, greeting_declined_at=None)
    return [
        Celebrated(row.pk, row.name, row.birth_date, row.active_from, row.active_until)
        for row in rows.exclude(birth_date=None)
        if row.birth_date
    ]


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
            birth_date=row.birth_date.isoformat() if row.birth_date else "",
            active_until=row.active_until,
        )
        for row in employees_of(office)
    ]


def search(
    office: Office, *, words: str, team: str, left: bool, on: date, by_contact: bool = False
) -> QuerySet[Employee]:
    """Return the people of an office by name or team, those who are there or those who have left.

    With `by_contact` a whole NIP, mailbox or phone finds whose it is; a part of one finds nobody, it is encrypted.
    """
    found = employees_of(office).filter(active_until__lt=on) if left else present_or_coming(office, on=on)
    exactly = _exactly(words) if by_contact else None
    if exactly is not None:
        found = found.filter(exactly)
    else:
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(team__icontains=word))
    if team:
        found = found.filter(team=team)
    return with_roles(found, on)


def _exactly(words: str) -> Q | None:
    """Return the question for a NIP, a mailbox or a phone; None where the words are none of them."""
    if "@" in words:
        return Q(email_index=index_of(Employee, "email", words.strip()))
    digits = nip.read(words).digits
    if digits:
        return Q(nip_index=index_of(Employee, "nip", digits))
    e164 = phones.read(words).e164
    return Q(phone_index=index_of(Employee, "phone", e164)) if e164 else None


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


def mapping_of(office: Office, fingerprint: str) -> ImportMapping | None:
    """Return how the columns of a source were chosen last time; None when it is new or has no heading."""
    return ImportMapping.objects.filter(office=office, fingerprint=fingerprint).first() if fingerprint else None


def columns_for(remembered: ImportMapping | None, sheet: Sheet) -> dict[str, int]:
    """Return which column is which: as remembered, as far as this version knows the fields; else as guessed."""
    columns = remembered.columns if remembered else {}
    known = {name: column for name, column in columns.items() if name in sheet.kind.fields and column < sheet.width}
    return known or sheet.mapping
