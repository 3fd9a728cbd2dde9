"""Builders of this slice: a duty with all its tasks, as publishing a roster leaves it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from tests.builders import NOW, make_employee

from pegasus.people.models import Employee, Office
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Programme, Task
from pegasus.sop.queries import activity

Rhythm = Activity.Rhythm


def make_duty(
    office: Office, posts_on: date = date(2026, 11, 30), *, seat: int = 1, holder: Employee | None = None
) -> Duty:
    """A duty that posts on a Monday, with its six tasks."""
    if not Programme.objects.filter(office=office).exists():
        sop.install(office=office, code="pegasus", at=NOW)
    holder = holder or make_employee(office)
    duty = Duty.objects.create(office=office, starts_on=posts_on, seat=seat, posts_on=posts_on, holder=holder)
    day = datetime(posts_on.year, posts_on.month, posts_on.day, tzinfo=UTC) - timedelta(hours=7)
    for rhythm, part, owner, before, days in (
        (Rhythm.REMINDER, "H-5", None, 7, 1),
        (Rhythm.REMINDER, "H-3", None, 5, 1),
        (Rhythm.CARD, "", holder, 5, 3),
        (Rhythm.POSTING, "group", holder, 0, 1),
        (Rhythm.POSTING, "instagram", None, 0, 1),
    ):
        opens = day - timedelta(days=before)
        sop.open_task(
            office=office,
            activity=activity(office, rhythm),
            subject=duty.subject,
            part=part,
            period="2026Q4",
            role="pegawai" if owner else "ca",
            owner=owner,
            opens_at=opens,
            due_at=opens + timedelta(days=days),
        )
    return duty


def close(duty: Duty, rhythm: str, part: str = "", *, at: datetime = NOW) -> None:
    """Close one of a duty's tasks."""
    task = Task.objects.get(subject=duty.subject, activity__rhythm=rhythm, part=part)
    sop.close_task(task=task, at=at, by="Penguji")


def shown_picture(client: Client, address: str, fields: dict[str, Any]) -> str:
    """Return the name of the picture that a phone shows for what is typed: it sends that along with the card."""
    typed = {name: value for name, value in fields.items() if not hasattr(value, "read") and name != "aksi"}
    stage = client.post(address + "pratinjau/", typed).content.decode()
    found = re.search(r'name="gambar" value="([^"]+)"', stage)
    return found[1] if found else ""
