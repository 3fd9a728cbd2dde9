"""Everything that is kept about a person, from every slice, for the person (UU 27/2022, articles 7 and 13)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from pegasus.cards.models import Card, CardComment
from pegasus.delivery.models import Delivery
from pegasus.kernel import audit
from pegasus.people import actions as people
from pegasus.people.models import Employee
from pegasus.reminders.models import Reminder
from pegasus.roster.models import DutyHolder, Swap
from pegasus.signing.models import SignatureRequest
from pegasus.sop.domain.greetings import SUBJECT as GREETING
from pegasus.sop.models import Task

# Columns as their owner reads them; what a change wrote down before and after keeps the names of the columns.
WORDS = {
    "action": "tindakan",
    "activity__title": "aktivitas",
    "actor": "oleh",
    "after": "sesudah",
    "answer": "jawaban",
    "asked_at": "diminta_pada",
    "at": "pada",
    "before": "sebelum",
    "channel": "saluran",
    "closed_at": "selesai_pada",
    "closed_by": "diselesaikan_oleh",
    "created_at": "dibuat_pada",
    "decree_number": "nomor_sk",
    "due_at": "tenggat",
    "duty__posts_on": "tayang",
    "ending": "akhiran",
    "ends_on": "sampai",
    "expires_at": "berlaku_sampai",
    "fate": "nasib",
    "field": "data",
    "given_at": "diberikan_pada",
    "given_by": "diberikan_oleh",
    "kind": "jenis",
    "last_used_at": "terakhir_dipakai",
    "name": "nama",
    "note": "catatan",
    "part": "bagian",
    "purpose": "tujuan",
    "reason": "alasan",
    "revoked_at": "dicabut_pada",
    "role": "peran",
    "settled_at": "diselesaikan_pada",
    "settled_by": "diselesaikan_oleh",
    "starts_on": "mulai",
    "state": "keadaan",
    "subject": "perihal",
    "text": "isi",
    "title": "judul",
    "valid_from": "berlaku_sejak",
    "valid_until": "berlaku_sampai",
    "wanted": "seharusnya",
    "withdrawn_at": "ditarik_pada",
    "withdrawn_by": "ditarik_oleh",
    "wording": "bunyi",
    "wording_version": "versi_bunyi",
}


def exported(*, employee: Employee, by: str, at: datetime) -> dict[str, object]:
    """Gather a person's own data, and write down that it was handed out."""
    own = people.export_own_data(employee=employee, by=by, at=at)
    return _in_words(own) | _in_words(_elsewhere(employee))


def _in_words(data: Mapping[str, object]) -> dict[str, object]:
    """Name the columns of every list in Indonesian, as the rest of the file is."""
    return {
        key: [{WORDS.get(column, column): fact for column, fact in row.items()} for row in rows]
        if isinstance(rows, list)
        else rows
        for key, rows in data.items()
    }


def _elsewhere(employee: Employee) -> dict[str, object]:
    return {
        "giliran": _turns(employee),
        "permintaan_pengganti": list(
            Swap.objects.filter(from_employee=employee)
            .order_by("asked_at", "pk")
            .values("duty__posts_on", "state", "reason", "asked_at", "settled_at", "settled_by")
        ),
        "kartu": [_card(card) for card in _written(employee)],
        "kartu_ucapan": [
            _card(card)
            for card in Card.objects.filter(task__subject__startswith=f"{GREETING}{employee.pk}:").order_by("shown_on")
        ],
        "komentar_peninjauan": list(
            CardComment.objects.filter(author=employee).order_by("pk").values("text", "made_at", "done_at")
        ),
        "tugas": list(
            Task.objects.filter(owner=employee)
            .order_by("due_at", "pk")
            .values("activity__title", "part", "due_at", "closed_at", "closed_by")
        ),
        # With the mark where a personal link stood: a file that is passed on must open nobody's page.
        "pesan": list(
            Delivery.objects.filter(to=employee)
            .order_by("created_at", "pk")
            .values("kind", "channel", "subject", "text", "state", "due_at", "settled_at")
        ),
        "pengingat": list(Reminder.objects.filter(employee=employee).order_by("pk").values("due_at", "fate")),
        "tanda_tangan": list(
            SignatureRequest.objects.filter(signer=employee).order_by("pk").values("title", "state", "created_at")
        ),
        "tautan_pribadi": list(
            employee.links.order_by("created_at", "pk").values("purpose", "created_at", "expires_at", "revoked_at")
        ),
        "catatan_perubahan": list(
            audit.entries_of(f"employee:{employee.pk}", office_id=employee.office_id).values(
                "at", "actor", "action", "before", "after"
            )
        ),
    }


def _written(employee: Employee) -> QuerySet[Card]:
    own = Card.objects.filter(holder=employee).exclude(task__subject__startswith=GREETING)
    return own.order_by("shown_on", "pk")


def _turns(employee: Employee) -> list[dict[str, object]]:
    held = DutyHolder.objects.filter(employee=employee).select_related("duty").order_by("duty__posts_on", "pk")
    return [
        {
            "tayang": one.duty.posts_on,
            "dipegang_sejak": one.held_from,
            "dipegang_sampai": one.held_until,
            "dicatat_oleh": one.by,
        }
        for one in held
    ]


def _card(card: Card) -> dict[str, object]:
    return {
        "tayang": card.shown_on,
        "nama_di_kartu": card.name,
        "kata_motivasi": card.words,
        "sumber": card.source,
        "teks_alternatif": card.alt_text,
        "foto_tersimpan": bool(card.photo),
        "dikirim": card.submitted_at,
        "versi": list(
            card.versions.order_by("number").values(
                "number", "words", "source", "alt_text", "sent_at", "verdict", "decided_at", "decided_by", "note"
            )
        ),
    }
