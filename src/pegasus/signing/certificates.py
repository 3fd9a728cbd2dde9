"""Open a .p12 for one signature and say in which way it cannot be used. Nothing of it is kept.

The file is opened behind the gate: a passphrase is stretched by as many rounds as the file asks for, and while that
goes on nothing else runs in its process. Only a key that was found in order comes back, for this one signature.
"""

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import keys, x509
from django.views.decorators.debug import sensitive_variables
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pegasus.typeset import foreign
from pegasus.typeset.foreign import MEGABYTE, FileRefused, Limits, Reader

LARGEST = 512 * 1024
P12 = foreign.register(
    Reader(
        "p12",
        "pegasus.signing.p12:read",
        Limits(most_bytes=LARGEST, memory=512 * MEGABYTE, cpu=10, seconds=40, answer=2 * MEGABYTE, at_once=1),
    )
)
# The gate's words as this slice's own; any other of its words means a file that no library could read.
REASONS = {"large": "not_p12", "slow": "rounds", "memory": "not_p12", "broken": "not_p12", "swollen": "not_p12"}


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


@sensitive_variables("data", "passphrase", "found")
def open_p12(data: bytes, passphrase: str, *, at: datetime) -> Certificate:
    """Return the certificate in a .p12 that may sign at this moment, or raise WrongPassphrase, CertificateUnusable."""
    if not data:
        raise CertificateUnusable("empty")
    try:
        found = foreign.read(P12, data, passphrase=passphrase, at=at.isoformat())
    except FileRefused as refused:
        # from None: no traceback may carry the passphrase into a log.
        raise _unusable(refused) from None
    facts = found.facts
    return Certificate(
        name=facts["name"],
        issuer=facts["issuer"],
        valid_from=datetime.fromisoformat(facts["valid_from"]),
        valid_until=datetime.fromisoformat(facts["valid_until"]),
        signer=_signer(found.body, facts["certificate"], facts["others"]),
    )


def _unusable(refused: FileRefused) -> Exception:
    if refused.reason == "wrong_passphrase":
        return WrongPassphrase()
    facts = {name: str(value) for name, value in refused.facts.items()}
    return CertificateUnusable(REASONS.get(refused.reason, refused.reason), **facts)


@sensitive_variables("key")
def _signer(key: bytes, certificate: str, others: list[str]) -> SimpleSigner:
    """Return what signs with a key (PKCS#8) and shows these certificates (DER, in base 64)."""
    shown = SimpleCertificateStore()  # type: ignore[no-untyped-call] # the library's
    shown.register_multiple({x509.Certificate.load(b64decode(other)) for other in others})
    return SimpleSigner(
        signing_cert=x509.Certificate.load(b64decode(certificate)),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=shown,
    )
