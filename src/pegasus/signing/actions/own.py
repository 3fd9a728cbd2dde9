from datetime import datetime
from functools import partial

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.signing import pades, room, stamp
from pegasus.signing.actions.closing import check_open, keep_signed
from pegasus.signing.actions.refusals import DocumentRefused
from pegasus.signing.actions.requests import address_of
from pegasus.signing.certificates import Certificate, CertificateUnusable, open_p12
from pegasus.signing.domain.names import same_name
from pegasus.signing.models import SignatureRequest
from pegasus.signing.queries import asked_in_words, names_asked, read_own
from pegasus.signing.widget import NotSignable, Place

Road = SignatureRequest.Road


@sensitive_variables("p12", "passphrase")
def sign_own(
    *, request: SignatureRequest, p12: bytes, passphrase: str, by: str, at: datetime, place: Place | None = None
) -> Record:
    """Sign with an own certificate: PAdES with a visible stamp. The .p12 and its passphrase are kept nowhere."""
    check_open(request, Road.OWN_CERTIFICATE)
    certificate = open_p12(p12, passphrase, at=at)
    _check_person(request, certificate, at=at)
    document = content_of(request.document)
    try:
        signed = pades.sign(
            document,
            certificate=certificate,
            wish=_wish(request, certificate, place or _place_of(request, document)),
            stamp=partial(
                stamp.draw,
                name=certificate.name,
                position=request.signer.position if request.signer else "",
                office=request.office,
                address=address_of(request.code),
                code=request.code,
                at=at,
            ),
            tsa=settings.PEGASUS_TSA_URL,
            at=at,
        )
    except NotSignable:
        raise DocumentRefused("not_signable") from None
    found = read_own(signed, at=at)
    # Nothing is kept or claimed before the file itself says that it is signed.
    if not (found.holds and len(found.signatures) == 1 and found.signatures[0].covers_whole_file):
        raise DocumentRefused("signature_failed")
    return keep_signed(request, signed, found.signatures, likeness="", by=by, at=at)


def _check_person(request: SignatureRequest, certificate: Certificate, *, at: datetime) -> None:
    """A certificate signs for the person who is asked, or for the office itself."""
    asked = names_asked(request, at=at)
    if any(same_name(certificate.name, name) for name in asked):
        return
    raise CertificateUnusable("another_person", name=certificate.name, expected=asked_in_words(request))


def _wish(request: SignatureRequest, certificate: Certificate, place: Place) -> pades.Wish:
    return pades.Wish(
        label=f"Tanda tangan elektronik {certificate.name}",
        reason=f"Menandatangani {request.title} ({request.code})",
        location=request.office.city,
        place=place,
    )


def _place_of(request: SignatureRequest, document: bytes) -> Place:
    """Return where the stamp goes: where the request says, else where the last page is empty, else nowhere."""
    return Place.from_json(request.place) if request.place else room.find(document) or Place(invisible=True)
