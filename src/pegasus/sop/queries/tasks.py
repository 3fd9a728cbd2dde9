from collections.abc import Iterator

from django.db.models import QuerySet

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Office
from pegasus.sop.models import Activity, ProcedureVersion, Programme, Task


def tasks_of(office: Office) -> QuerySet[Task]:
    """The only door to tasks: those of one office, by due time."""
    return Task.objects.filter(office=office).select_related("activity", "owner").order_by("due_at", "pk")


def programmes_of(office: Office) -> QuerySet[Programme]:
    """The only door to programmes: those of one office, in the order they were taken up."""
    return Programme.objects.filter(office=office).select_related("procedure").order_by("pk")


def version_in_force(office: Office, programme: str = "pegasus") -> ProcedureVersion:
    """Return the text under which new tasks run."""
    return (
        ProcedureVersion.objects.select_related("procedure__programme__office")
        .filter(
            procedure__programme__office=office,
            procedure__programme__code=programme,
            in_force_from__isnull=False,
            in_force_until=None,
        )
        .latest("version")
    )


def activities_in_force(office: Office) -> QuerySet[Activity]:
    """Return the activities of the versions in force of all active programmes, programme by programme."""
    return (
        Activity.objects.filter(
            version__procedure__programme__office=office,
            version__procedure__programme__is_active=True,
            version__in_force_from__isnull=False,
            version__in_force_until=None,
        )
        .select_related("version__procedure__programme")
        .order_by("version__procedure__programme_id", "number")
    )


def activity(office: Office, rhythm: str, programme: str = "pegasus") -> Activity:
    """Return the activity of the version in force that opens in a rhythm: there is one in SOP-330."""
    return Activity.objects.get(version=version_in_force(office, programme), rhythm=rhythm)


def parts_of(activity: Activity, version: ProcedureVersion) -> Iterator[tuple[str, str]]:
    """Yield part and role of each task of an occurrence: one per performer, told apart by the lane when several."""
    roles = {lane["key"]: lane["role"] for lane in version.lanes}
    lanes = [performer["lane"] for performer in activity.performers]
    for lane in lanes:
        yield (lane if len(lanes) > 1 else ""), roles[lane]


def quarters(period: Period) -> list[str]:
    """Return the keys of the quarters in a period: tasks count in quarters."""
    if period.kind == "quarter":
        return [period.key]
    return [f"{period.year}Q{number}" for number in (period.number * 2 - 1, period.number * 2)]


def tasks_in(office: Office, period: Period, programme: str = "pegasus") -> QuerySet[Task]:
    """Return a programme's tasks that count in a period, under whichever version they ran."""
    return tasks_of(office).filter(
        period__in=quarters(period), activity__version__procedure__programme__code=programme
    )
