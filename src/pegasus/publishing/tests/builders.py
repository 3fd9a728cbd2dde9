"""Builders of cards that are ready to post, with their tasks."""

from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from tests.builders import NOW, make_employee

from pegasus.archive import actions as archive
from pegasus.cards.models import Card, CardPicture
from pegasus.people.models import Employee, Office
from pegasus.roster.models import Duty, DutyHolder
from pegasus.sop.models import Activity, Procedure, ProcedureVersion, Programme, Task

MONDAY = date(2026, 11, 23)
SOP_330 = (
    (1, "Penyusunan jadwal pelaksanaan Pegasus", "3 Hari Kerja", Activity.Rhythm.ROSTER),
    (2, "Pembuatan template/format desain Pegasus", "1 Hari Kerja", Activity.Rhythm.TEMPLATES),
    (3, "Reminder jadwal Pegasus H-5 dan H-3", "2 Hari Kerja", Activity.Rhythm.REMINDER),
    (4, "Penyiapan materi dan desain Pegasus", "3 Hari Kerja", Activity.Rhythm.CARD),
    (5, "Memposting konten Pegasus", "1 Hari Kerja", Activity.Rhythm.POSTING),
    (6, "Penyusunan Laporan Triwulan", "5 Hari Kerja", Activity.Rhythm.QUARTER),
    (7, "Evaluasi dan Penyusunan Laporan Semesteran", "Semesteran", Activity.Rhythm.SEMESTER),
)


@cache
def picture(colour: str = "#0b4f9e", size: tuple[int, int] = (1080, 1350), *, words: str = "Semangat") -> bytes:
    """Return a picture with enough in it to be told from others."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    for number, character in enumerate(words * 3):
        left, top = (ord(character) * 37 + number * 211) % size[0], (ord(character) * 91 + number * 157) % size[1]
        draw.rectangle((left, top, left + size[0] // 5, top + size[1] // 7), fill=("white", "#b83a14")[number % 2])
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def make_sop(office: Office, code: str = "pegasus", name: str = "Pegasus") -> ProcedureVersion:
    programme = Programme.objects.create(office=office, code=code, name=name)
    procedure = Procedure.objects.create(programme=programme, number=f"SOP-330/{office.unit_code}/2025")
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        version=1,
        title=f"SOP {name}",
        unit="CHANGE AGENT NETWORK",
        created_on=date(2025, 1, 2),
        effective_on=date(2025, 1, 2),
        approved_by_position="Kepala",
        approved_by_name="Win Rizal",
        legal_basis=["Undang-Undang Nomor 16 Tahun 1997 Tentang Statistik;"],
        in_force_from=datetime(2025, 1, 2, tzinfo=ZoneInfo(office.timezone)),
    )
    for number, title, standard, rhythm in SOP_330:
        Activity.objects.create(
            version=version,
            number=number,
            title=title,
            time_standard=standard,
            time_unit=Activity.Unit.WORKING_DAYS,
            rhythm=rhythm,
        )
    return version


def make_task(version: ProcedureVersion, number: int, subject: str, day: date, **given: Any) -> Task:  # noqa: ANN401
    office = version.procedure.programme.office
    opens = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(office.timezone))
    defaults: dict[str, Any] = {
        "period": f"{day.year}Q{(day.month - 1) // 3 + 1}",
        "role": "pegawai",
        "opens_at": opens,
        "due_at": opens + timedelta(hours=23, minutes=59),
    }
    activity = version.activities.get(number=number)
    return Task.objects.create(office=office, activity=activity, subject=subject, **defaults | given)


def make_duty(office: Office, holder: Employee | None = None, posts_on: date = MONDAY, seat: int = 1) -> Duty:
    duty = Duty.objects.create(
        office=office,
        starts_on=posts_on - timedelta(days=posts_on.weekday()),
        seat=seat,
        posts_on=posts_on,
        holder=holder,
    )
    if holder:
        DutyHolder.objects.create(duty=duty, employee=holder, held_from=NOW, by="Pegasus")
    return duty


def make_card(
    version: ProcedureVersion,
    writer: Employee | None = None,
    posts_on: date = MONDAY,
    *,
    seat: int = 1,
    words: str = "Data yang baik lahir dari kerja yang jujur.",
    data: bytes | None = None,
) -> Card:
    """Make a card that was sent in, its duty, its posting tasks and its pictures."""
    office = version.procedure.programme.office
    writer = writer or make_employee(office)
    duty = make_duty(office, writer, posts_on, seat)
    period = f"{posts_on.year}Q{(posts_on.month - 1) // 3 + 1}"
    task = make_task(version, 4, duty.subject, posts_on - timedelta(days=5), owner=writer, period=period)
    Task.objects.filter(pk=task.pk).update(closed_at=task.opens_at, closed_by=writer.name, outcome="done")
    make_task(version, 5, duty.subject, posts_on, part="group", owner=writer)
    make_task(version, 5, duty.subject, posts_on, part="instagram", role="humas")
    card = Card.objects.create(
        task=task,
        office=office,
        name=writer.name,
        team=writer.team,
        shown_on=posts_on,
        words=words,
        state=Card.State.SUBMITTED,
        updated_at=NOW,
        submitted_at=NOW,
    )
    for size, shape in (("portrait", (1080, 1350)), ("square", (1080, 1080))):
        record = archive.keep(
            office=office,
            kind="card",
            title=f"Kartu {writer.name}",
            data=data or picture(size=shape, words=words),
            filename=f"kartu-{size}.jpg",
            content_type="image/jpeg",
            by=writer.name,
            at=NOW,
        )
        CardPicture.objects.create(card=card, size=size, record=record)
    return card
