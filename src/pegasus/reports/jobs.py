import structlog
from django_tasks import task

from pegasus.kernel import clock
from pegasus.kernel.jobs import every
from pegasus.people.queries import running_offices
from pegasus.reports import actions, photos, queries
from pegasus.signing.models import SignatureRequest

HOUR = 3600
log = structlog.get_logger(__name__)


class DraftsNotBegun(Exception):
    """Some offices' drafts could not be begun; the log says why, and the next run tries again."""


@every(seconds=HOUR)
@task()
def draft_due() -> None:
    """Begin the reports that fell due, in every office; one office's fault never stops the others."""
    failed = []
    for office in running_offices():
        try:
            made = actions.draft_due(office=office, at=clock.now())
            for report in made:
                # The first reader should not wait until 90 pictures are small.
                photos.files(queries.contents(report, clock.now()))
        except Exception:
            log.exception("reports.drafts_failed", office=office.code)
            failed.append(office.code)
        else:
            log.info("reports.drafts_begun", office=office.code, begun=len(made))
    if failed:
        raise DraftsNotBegun(", ".join(failed))


@task()
def signed(request_pk: int) -> None:
    """Take note of a signed report."""
    request = SignatureRequest.objects.select_related("office", "signed").get(pk=request_pk)
    actions.mark_signed(request=request, at=clock.now())
