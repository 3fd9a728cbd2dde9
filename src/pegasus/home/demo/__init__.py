"""The demonstration office (code 9900): the last and the current quarter, played around today by the real actions."""

from collections.abc import Callable
from datetime import datetime

from pegasus.home import actions
from pegasus.home.demo.desk import lay_out
from pegasus.home.demo.office import make_office
from pegasus.home.demo.story import Story
from pegasus.people.models import Office, User

CODE = "9900"


class DemoExists(Exception):
    """The demonstration office is there already."""


def build(*, at: datetime, progress: Callable[[int, int], None] | None = None) -> User:
    """Make the office and play its past up to `at`; return the person in charge's sign-in.

    `progress` hears how many of the events have been played. Each event commits by itself, so that a running server
    goes on answering meanwhile.
    """
    if Office.objects.filter(code=CODE).exists():
        raise DemoExists
    office = make_office(CODE, at=at)
    Story(office, until=at).play(progress)
    lay_out(office, at=at)
    actions.finish_demo(office=office)
    return User.objects.get(username="ca")
