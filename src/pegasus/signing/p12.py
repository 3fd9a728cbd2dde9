"""Open a .p12 and say in which way its certificate cannot be used. Runs in the gate's child, never in the server."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from pegasus.typeset.refusal import FileRefused

# Windows writes 2,000 rounds, OpenSSL 2,048, Java 10,000, older Java and Bouncy Castle 100,000, GnuTLS 600,000, which
# is also what OWASP advises: nobody honest asks for more.
MOST_ROUNDS = 600_000
MOST_ROUNDS_TOGETHER = 4 * MOST_ROUNDS
MOST_BAGS = 64
DEEPEST = 4
SHORTEST_RSA, LONGEST_RSA = 2048, 8192
SHORTEST_EC = 256
TORN = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


def read(data: bytes, *, passphrase: str, at: str) -> tuple[dict[str, object], bytes]:
    """Return the certificate that may sign at a moment, with its names and days, and the key it signs with (PKCS#8).

    Raise FileRefused: `not_p12`, `rounds`, `wrong_passphrase`, `no_key`, `no_certificate`, `weak_key`, `expired`,
    `not_yet_valid`, `wrong_usage`.
    """
    _check_container(data)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode())
    except ValueError:
        # The library says the same for both; the container was checked above, so it is the passphrase.
        raise FileRefused("wrong_passphrase") from None
    if key is None:
        raise FileRefused("no_key")
    if certificate is None:
        raise FileRefused("no_certificate")
    _check_key(key)
    _check_days(certificate, at=datetime.fromisoformat(at))
    _check_usage(certificate)
    facts: dict[str, object] = {
        "name": _name(certificate.subject),
        "issuer": _name(certificate.issuer),
        "valid_from": certificate.not_valid_before_utc.isoformat(),
        "valid_until": certificate.not_valid_after_utc.isoformat(),
        "certificate": _plain(certificate),
        "others": [_plain(other) for other in others],
    }
    return facts, key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _plain(certificate: x509.Certificate) -> str:
    return b64encode(certificate.public_bytes(Encoding.DER)).decode()


def _check_container(data: bytes) -> None:
    """Refuse what is no .p12, and one that asks for more rounds of key derivation than any honest one."""
    try:
        rounds = list(_rounds(asn1_pkcs12.Pfx.load(data, strict=True)))
    except TORN:
        raise FileRefused("not_p12") from None
    if len(rounds) > MOST_BAGS:
        raise FileRefused("not_p12")
    if any(count > MOST_ROUNDS for count in rounds) or sum(rounds) > MOST_ROUNDS_TOGETHER:
        raise FileRefused("rounds")


def _rounds(container: Any) -> Iterator[int]:  # noqa: ANN401 - untyped library
    """Return how often each secret of a .p12 is derived: its seal, its sealed parts, every key that lies open."""
    if container["mac_data"].native:
        yield int(container["mac_data"]["iterations"].native or 0)
    for part in container.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            yield _asked_by(part["content"]["encrypted_content_info"]["content_encryption_algorithm"])
        elif part["content_type"].native == "data":
            bags = asn1_pkcs12.SafeContents.load(part["content"].native)
            yield from (_asked_by(algorithm) for algorithm in _sealing(bags, DEEPEST))


def _sealing(bags: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401 - untyped library
    """Return the algorithm behind every sealed key, also in bags within bags."""
    if len(bags) > MOST_BAGS or not depth:
        raise ValueError("no honest .p12 holds so much")
    for bag in bags:
        if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
            yield bag["bag_value"]["encryption_algorithm"]
        elif bag["bag_id"].native == "safe_contents":
            yield from _sealing(bag["bag_value"], depth - 1)


def _asked_by(algorithm: Any) -> int:  # noqa: ANN401 - untyped library
    """Return the rounds of one derivation; scrypt counts otherwise, there the child's processor time is the limit."""
    parameters = algorithm["parameters"]
    if algorithm["algorithm"].native == "pbes2" and parameters["key_derivation_func"]["algorithm"].native == "scrypt":
        return 0
    return int(algorithm.kdf_iterations)


def _check_key(key: object) -> None:
    if isinstance(key, rsa.RSAPrivateKey) and SHORTEST_RSA <= key.key_size <= LONGEST_RSA:
        return
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size >= SHORTEST_EC:
        return
    raise FileRefused("weak_key")


def _check_days(certificate: x509.Certificate, *, at: datetime) -> None:
    if at > certificate.not_valid_after_utc:
        raise FileRefused("expired", until=certificate.not_valid_after_utc.isoformat())
    if at < certificate.not_valid_before_utc:
        raise FileRefused("not_yet_valid", since=certificate.not_valid_before_utc.isoformat())


def _check_usage(certificate: x509.Certificate) -> None:
    """A certificate that says what it is for must say signing; one that is a CA's signs certificates, not papers."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise FileRefused("wrong_usage")


def _name(name: x509.Name) -> str:
    for wanted in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(wanted)
        if found:
            return str(found[0].value)
    return name.rfc4514_string()
