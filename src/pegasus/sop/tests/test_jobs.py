import pytest

from pegasus.sop import jobs, queries
from pegasus.sop.models import Activity
from pegasus.sop.tests.builders import make_office_with_sop

pytestmark = pytest.mark.django_db


def test_every_office_gets_its_tasks_though_one_has_a_broken_text() -> None:
    broken, sound = make_office_with_sop(), make_office_with_sop()
    Activity.objects.filter(version=queries.version_in_force(broken), number=1).update(time_standard="3")

    with pytest.raises(jobs.PeriodTasksNotOpened, match=broken.code):
        jobs.open_period_tasks.func()

    assert queries.tasks_of(broken).count() == 0
    assert queries.tasks_of(sound).count() > 0
