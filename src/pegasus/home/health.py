"""Is this installation well? One list of checks for `/healthz`, `pegasus doctor` and the administrator's page."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from pegasus.archive.queries import count_damaged
from pegasus.delivery import channels
from pegasus.delivery.models import Delivery
from pegasus.kernel import clock, tokens, visitors
from pegasus.kernel.models import Heartbeat, Job

SILENT = timedelta(seconds=90)
STALE = timedelta(minutes=5)
OPEN = ("planned", "prepared", "opened", "claimed", "retry_wait", "unknown")
LEAST_FREE_BYTES = 500 * 1024 * 1024


class Verdict(StrEnum):
    """What a check comes to; `to_settle` is for a person to settle while the installation itself is well."""

    WELL = "well"
    TO_SETTLE = "to_settle"
    UNWELL = "unwell"


VERDICTS = {Verdict.WELL: _("Baik"), Verdict.TO_SETTLE: _("Perlu diatur"), Verdict.UNWELL: _("Perlu dilihat")}
LABELS = {
    "database": _("Basis data"),
    "migrations": _("Susunan tabel"),
    "worker": _("Pekerja latar"),
    "oldest_due_job": _("Antrean kerja"),
    "channels": _("Saluran pesan"),
    "address": _("Alamat untuk ponsel"),
    "archive": _("Berkas arsip"),
    "disk": _("Ruang simpan"),
}
Finding = tuple[Verdict, str]


@dataclass(frozen=True)
class Check:
    """One finding: its verdict, and the fact behind it in Indonesian, for the administrator."""

    name: str
    verdict: Verdict
    fact: str

    @property
    def well(self) -> bool:
        """Whether nothing is broken."""
        return self.verdict != Verdict.UNWELL

    @property
    def label(self) -> str:
        """What was looked at, in words."""
        return str(LABELS[self.name])

    @property
    def words(self) -> str:
        """The verdict in words: the same on every page and in every command."""
        return str(VERDICTS[self.verdict])


def checks(*, at: datetime) -> list[Check]:
    """Return every finding; a check that cannot be made is unwell, never left out."""
    made: dict[str, Callable[[datetime], Finding]] = {
        "database": _database,
        "migrations": _migrations,
        "worker": _worker,
        "oldest_due_job": _jobs,
        "channels": _channels,
        "address": _address,
        "archive": _archive,
        "disk": _disk,
    }
    findings = []
    for name, make in made.items():
        try:
            findings.append(Check(name, *make(at)))
        except (DatabaseError, OSError) as fault:
            findings.append(Check(name, Verdict.UNWELL, type(fault).__name__))
    return findings


def _finding(well: bool, fact: str) -> Finding:  # noqa: FBT001 - it is the finding
    return (Verdict.WELL if well else Verdict.UNWELL), fact


def _database(_at: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return Verdict.WELL, connection.display_name


def _migrations(_at: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return _finding(not missing, f"{missing} belum diterapkan" if missing else "lengkap")


def _worker(at: datetime) -> Finding:
    # A sign of life from the future comes from a clock that was wrong, and would count as fresh for ever.
    signs = Heartbeat.objects.order_by("-at").values_list("at", flat=True)
    last = signs.filter(at__lt=at + SILENT).first()
    if last is None and signs.exists():
        return Verdict.UNWELL, "tanda hidupnya di masa depan, periksa jam komputer"
    if last is None:
        return Verdict.UNWELL, "belum pernah berjalan"
    return _finding(at - last < SILENT, f"terakhir terlihat {_in_words(at - last)} lalu")


def _jobs(at: datetime) -> Finding:
    oldest = Job.objects.filter(status=Job.Status.READY, run_at__lte=at).order_by("run_at").first()
    if oldest is None:
        return Verdict.WELL, "tidak ada yang menunggu"
    waits = at - oldest.run_at
    return _finding(waits < STALE, f"menunggu {_in_words(waits)}: {oldest.task_path}")


def _in_words(span: timedelta) -> str:
    """Say a span in its largest unit: 40 detik, 12 menit, 3 jam, 5 hari."""
    seconds = max(int(span.total_seconds()), 0)
    for unit, length in (("hari", 86_400), ("jam", 3_600), ("menit", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} detik"


def _channels(_at: datetime) -> Finding:
    # An unknown outcome waits for a person: worth knowing, but the installation itself is well.
    unknown = Delivery.objects.filter(state=Delivery.State.UNKNOWN).count()
    words = {
        "email": "surel" if settings.PEGASUS_EMAIL_URL else "surel (server belum diatur)",
        "whatsapp_manual": "WhatsApp satu ketukan",
    }
    names = ", ".join(words.get(name, name) for name in sorted(settings.DELIVERY_CHANNELS, reverse=True))
    return Verdict.WELL, f"{names}; {unknown or 'tidak ada'} pesan yang belum pasti"


def _address(_at: datetime) -> Finding:
    # Everything runs; only what others get to open is missing. An alarm at night would help nobody.
    warning = channels.own_address_warning()
    return (Verdict.TO_SETTLE, warning) if warning else (Verdict.WELL, settings.PEGASUS_BASE_URL)


def _archive(_at: datetime) -> Finding:
    damaged = count_damaged()
    return _finding(not damaged, f"{damaged} berkas rusak" if damaged else "tidak ada berkas rusak")


def _disk(_at: datetime) -> Finding:
    free = shutil.disk_usage(settings.PEGASUS_DATA).free
    fact = f"{free // 1024**3} GB kosong" if free >= 10 * 1024**3 else f"{free // 1024**2} MB kosong"
    return _finding(free > LEAST_FREE_BYTES, fact)


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every check is well, else 503, with the findings as JSON."""
    findings = checks(at=clock.now())
    well = all(check.well for check in findings)
    body = {
        "status": "ok" if well else "unwell",
        "checks": {check.name: {"state": check.verdict, "well": check.well, "fact": check.fact} for check in findings},
    }
    return JsonResponse(body, status=200 if well else 503)


def may_read_metrics(request: HttpRequest) -> bool:
    """Tell whether the one who asks has the token, or asks from this very machine and through no proxy."""
    token = settings.PEGASUS_METRICS_TOKEN
    if token:
        return tokens.same(request.headers.get("Authorization", ""), f"Bearer {token}")
    through_a_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    address = visitors.client_address(request)
    return bool(address) and ip_address(address).is_loopback and not through_a_proxy


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus with gauges read from the database, so that they are right with any number of processes."""
    if not settings.PEGASUS_METRICS or not may_read_metrics(request):
        raise Http404
    at = clock.now()
    lines = ["# TYPE pegasus_well gauge"]
    lines += [f'pegasus_well{{check="{check.name}"}} {int(check.well)}' for check in checks(at=at)]
    lines.append("# TYPE pegasus_deliveries_open gauge")
    # What is over is not counted: it grows for ever, and an alarm asks what still waits.
    states = Delivery.objects.filter(state__in=OPEN).values_list("state").annotate(rows=Count("pk")).order_by("state")
    lines += [f'pegasus_deliveries_open{{state="{state}"}} {rows}' for state, rows in states]
    lines.append("# TYPE pegasus_jobs_due gauge")
    due = Job.objects.filter(status=Job.Status.READY, run_at__lte=at)
    lines.append(f"pegasus_jobs_due {due.count()}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
