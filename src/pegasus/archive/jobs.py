from django_tasks import task

from pegasus.archive import actions
from pegasus.kernel import clock
from pegasus.kernel.jobs import every

FILES_PER_HOUR = 20


@every(seconds=3600)
@task()
def check_files() -> None:
    """Hash a few stored files again, the longest unchecked first; damage shows on the Arsip page and in the health."""
    actions.check_some(most=FILES_PER_HOUR, by="Pegasus", at=clock.now())
