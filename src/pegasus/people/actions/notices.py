from collections.abc import Iterable, Mapping
from datetime import datetime

from pegasus.kernel import jobs
from pegasus.people.models import AccountNotice, User


def tell(*, users: Iterable[User], kind: str, facts: Mapping[str, str], at: datetime) -> None:
    """Tell the holders of accounts what was done: on their first page, and by e-mail where there is a mailbox."""
    for user in {one.pk: one for one in users}.values():
        notice = AccountNotice.objects.create(user=user, kind=kind, facts=dict(facts), at=at)
        if user.email:
            jobs.wake("people.mail_notice", notice.pk)


def see_notices(*, user: User, up_to: int, at: datetime) -> int:
    """Take the notices up to a number off the first page; return how many."""
    return AccountNotice.objects.filter(user=user, seen_at=None, pk__lte=up_to).update(seen_at=at)
