"""Input checks of the slice."""

from pegasus.sop.forms.programmes import ActivityForm, ActivityRows, ProgrammeForm
from pegasus.sop.forms.revisions import InForceForm, RevisionForm
from pegasus.sop.forms.tasks import CloseForm, EvidenceForm, ReopenForm, RunForm, in_form

__all__ = [
    "ActivityForm",
    "ActivityRows",
    "CloseForm",
    "EvidenceForm",
    "InForceForm",
    "ProgrammeForm",
    "ReopenForm",
    "RevisionForm",
    "RunForm",
    "in_form",
]
