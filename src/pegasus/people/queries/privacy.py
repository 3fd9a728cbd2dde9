"""What is kept about a person, and what they asked for."""

from datetime import date

from django.db.models import QuerySet

from pegasus.people.models import Consent, Correction, Employee, Office, Transfer
from pegasus.people.queries.doors import tokens_of
from pegasus.people.queries.staff import employees_of


def own_data(employee: Employee) -> dict[str, object]:
    """Return everything that is kept about a person, for the person (UU 27/2022, article 7)."""
    return {
        "nama": employee.name,
        "gelar_depan": employee.title_before,
        "gelar_belakang": employee.title_after,
        "kantor": employee.office.name,
        "nip": employee.nip,
        "tim": employee.team,
        "jabatan": employee.position,
        "tanggal_lahir": employee.birth_date,
        "menolak_ucapan_ulang_tahun_sejak": employee.greeting_declined_at,
        "email": employee.email,
        "nomor_whatsapp": employee.phone,
        "bertugas_sejak": None if employee.active_from == Employee.SINCE_EVER else employee.active_from,
        "bertugas_sampai": employee.active_until,
        "foto_tersimpan": bool(employee.photo),
        "persetujuan": list(
            employee.consents.order_by("given_at", "pk").values(
                "purpose", "wording_version", "wording", "given_at", "given_by", "withdrawn_at", "withdrawn_by"
            )
        ),
        "permintaan_koreksi": list(
            employee.corrections.order_by("asked_at", "pk").values(
                "field", "wanted", "reason", "state", "asked_at", "settled_at", "settled_by", "answer"
            )
        ),
        "peran": list(
            employee.roles.order_by("valid_from", "pk").values("role", "decree_number", "valid_from", "valid_until")
        ),
        "tidak_ikut_giliran": list(
            employee.exemptions.order_by("starts_on", "pk").values("reason", "starts_on", "ends_on")
        ),
        "tidak_hadir": list(
            employee.absences.order_by("starts_on", "pk").values("kind", "starts_on", "ends_on", "note")
        ),
        "token_program": list(
            tokens_of(employee).values("name", "ending", "created_at", "expires_at", "last_used_at", "revoked_at")
        ),
    }


def waiting_for_an_account() -> QuerySet[Employee]:
    """Return the transferred people whose account still opens their old office."""
    arrived = Employee.objects.filter(user=None, active_until=None, moved_from__user__isnull=False)
    return arrived.select_related("office", "moved_from__user").order_by("pk")


def corrections_in(office: Office) -> QuerySet[Correction]:
    """The only door to requests for correction: those of one office, with their people, the most urgent first."""
    return (
        Correction.objects.filter(employee__office=office).select_related("employee__office").order_by("due_at", "pk")
    )


def open_corrections(office: Office) -> QuerySet[Correction]:
    """Return the requests that wait for an answer."""
    return corrections_in(office).filter(state=Correction.State.ASKED)


def transfers_from(office: Office) -> QuerySet[Transfer]:
    """The old office's door to its transfers, the newest first."""
    moves = Transfer.objects.filter(employee__office=office)
    return moves.select_related("employee__office", "to_office").order_by("-asked_at", "-pk")


def arrivals_at(office: Office) -> QuerySet[Transfer]:
    """The new office's door: what is offered to it and not settled. Show no more than name, NIP, office and day."""
    moves = Transfer.objects.filter(to_office=office, state=Transfer.State.OFFERED)
    return moves.select_related("employee__office", "to_office").order_by("last_day", "pk")


def other_offices(office: Office) -> QuerySet[Office]:
    """Return the offices that a person of this one may be transferred to, by code."""
    return Office.objects.filter(is_demo=office.is_demo).exclude(pk=office.pk).order_by("code")


def long_gone(office: Office, *, on: date) -> QuerySet[Employee]:
    """Return who left longer ago than the office keeps a leaver's data, the longest first."""
    bound = on.replace(year=on.year - office.leaver_years, day=min(on.day, 28))
    return employees_of(office).filter(active_until__lt=bound, anonymised_at=None).order_by("active_until", "pk")


def photo_consent(employee: Employee) -> Consent | None:
    """Return the consent under which the photo may be used, if there is one."""
    return employee.consents.filter(purpose=Consent.Purpose.PHOTO, withdrawn_at=None).first()
