from django_tasks import task

from pegasus.kernel import clock
from pegasus.kernel.jobs import claims, every


@every(seconds=3600)
@task()
def clean_up() -> None:
    """Delete finished jobs that nobody will ask about any more."""
    claims.clean_up(now=clock.now())
