"""A job is named by its path, so no import tells of a misspelling: this does."""

import re
from pathlib import Path

import pytest
from django.utils.module_loading import autodiscover_modules, import_string

from pegasus.kernel.jobs import periodic_tasks

SOURCES = Path(__file__).resolve().parents[2] / "src" / "pegasus"
NAMED = re.compile(r"""(?:wake\(|on_change=|on_signed=)\s*f?"([a-z_]+)\.([a-z_]+)\"""")


def woken() -> set[tuple[str, str]]:
    files = (path for path in SOURCES.rglob("*.py") if "tests" not in path.parts)
    return {found.groups() for path in files for found in NAMED.finditer(path.read_text(encoding="utf-8"))}  # type: ignore[misc]


def test_jobs_are_found_by_their_names() -> None:
    assert ("delivery", "send") in woken()


@pytest.mark.parametrize(("slice_name", "task_name"), sorted(woken()))
def test_every_job_that_is_woken_exists(slice_name: str, task_name: str) -> None:
    assert callable(import_string(f"pegasus.{slice_name}.jobs.{task_name}").call)


def test_nobody_wakes_what_runs_by_itself_for_all_offices() -> None:
    """552 offices that each woke such a job once cost 75 minutes of a processor on the first of a month."""
    autodiscover_modules("jobs")
    by_itself = {periodic.path for periodic in periodic_tasks()}
    named = {f"pegasus.{slice_name}.jobs.{task_name}" for slice_name, task_name in woken()}

    assert len(by_itself) > 5
    assert named & by_itself == set()
