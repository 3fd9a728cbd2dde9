from typing import Any

from tests.builders import NOW, make_office

from pegasus.archive.actions import keep
from pegasus.archive.models import Record
from pegasus.people.models import Office


def make_record(office: Office | None = None, *, data: bytes = b"isi berkas", **given: Any) -> Record:  # noqa: ANN401 - any fact
    defaults: dict[str, Any] = {
        "kind": "quarter_report",
        "title": "Laporan Triwulan IV 2026",
        "filename": "laporan.pdf",
        "content_type": "application/pdf",
        "by": "Sari",
        "at": NOW,
    }
    return keep(office=office or make_office(), data=data, **defaults | given)
