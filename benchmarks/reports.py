"""A quarterly report of 26 cards and 60 screenshots: PDF by Typst, beside DOCX by python-docx from the same rows."""

import os
import random
import time
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from PIL import Image, ImageFilter

from pegasus.archive import actions as archive
from pegasus.archive.models import Record
from pegasus.calendar.domain.periods import Period
from pegasus.cards.models import Card, CardPicture
from pegasus.people.models import Employee, Office
from pegasus.reports import actions, document, photos, queries
from pegasus.reports.models import Report
from pegasus.roster.models import Duty
from pegasus.sop.actions import add_evidence, close_task, install, open_task
from pegasus.sop.models import Activity, Evidence, ProcedureVersion, Task

AT = datetime(2027, 1, 5, 2, tzinfo=UTC)
CARDS, SCREENSHOTS = 26, 60
Row = tuple[str, str, str]


def run() -> list[Row]:
    """Measure the first run, the warm run, the size, and the alternative."""
    report = _quarter()
    begun = time.perf_counter()
    photos.files(queries.contents(report, AT))
    prepared = time.perf_counter() - begun
    first, data = _timed(lambda: document.pdf(report, AT))
    again = document.pdf(report, AT)
    report.narrative = {"closing": "Kalimat ini baru ditulis, jadi naskahnya lain dari yang tadi."}
    warm, _changed = _timed(lambda: document.pdf(report, AT))
    word, docx = _timed(lambda: document.docx(report, AT))
    return [
        ("making 86 pictures small, once (the drafting job does it)", f"{prepared:.2f} s", ""),
        ("PDF/A-2a + UA-1, 86 pictures, first", f"{first:.2f} s", "< 3 s"),
        ("PDF/A-2a + UA-1, 86 pictures, after a change", f"{warm:.2f} s", "< 3 s"),
        ("size of the PDF", f"{len(data) / 1e6:.1f} MB", "< 15 MB"),
        ("same rows, same bytes", "yes" if data == again else "no", "yes"),
        ("DOCX by python-docx, warm", f"{word:.2f} s", "beside it"),
        ("size of the DOCX", f"{len(docx) / 1e6:.1f} MB", "beside it"),
    ]


def _timed(make: object) -> tuple[float, bytes]:
    begun = time.perf_counter()
    data: bytes = make()  # type: ignore[operator] # a function without arguments
    return time.perf_counter() - begun, data


def _quarter() -> Report:
    office = Office.objects.create(code="9917", name="BPS Uji Kinerja", region="UJI KINERJA", city="Uji")
    programme = install(office=office, code="pegasus", at=AT - timedelta(days=400))
    version = ProcedureVersion.objects.get(procedure__programme=programme)
    tasks: list[Task] = []
    for number in range(CARDS):
        posts_on = date(2026, 10, 5) + timedelta(weeks=number // 2)
        writer = Employee.objects.create(office=office, name=f"Pegawai {number:02d}", team="Neraca")
        duty = Duty.objects.create(
            office=office, starts_on=posts_on, seat=number % 2 + 1, posts_on=posts_on, holder=writer
        )
        tasks += _turn(office, version, duty, writer)
    for number in range(SCREENSHOTS):
        record = _keep(office, "screenshot", _photo(number + 100, (1080, 2340)))
        add_evidence(task=tasks[number % len(tasks)], kind=Evidence.Kind.SCREENSHOT, by="Uji", at=AT, record=record)
    period = Period(2026, "quarter", 4)
    return actions.draft(office=office, kind=Report.Kind.QUARTER, period=period, programme=programme, at=AT)


def _turn(office: Office, version: ProcedureVersion, duty: Duty, writer: Employee) -> list[Task]:
    found = []
    opens = datetime(duty.posts_on.year, duty.posts_on.month, duty.posts_on.day, tzinfo=UTC)
    for rhythm, part in (
        (Activity.Rhythm.CARD, ""),
        (Activity.Rhythm.POSTING, "group"),
        (Activity.Rhythm.POSTING, "instagram"),
    ):
        task = open_task(
            office=office,
            activity=version.activities.get(rhythm=rhythm),
            subject=duty.subject,
            part=part,
            period="2026Q4",
            role="pegawai",
            owner=writer,
            opens_at=opens,
            due_at=opens + timedelta(hours=23),
        )
        close_task(task=task, at=opens + timedelta(hours=9), by=writer.name)
        found.append(task)
    card = Card.objects.create(
        task=found[0],
        office=office,
        name=writer.name,
        team=writer.team,
        shown_on=duty.posts_on,
        words="Data yang baik lahir dari kerja yang jujur.",
        state=Card.State.SUBMITTED,
        updated_at=AT,
    )
    record = _keep(office, "card", _photo(duty.pk, (1080, 1350)))
    CardPicture.objects.create(card=card, size="portrait", record=record)
    return found[1:]


def _photo(seed: int, size: tuple[int, int]) -> bytes:
    """Return a picture that compresses like a photo: soft shapes and a little grain."""
    shapes = Image.new("RGB", (12, 15))
    source = random.Random(seed)  # noqa: S311 - a picture, not a secret
    shapes.putdata([tuple(source.randrange(256) for _ in range(3)) for _ in range(12 * 15)])
    grain = Image.frombytes("L", (size[0] // 4, size[1] // 4), os.urandom(size[0] // 4 * (size[1] // 4)))
    image = shapes.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
    image = Image.blend(image, grain.resize(size).convert("RGB"), 0.12)
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _keep(office: Office, kind: str, data: bytes) -> Record:
    return archive.keep(
        office=office,
        kind=kind,
        title="Uji",
        data=data,
        filename="uji.jpg",
        content_type="image/jpeg",
        by="Uji",
        at=AT,
    )
