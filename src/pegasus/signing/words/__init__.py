"""What pages and commands of signing say in plain words."""

from pegasus.signing.words.findings import Told, matching_lines, open_lines, public_title, tell
from pegasus.signing.words.refusals import (
    another_document,
    not_signed,
    not_typeset,
    refused,
    refused_certificate,
    refused_document,
    unreadable,
    wrong_passphrase,
)
from pegasus.signing.words.signatures import moment, signature_lines

__all__ = [
    "Told",
    "another_document",
    "matching_lines",
    "moment",
    "not_signed",
    "not_typeset",
    "open_lines",
    "public_title",
    "refused",
    "refused_certificate",
    "refused_document",
    "signature_lines",
    "tell",
    "unreadable",
    "wrong_passphrase",
]
