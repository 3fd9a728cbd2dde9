from django_tasks import task

from pegasus.archive import actions
from pegasus.kernel import clock
from pegasus.kernel.jobs import every

# Every file is hashed again after 30 days: at 720 runs in that time, 1.4 million files or 2.8 TB keep the promise.
FILES_PER_RUN = 2_000
BYTES_PER_RUN = 4 * 1024**3


@every(seconds=3600)
@task()
def check_files() -> None:
    """Hash stored files again, the longest unchecked first; damage shows on the Arsip page and in the health."""
    actions.check_some(most=FILES_PER_RUN, most_bytes=BYTES_PER_RUN, by="Pegasus", at=clock.now())
