from datetime import date, datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people.actions.anonymity import refuse_anonymised
from pegasus.people.domain import absences as rules
from pegasus.people.models import Absence, Employee

LONGEST_NOTE = 200


class AbsenceBackwards(Exception):
    """The last day lies before the first."""


class AbsenceOutOfTime(Exception):
    """A day lies before 1970 or after 2100."""


@transaction.atomic
def add_absence(
    *,
    employee: Employee,
    starts_on: date,
    ends_on: date,
    by: str,
    at: datetime,
    kind: str = Absence.Kind.LEAVE,
    note: str = "",
) -> Absence:
    """Write down the days on which a person is away, both included.

    Days of one kind that overlap or follow each other become one absence; of different kinds both are kept.
    """
    refuse_anonymised(employee)
    span = (starts_on, ends_on)
    if ends_on < starts_on:
        raise AbsenceBackwards
    if rules.is_out_of_time(span):
        raise AbsenceOutOfTime
    Employee.objects.select_for_update().get(pk=employee.pk)  # two clerks, one absence
    known = Absence.objects.filter(employee=employee, kind=kind).order_by("starts_on", "pk")
    joined = [one for one in known if rules.touch((one.starts_on, one.ends_on), span)]
    if not joined:
        absence = Absence.objects.create(employee=employee, kind=kind, starts_on=starts_on, ends_on=ends_on, note=note)
        _record("absence.added", absence, by, at)
        return absence
    return _joined(joined, span, note, by, at)


@transaction.atomic
def remove_absence(*, absence: Absence, by: str, at: datetime) -> None:
    """Take an absence back."""
    _record("absence.removed", absence, by, at)
    absence.delete()


def _joined(absences: list[Absence], span: rules.Span, note: str, by: str, at: datetime) -> Absence:
    kept = absences[0]
    first, last = rules.union([span, *((one.starts_on, one.ends_on) for one in absences)])
    notes = "; ".join(dict.fromkeys(text for text in (*(one.note for one in absences), note) if text))[:LONGEST_NOTE]
    if (first, last, notes) == (kept.starts_on, kept.ends_on, kept.note):
        return kept  # these days are written down already
    for other in absences[1:]:
        other.delete()
    kept.starts_on, kept.ends_on, kept.note = first, last, notes
    kept.save(update_fields=["starts_on", "ends_on", "note"])
    _record("absence.extended", kept, by, at)
    return kept


def _record(action: str, absence: Absence, by: str, at: datetime) -> None:
    # The kind stays out of the trail: "Sakit" is nobody's business years later.
    audit.record(
        action=action,
        subject=f"employee:{absence.employee_id}",
        actor=by,
        at=at,
        office_id=absence.employee.office_id,
        after={"starts_on": absence.starts_on.isoformat(), "ends_on": absence.ends_on.isoformat()},
    )
    jobs.wake("reminders.plan", absence.employee.office_id)  # who is away is left in peace
