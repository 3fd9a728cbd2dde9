from pegasus.signing.actions.own import sign_own
from pegasus.signing.actions.refusals import (
    REFUSALS,
    AlreadyDecided,
    AnotherDocument,
    DocumentRefused,
    NotRequestable,
    NotSigned,
    SignatureAlreadyAsked,
    SignerRefused,
    WrongRoad,
)
from pegasus.signing.actions.requests import address_of, ask, cancel, request_signature
from pegasus.signing.actions.returned import confirm, refuse, settle, take_back
from pegasus.signing.certificates import CertificateUnusable, WrongPassphrase
from pegasus.signing.domain.footers import sentence
from pegasus.signing.pades import NoTimestamp

__all__ = [
    "REFUSALS",
    "AlreadyDecided",
    "AnotherDocument",
    "CertificateUnusable",
    "DocumentRefused",
    "NoTimestamp",
    "NotRequestable",
    "NotSigned",
    "SignatureAlreadyAsked",
    "SignerRefused",
    "WrongPassphrase",
    "WrongRoad",
    "address_of",
    "ask",
    "cancel",
    "confirm",
    "refuse",
    "request_signature",
    "sentence",
    "settle",
    "sign_own",
    "take_back",
]
