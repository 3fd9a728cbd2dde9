from datetime import date, datetime, timedelta

from pegasus.calendar.domain.periods import Period
from pegasus.home import actions
from pegasus.home.demo.cast import ASSESSOR, CAST
from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people.models import Office, User
from pegasus.sop import actions as sop

PASSWORD = "pegasus-contoh"  # noqa: S105 - the demonstration office's, printed on its first page
BY = "Data contoh"


def make_office(code: str, *, at: datetime) -> Office:
    """Make the office with its people, roles and accounts, as of well before the last quarter."""
    start = Period.of(at.date(), "quarter").previous.starts_on - timedelta(days=60)
    long_ago = datetime.combine(start, at.time(), at.tzinfo)
    with clock.pretend(long_ago):
        office = actions.add_office_with_procedures(
            code=code,
            name="BPS Provinsi Contoh",
            timezone=Office.Zone.WIB,
            by=BY,
            at=long_ago,
            region="PROVINSI CONTOH",
            city="Kota Contoh",
            head=f"{CAST[0].name}, {CAST[0].after}",
            postal_address="Jalan Angka Nomor 10, Kota Contoh",
            phone_line="(000) 123456",
            website="contoh.example",
            email="kantor@contoh.example",
            instagram_account="bps.contoh",
            is_demo=True,
            is_being_made=True,
        )
        sop.install(office=office, code="bgc", at=long_ago)
        for person in CAST:
            number = person.last
            born = date(1978 + number % 18, number % 12 + 1, number % 27 + 1)
            joined = date(born.year + 24, 3, 1)
            employee = people.add_employee(
                office=office,
                name=person.name,
                by=BY,
                at=long_ago,
                title_before=person.before,
                title_after=person.after,
                nip=f"{born:%Y%m%d}{joined:%Y%m}{1 + number % 2}{number:03d}",
                team=person.team,
                position=person.position,
                phone=f"+628120000{person.last:04d}",
                email=f"{person.name.lower().replace(' ', '.')}@contoh.example",
                birth_date=born,
                active_from=joined,
            )
            for role in person.roles:
                people.assign_role(
                    employee=employee,
                    role=role,
                    decree_number=f"SK-{12 + number}/{code}0/{start.year}",
                    valid_from=start,
                    valid_until=None,
                    by=BY,
                    at=long_ago,
                )
            if person.username and not User.objects.filter(username=person.username).exists():
                people.give_account(employee=employee, username=person.username, password=PASSWORD, by=BY, at=long_ago)
        _invite_the_assessor(office, until=(at + timedelta(days=366)).date(), at=long_ago)
    return office


def _invite_the_assessor(office: Office, *, until: date, at: datetime) -> None:
    name, institution, username = ASSESSOR
    if User.objects.filter(username=username).exists():
        return
    guest = people.Guest(name, institution, "penilai@contoh.example", username, until)
    people.invite_outsider(office=office, guest=guest, password=PASSWORD, by=None, at=at, temporary=False)
