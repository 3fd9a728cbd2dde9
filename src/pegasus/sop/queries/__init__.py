"""Every read of the slice, each through the office's door."""

from pegasus.sop.queries.compliance import ActivityCompliance, compliance, runs_of
from pegasus.sop.queries.tasks import (
    activities_in_force,
    activity,
    parts_of,
    programmes_of,
    quarters,
    tasks_in,
    tasks_of,
    version_in_force,
)

__all__ = [
    "ActivityCompliance",
    "activities_in_force",
    "activity",
    "compliance",
    "parts_of",
    "programmes_of",
    "quarters",
    "runs_of",
    "tasks_in",
    "tasks_of",
    "version_in_force",
]
