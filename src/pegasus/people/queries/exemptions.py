"""Who takes no turns."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from pegasus.people.domain import exemptions as rules
from pegasus.people.domain.absences import Span
from pegasus.people.domain.matching import bare
from pegasus.people.models import Employee, Exemption, Office, Role
from pegasus.people.queries.staff import present_or_coming


def exemptions_in(office: Office) -> QuerySet[Exemption]:
    """The only door to exemptions: those of one office, with their people, by name and first day."""
    return (
        Exemption.objects.filter(employee__office=office)
        .select_related("employee__office")
        .order_by("employee__name", "employee", "starts_on", "pk")
    )


def standing_exemptions(office: Office, *, on: date) -> QuerySet[Exemption]:
    """Return the exemptions that have not ended by a day, coming ones included, of people who have not left."""
    here = Q(employee__active_until=None) | Q(employee__active_until__gte=on)
    return exemptions_in(office).filter(here, Q(ends_on=None) | Q(ends_on__gte=on))


def exemptions_on(office: Office, *, on: date) -> dict[int, Exemption]:
    """Return for everybody who takes no turns on a day why, by the person's key."""
    return {one.employee_id: one for one in standing_exemptions(office, on=on).filter(starts_on__lte=on)}


def exemptions_during(office: Office, first: date, last: date) -> QuerySet[Exemption]:
    """Return the exemptions that touch the days from `first` to `last`."""
    return standing_exemptions(office, on=first).filter(starts_on__lte=last)


def exempt_days(office: Office) -> dict[int, tuple[Span, ...]]:
    """Return the days on which each exempt person takes no turns."""
    found: dict[int, list[Span]] = defaultdict(list)
    for one in exemptions_in(office).values_list("employee_id", "starts_on", "ends_on"):
        found[one[0]].append(rules.span(one[1], one[2]))
    return {pk: tuple(spans) for pk, spans in found.items()}


def may_be_exempted(office: Office, *, on: date, head: str = "") -> list[tuple[Employee, bool]]:
    """Return who takes turns so far, and whether leaving them out is proposed: the Kepala.

    Known by role or position, or as the only one who bears the name `head`.
    """
    exempt = standing_exemptions(office, on=on).values("employee")
    held = Q(roles__valid_until=None) | Q(roles__valid_until__gte=on)
    people = present_or_coming(office, on=on).exclude(pk__in=exempt)
    heads = set(people.filter(held, roles__role=Role.HEAD).values_list("pk", flat=True))
    named = [one.pk for one in people if head and bare(one.name) == bare(head)]
    if len(named) == 1:
        heads.update(named)
    return [(one, one.pk in heads or rules.leads_the_office(one.position)) for one in people]
