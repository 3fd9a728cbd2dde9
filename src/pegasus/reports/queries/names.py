"""The office and its people as documents name them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pegasus.people.models import Office, Role
from pegasus.people.queries import holder_of, role_label
from pegasus.reports.domain.contents import Letterhead, Person


def letterhead(office: Office) -> Letterhead:
    """Return the office as documents name it."""
    return Letterhead(
        agency=office.agency,
        region=office.region,
        name=office.name,
        city=office.city,
        address=office.postal_address,
        phone=office.phone_line,
        website=office.website,
        email=office.email,
    )


def person(
    office: Office, role: Role, at: datetime, *, otherwise: Person | None = None, programme: str = ""
) -> Person:
    """Return who holds a role, as documents name them; a change agent is the programme's own."""
    holder = holder_of(office, role, on=at.astimezone(ZoneInfo(office.timezone)).date(), programme=programme)
    if holder is None:
        return otherwise or Person(role_label(office, role), "")
    position = f"Kepala {office.name}" if role == Role.HEAD else role_label(office, role)
    return Person(position, holder.name)
