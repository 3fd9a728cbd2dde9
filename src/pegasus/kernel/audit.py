"""The audit trail. Actions call `record` in their own transaction; there are no signals."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast, Concat

from pegasus.kernel.models import AuditEntry


def record(  # noqa: PLR0913 - who, what, when, where: each is one fact
    *,
    action: str,
    subject: str,
    actor: str,
    at: datetime,
    office_id: int | None = None,
    employee_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    address: str = "",
) -> None:
    """Write down one deed: `action` such as `roster.published`, `subject` such as `roster:7`."""
    AuditEntry.objects.create(
        action=action,
        subject=subject,
        actor=actor,
        at=at,
        office_id=office_id,
        employee_id=employee_id,
        before=dict(before or {}),
        after=dict(after or {}),
        address=address,
    )


def last_deeds(subjects: Iterable[str], *, office_id: int) -> dict[str, datetime]:
    """Return when something was last done to each of these things."""
    rows = AuditEntry.objects.filter(office_id=office_id, subject__in=list(subjects)).values("subject")
    return dict(rows.annotate(last=Max("at")).order_by("subject").values_list("subject", "last"))


def entries_of(subject: str, *, office_id: int) -> QuerySet[AuditEntry]:
    """Return what was done to one thing, the newest first."""
    return AuditEntry.objects.filter(office_id=office_id, subject=subject).order_by("-at", "-pk")


def forget(*, subject: str, personal: Collection[str]) -> None:
    """Take personal values out of one thing's trail (UU 27/2022): the one reason for which rows change."""
    for entry in AuditEntry.objects.filter(subject=subject):
        entry.before, entry.after = _without(entry.before, personal), _without(entry.after, personal)
        entry.save(update_fields=["before", "after"])


def rename(*, office_id: int, name: str, replace: Callable[[str], str]) -> None:
    """Put another name in the place of a person's throughout an office's trail."""
    rows = AuditEntry.objects.filter(office_id=office_id)
    rows.filter(actor=name).update(actor=replace(name))
    escaped = json.dumps(name)[1:-1]  # as SQLite stores it; PostgreSQL keeps the letters
    texts = rows.annotate(told=Concat(Cast("before", TextField()), Cast("after", TextField())))
    for entry in texts.filter(Q(told__contains=name) | Q(told__contains=escaped)):
        entry.before, entry.after = _renamed(entry.before, replace), _renamed(entry.after, replace)
        entry.save(update_fields=["before", "after"])


def _without(values: dict[str, object], personal: Collection[str]) -> dict[str, object]:
    return {key: "•••" if key in personal and value else value for key, value in values.items()}


def _renamed(value: Any, replace: Callable[[str], str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        return replace(value)
    if isinstance(value, dict):
        return {key: _renamed(one, replace) for key, one in value.items()}
    return [_renamed(one, replace) for one in value] if isinstance(value, list) else value
