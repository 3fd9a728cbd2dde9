from pegasus.signing.actions.own import sign_own
from pegasus.signing.actions.refusals import (
    REFUSALS,
    AlreadyDecided,
    AlreadyWaiting,
    DocumentRefused,
    NotRequestable,
    NotSigned,
    WrongRoad,
)
from pegasus.signing.actions.requests import ask, cancel, request_signature
from pegasus.signing.actions.returned import take_back
from pegasus.signing.certificates import CertificateUnusable, WrongPassphrase
from pegasus.signing.domain.footers import sentence
from pegasus.signing.pades import NoTimestamp

__all__ = [
    "REFUSALS",
    "AlreadyDecided",
    "AlreadyWaiting",
    "CertificateUnusable",
    "DocumentRefused",
    "NoTimestamp",
    "NotRequestable",
    "NotSigned",
    "WrongPassphrase",
    "WrongRoad",
    "ask",
    "cancel",
    "request_signature",
    "sentence",
    "sign_own",
    "take_back",
]
