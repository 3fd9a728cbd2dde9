"""Input checks of the slice."""

from pegasus.sop.forms.programmes import ActivityForm, ActivityRows, ProgrammeForm
from pegasus.sop.forms.revisions import DayForm, RevisionForm
from pegasus.sop.forms.tasks import CloseForm, EvidenceForm, ReopenForm, RunForm, in_form

__all__ = [
    "ActivityForm",
    "ActivityRows",
    "CloseForm",
    "DayForm",
    "EvidenceForm",
    "ProgrammeForm",
    "ReopenForm",
    "RevisionForm",
    "RunForm",
    "in_form",
]
