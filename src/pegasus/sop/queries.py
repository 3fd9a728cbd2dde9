from django.db.models import QuerySet

from pegasus.people.models import Office
from pegasus.sop.models import Activity, ProcedureVersion, Task


def tasks_of(office: Office) -> QuerySet[Task]:
    """The only door to tasks: those of one office, by due time."""
    return Task.objects.filter(office=office).select_related("activity", "owner").order_by("due_at", "pk")


def version_in_force(office: Office, programme: str = "pegasus") -> ProcedureVersion:
    """Return the text under which new tasks run."""
    return ProcedureVersion.objects.filter(
        procedure__programme__office=office,
        procedure__programme__code=programme,
        in_force_from__isnull=False,
        in_force_until=None,
    ).latest("version")


def activity(office: Office, rhythm: str, programme: str = "pegasus") -> Activity:
    """Return the activity of the version in force that opens in a rhythm: there is one in SOP-330."""
    return Activity.objects.get(version=version_in_force(office, programme), rhythm=rhythm)
