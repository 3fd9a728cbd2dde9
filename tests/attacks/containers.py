"""Certificates (.p12) that ask for more work than any honest one."""

import hashlib
import os

from asn1crypto import algos, cms, core, pkcs12
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from pegasus.signing.tests.certificates import PASSPHRASE, p12


def with_key_rounds(rounds: int) -> bytes:
    """A .p12 whose key, lying open in it, asks for so many rounds; without a seal it is opened all the same."""
    container = pkcs12.Pfx.load(p12())
    return _repacked([_part_asking(part, rounds) for part in container.authenticated_safe])


def with_hidden_key_rounds(rounds: int) -> bytes:
    """The same, but the key lies inside a sealed part: nobody can count its rounds before opening that."""
    parts = [_part_asking(part, rounds) for part in pkcs12.Pfx.load(p12()).authenticated_safe]
    return _repacked([_sealed(part) if part["content_type"].native == "data" else part for part in parts])


def with_many_keys(count: int, rounds: int) -> bytes:
    """A .p12 of many keys, each of which asks for an honest number of rounds."""
    parts = [_part_asking(part, rounds) for part in pkcs12.Pfx.load(p12()).authenticated_safe]
    keys = [part for part in parts if part["content_type"].native == "data"]
    return _repacked([*parts, *keys * (count - 1)])


def with_seal_rounds(rounds: int) -> bytes:
    """A .p12 whose seal (MAC) asks for so many rounds."""
    container = pkcs12.Pfx.load(p12())
    container["mac_data"]["iterations"] = rounds
    return bytes(container.dump(force=True))


def _repacked(parts: list[cms.ContentInfo]) -> bytes:
    safe = pkcs12.AuthenticatedSafe(parts)
    data = cms.ContentInfo({"content_type": "data", "content": core.OctetString(safe.dump())})
    return bytes(pkcs12.Pfx({"version": "v3", "auth_safe": data}).dump())


def _part_asking(part: cms.ContentInfo, rounds: int) -> cms.ContentInfo:
    """Return a part whose keys ask for so many rounds; any other part stays as it is."""
    if part["content_type"].native != "data":
        return part
    bags = pkcs12.SafeContents.load(part["content"].native)
    for bag in bags:
        key = bag["bag_value"].parsed if isinstance(bag["bag_value"], core.Any) else bag["bag_value"]
        key["encryption_algorithm"]["parameters"]["key_derivation_func"]["parameters"]["iteration_count"] = rounds
        bag["bag_value"] = key
    packed = core.OctetString(bags.dump(force=True))
    return cms.ContentInfo({"content_type": "data", "content": packed})


def _sealed(part: cms.ContentInfo) -> cms.ContentInfo:
    """Return a part encrypted with the passphrase, after few rounds."""
    salt, start, rounds = os.urandom(16), os.urandom(16), 2048
    key = hashlib.pbkdf2_hmac("sha256", PASSPHRASE.encode(), salt, rounds, 32)
    plain = part["content"].native
    fill = 16 - len(plain) % 16
    packer = Cipher(AES256(key), CBC(start)).encryptor()
    body = packer.update(plain + bytes([fill]) * fill) + packer.finalize()
    derivation = {
        "algorithm": "pbkdf2",
        "parameters": {
            "salt": algos.Pbkdf2Salt("specified", core.OctetString(salt)),
            "iteration_count": rounds,
            "key_length": 32,
            "prf": {"algorithm": "sha256"},
        },
    }
    cipher = {"algorithm": "aes256_cbc", "parameters": start}
    algorithm = {
        "algorithm": "pbes2",
        "parameters": {"key_derivation_func": derivation, "encryption_scheme": cipher},
    }
    sealed = {
        "version": "v0",
        "encrypted_content_info": {
            "content_type": "data",
            "content_encryption_algorithm": algorithm,
            "encrypted_content": body,
        },
    }
    return cms.ContentInfo({"content_type": "encrypted_data", "content": cms.EncryptedData(sealed)})
