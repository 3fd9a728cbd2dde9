"""Every read of the slice: `doors` to its rows, `contents` of a report as plain data."""

from pegasus.reports.queries.contents import contents
from pegasus.reports.queries.doors import (
    contents_signer,
    due_tasks,
    first_day_of,
    follow_ups_of,
    obstacles_of,
    offices_that_owe,
    open_request,
    period_is_open,
    picture_record,
    programmes_of,
    report_tasks,
    reports_of,
    signers_of,
)

__all__ = [
    "contents",
    "contents_signer",
    "due_tasks",
    "first_day_of",
    "follow_ups_of",
    "obstacles_of",
    "offices_that_owe",
    "open_request",
    "period_is_open",
    "picture_record",
    "programmes_of",
    "report_tasks",
    "reports_of",
    "signers_of",
]
