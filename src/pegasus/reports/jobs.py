import structlog
from django_tasks import task

from pegasus.kernel import clock, jobs
from pegasus.kernel.jobs import every
from pegasus.people.queries import running_offices
from pegasus.reports import actions, photos, queries
from pegasus.signing.models import SignatureRequest

HOUR = 3600
log = structlog.get_logger(__name__)


@every(seconds=HOUR)
@task()
def draft_due() -> None:
    """Wake a job for each office that owes a report nobody has begun."""
    for office_pk in queries.offices_that_owe(clock.now()):
        jobs.wake("reports.draft_due_of", office_pk, unique_key=f"reports.draft_due_of|{office_pk}")


@task()
def draft_due_of(office_pk: int) -> None:
    """Begin one office's reports that fell due; doing it again changes nothing."""
    office = running_offices().filter(pk=office_pk).first()
    if office is None:
        return
    made = actions.draft_due(office=office, at=clock.now())
    for report in made:
        # The first reader should not wait until 90 pictures are small.
        photos.files(queries.contents(report, clock.now()))
    log.info("reports.drafts_begun", office=office.code, begun=len(made))


@task()
def signed(request_pk: int) -> None:
    """Take note of a signed report."""
    request = SignatureRequest.objects.select_related("office", "signed").get(pk=request_pk)
    actions.mark_signed(request=request, at=clock.now())
