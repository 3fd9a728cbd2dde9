"""The pages of the slice."""

from pegasus.sop.views.chart import index, pdf
from pegasus.sop.views.programmes import new_programme, programmes, switch_programme, take_up
from pegasus.sop.views.revisions import (
    drop,
    preview,
    preview_page,
    put_in_force,
    revise,
    revision_changes,
    to_sign,
    versions,
    withdraw,
)
from pegasus.sop.views.tasks import activity, close, prove, record, reopen, task

__all__ = [
    "activity",
    "close",
    "drop",
    "index",
    "new_programme",
    "pdf",
    "preview",
    "preview_page",
    "programmes",
    "prove",
    "put_in_force",
    "record",
    "reopen",
    "revise",
    "revision_changes",
    "switch_programme",
    "take_up",
    "task",
    "to_sign",
    "versions",
    "withdraw",
]
