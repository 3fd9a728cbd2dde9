"""Open a .p12 for one signature and say in which way it cannot be used. Nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.views.decorators.debug import sensitive_variables
from pyhanko.sign.signers import SimpleSigner

LARGEST = 512 * 1024
MOST_ROUNDS = 5_000_000  # a hostile file could ask for hours of key derivation
SHORTEST_RSA = 2048
SHORTEST_EC = 256


class WrongPassphrase(Exception):
    """The passphrase does not open this .p12."""


class CertificateUnusable(Exception):
    """The file or its certificate cannot sign this document; `reason` is a word for `words.py`."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True)
class Certificate:
    """An opened certificate: its names, its days, and what signs with it."""

    name: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    signer: Any  # pyHanko's SimpleSigner, untyped


@sensitive_variables("data", "passphrase", "secret", "key")
def open_p12(data: bytes, passphrase: str, *, at: datetime) -> Certificate:
    """Open a .p12 and check that its certificate may sign at this moment."""
    _check_container(data)
    secret = passphrase.encode()
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(data, secret)
    except ValueError:
        # The library says the same for both; the container was checked above, so it is the passphrase.
        raise WrongPassphrase from None
    if key is None:
        raise CertificateUnusable("no_key")
    if certificate is None:
        raise CertificateUnusable("no_certificate")
    _check_key(key)
    _check_days(certificate, at=at)
    _check_usage(certificate)
    # from None above and here: no traceback may carry the passphrase into a log.
    signer = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=secret)
    return Certificate(
        name=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        signer=signer,
    )


def _check_container(data: bytes) -> None:
    if not data:
        raise CertificateUnusable("empty")
    if len(data) > LARGEST:
        raise CertificateUnusable("not_p12")
    try:
        container = asn1_pkcs12.Pfx.load(data, strict=True)
        rounds = [int(container["mac_data"]["iterations"].native or 0)] if container["mac_data"].native else []
        for part in container.authenticated_safe:
            if part["content_type"].native == "encrypted_data":
                algorithm = part["content"]["encrypted_content_info"]["content_encryption_algorithm"]
                rounds.append(int(algorithm.kdf_iterations))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CertificateUnusable("not_p12") from None
    if any(count > MOST_ROUNDS for count in rounds):
        raise CertificateUnusable("not_p12")


def _check_key(key: object) -> None:
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SHORTEST_RSA:
        return
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size >= SHORTEST_EC:
        return
    raise CertificateUnusable("weak_key")


def _check_days(certificate: x509.Certificate, *, at: datetime) -> None:
    if at > certificate.not_valid_after_utc:
        raise CertificateUnusable("expired", until=certificate.not_valid_after_utc.isoformat())
    if at < certificate.not_valid_before_utc:
        raise CertificateUnusable("not_yet_valid", since=certificate.not_valid_before_utc.isoformat())


def _check_usage(certificate: x509.Certificate) -> None:
    """A certificate that says what it is for must say signing; one that is a CA's signs certificates, not papers."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise CertificateUnusable("wrong_usage")


def _name(name: x509.Name) -> str:
    for wanted in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(wanted)
        if found:
            return str(found[0].value)
    return name.rfc4514_string()
