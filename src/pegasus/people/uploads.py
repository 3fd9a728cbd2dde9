"""Lists between upload and import: kept encrypted for two hours under a name nobody can guess."""

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pegasus.kernel import crypto
from pegasus.people.models import Office

FOLDER = "imports"
COLUMN = "people.imports"
KEPT = timedelta(hours=2)


@dataclass(frozen=True)
class Upload:
    """What is kept: the file until it is imported, then the result until it expires."""

    filename: str
    data: bytes
    result: dict[str, object] | None = None
    kind: str = "staff"


def keep(*, office: Office, filename: str, data: bytes, at: datetime, kind: str = "staff") -> str:
    """Keep an uploaded list and return its token; what has expired goes away."""
    forget_expired(at=at)
    token = f"{int((at + KEPT).timestamp())}-{secrets.token_hex(16)}"
    _write(office, token, Upload(filename, data, kind=kind))
    return token


def keep_result(*, office: Office, token: str, upload: Upload, result: dict[str, object]) -> None:
    """Replace an imported list by its result."""
    default_storage.delete(_path(office, token))
    _write(office, token, replace(upload, data=b"", result=result))


def find(*, office: Office, token: str, at: datetime, kind: str = "staff") -> Upload | None:
    """Return a kept upload; None when it is another office's, of another kind, unknown or expired."""
    path = _path(office, token)
    if _expires(token) <= at.timestamp() or not default_storage.exists(path):
        return None
    with default_storage.open(path, "rb") as stream:
        stored = json.loads(crypto.decrypt(stream.read().decode(), column=COLUMN))
    upload = Upload(stored["filename"], b64decode(stored["data"]), stored["result"], stored.get("kind", "staff"))
    return upload if upload.kind == kind else None


def forget_expired(*, at: datetime) -> None:
    """Delete what nobody came back for."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if _expires(name.partition("-")[2]) <= at.timestamp():
            default_storage.delete(f"{FOLDER}/{name}")


def _write(office: Office, token: str, upload: Upload) -> None:
    stored = {"filename": upload.filename, "data": b64encode(upload.data).decode(), "result": upload.result}
    stored["kind"] = upload.kind
    sealed = crypto.encrypt(json.dumps(stored), column=COLUMN)
    default_storage.save(_path(office, token), ContentFile(sealed.encode()))


def _path(office: Office, token: str) -> str:
    return f"{FOLDER}/{office.pk}-{token}"


def _expires(token: str) -> float:
    moment = token.partition("-")[0]
    return float(moment) if moment.isascii() and moment.isdigit() else 0.0
