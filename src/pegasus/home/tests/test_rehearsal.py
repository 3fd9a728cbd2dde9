from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from tests.builders import NOW, make_office, sign_in

from pegasus.home import rehearsal
from pegasus.kernel import clock
from pegasus.people.models import User

pytestmark = pytest.mark.django_db


def at_once(work: Callable[[], None]) -> None:
    work()


def later(_work: Callable[[], None]) -> None:
    """Leave the work undone: the build is under way."""


def quick_build(*, at: datetime, progress: Callable[[int, int], None]) -> User:
    assert at == NOW
    employee = sign_in(Client(), make_office(code="9900", is_demo=True), "ca")
    progress(1, 2)
    assert employee.user is not None
    return employee.user


def broken_build(*, at: datetime, progress: Callable[[int, int], None]) -> User:
    progress(1, 4)
    raise RuntimeError(at)


def client_who_started() -> Client:
    client = Client()
    rehearsal.start(at=NOW, spawn=later)
    client.post("/mulai/contoh/")
    session = client.session
    session["demo"] = "builder"  # as the view notes for the browser whose request began it
    session.save()
    return client


def test_a_build_ends_with_somebody_to_sign_in() -> None:
    rehearsal.start(at=NOW, build=quick_build, spawn=at_once)

    found = rehearsal.progress()

    assert found is not None
    assert found.is_done
    assert (found.percent, found.failed) == (100, False)


def test_two_people_share_one_build() -> None:
    assert rehearsal.start(at=NOW, spawn=later)
    assert not rehearsal.start(at=NOW, spawn=later)


def test_a_build_that_breaks_says_so_and_is_not_swallowed() -> None:
    with pytest.raises(RuntimeError):
        rehearsal.start(at=NOW, build=broken_build, spawn=at_once)

    found = rehearsal.progress()

    assert found is not None
    assert (found.percent, found.failed) == (25, True)


@pytest.mark.parametrize(("minutes", "failed"), [(1, False), (10, True)])
def test_a_build_that_falls_silent_counts_as_failed(minutes: int, failed: bool) -> None:  # noqa: FBT001 - a case's outcome
    told = clock.machine() - timedelta(minutes=minutes)
    cache.set(rehearsal.KEY, {"percent": 40, "told_at": told.timestamp()})

    found = rehearsal.progress()

    assert found is not None
    assert found.failed == failed


def test_who_started_sees_how_far_it_is() -> None:
    client = client_who_started()

    page = client.get("/mulai/contoh/kemajuan/").content.decode()
    part = client.post("/mulai/contoh/kemajuan/", headers={"HX-Request": "true"}).content.decode()

    assert "0 dari 100" in page
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part


def test_who_started_is_signed_in_once_it_is_done() -> None:
    client = client_who_started()
    cache.delete(rehearsal.KEY)
    rehearsal.start(at=NOW, build=quick_build, spawn=at_once)

    answer = client.post("/mulai/contoh/kemajuan/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/"
    assert client.get("/").status_code == 200


def test_whoever_comes_later_watches_and_signs_in_like_others(client: Client) -> None:
    rehearsal.start(at=NOW, build=quick_build, spawn=at_once)
    client.post("/mulai/contoh/")

    answer = client.post("/mulai/contoh/kemajuan/")

    assert answer.headers["Location"] == "/akun/login/"
    assert "_auth_user_id" not in client.session


def test_nobody_else_is_let_in(client: Client) -> None:
    rehearsal.start(at=NOW, build=quick_build, spawn=at_once)

    assert client.get("/mulai/contoh/kemajuan/").status_code == 404
    assert client.post("/mulai/contoh/kemajuan/").status_code == 404


def test_a_failed_build_tells_what_to_do() -> None:
    client = client_who_started()
    cache.set(rehearsal.KEY, {"percent": 40, "told_at": 0.0, "failed": True})

    page = client.get("/mulai/contoh/kemajuan/").content.decode()

    assert "Kantor contoh belum selesai" in page
    assert "hx-trigger" not in page
