"""The pages of the slice."""

from pegasus.sop.views.chart import index, pdf
from pegasus.sop.views.programmes import new_programme, programmes, switch_programme, take_up
from pegasus.sop.views.tasks import activity, close, prove, record, reopen, task

__all__ = [
    "activity",
    "close",
    "index",
    "new_programme",
    "pdf",
    "programmes",
    "prove",
    "record",
    "reopen",
    "switch_programme",
    "take_up",
    "task",
]
