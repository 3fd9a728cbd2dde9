"""A certificate whose chain nobody here believes: every place says that its owner is its own word."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, sign_in

from pegasus.archive.files import content_of
from pegasus.archive.models import Record
from pegasus.signing import actions
from pegasus.signing.models import SignatureRequest
from pegasus.signing.tests.builders import make_head, make_request, signed_onto

pytestmark = pytest.mark.django_db
OWN_WORD = "pemiliknya menurut sertifikat itu sendiri"


def test_every_place_says_that_the_owner_is_the_certificates_own_word(client: Client, tmp_path: Path) -> None:
    request = make_request(signer=make_head(), road=SignatureRequest.Road.ANY)
    back = signed_onto(content_of(request.document), ca="CA Kantor Uji")

    record = actions.take_back(request=request, data=back, by="Sari", at=NOW)

    assert isinstance(record, Record)
    sign_in(client, request.office, "ca")
    path, said = tmp_path / "kembali.pdf", StringIO()
    path.write_bytes(back)
    with pytest.raises(SystemExit, match=r"^0$"):
        call_command("verify", str(path), stdout=said)
    with path.open("rb") as file:
        checked = client.post(reverse("signing:verify", args=[request.code]), {"file": file})
    places = {
        "request": client.get(reverse("signing:request", args=[request.pk])).content.decode(),
        "archive": client.get(reverse("archive:record", args=[record.pk])).content.decode(),
        "code": client.get(reverse("signing:verify", args=[request.code])).content.decode(),
        "file": checked.content.decode(),
        "verify": said.getvalue(),
    }
    assert [name for name, text in places.items() if OWN_WORD not in text] == []
