import structlog
from django_tasks import task

from pegasus.kernel import clock
from pegasus.kernel.jobs import every
from pegasus.people.queries import running_offices
from pegasus.sop import actions

HOUR = 3600
log = structlog.get_logger(__name__)


@every(seconds=HOUR)
@task()
def open_period_tasks() -> None:
    """Open what time has brought in every office; one office's fault never stops the others."""
    failed = []
    for office in running_offices():
        try:
            opened = actions.open_period_tasks(office=office, at=clock.now())
        except Exception:
            log.exception("sop.period_tasks_failed", office=office.code)
            failed.append(office.code)
        else:
            log.info("sop.period_tasks_opened", office=office.code, opened=len(opened))
    if failed:
        raise PeriodTasksNotOpened(", ".join(failed))


@task()
def open_period_tasks_of(office_pk: int) -> None:
    """Let one office's tasks follow its calendar; doing it again changes nothing."""
    office = running_offices().filter(pk=office_pk).first()
    if office is not None:
        actions.open_period_tasks(office=office, at=clock.now())


class PeriodTasksNotOpened(Exception):
    """Some offices' tasks could not be opened; the log says why, and the next run tries again."""
