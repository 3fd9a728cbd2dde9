"""What is mailed about accounts and power: at once, whatever the hour, and without a link that opens nowhere."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from pytest_django.fixtures import Settings
from tests.builders import make_office

from pegasus.kernel import clock
from pegasus.people import jobs
from pegasus.people.models import AccountNotice, User

pytestmark = pytest.mark.django_db
AT_NIGHT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # Monday, 03.00 WIB
SENTENCE = "Ana membuatkan kata sandi baru untuk akun Sari."


@pytest.fixture
def notice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AccountNotice:
    settings.PEGASUS_EMAIL_URL = "smtp://localhost"
    monkeypatch.setattr(clock, "now", lambda: AT_NIGHT)
    make_office()
    user = User.objects.create_user("sari", email="sari@kantor.example")
    facts = {"by": "Ana", "name": "Sari"}
    return AccountNotice.objects.create(user=user, kind="account.password_reset", facts=facts, at=AT_NIGHT)


def test_a_warning_about_an_account_does_not_wait_for_the_morning(notice: AccountNotice, settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = "https://pegasus.kantor.example"

    jobs.mail_notice.call(notice.pk)

    (sent,) = mail.outbox
    assert sent.to == ["sari@kantor.example"]
    assert SENTENCE in sent.body
    assert "https://pegasus.kantor.example" in sent.body


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "http://localhost:8000", "http://0.0.0.0", "http://[::1]"])
def test_it_goes_without_an_address_that_only_this_machine_can_open(
    notice: AccountNotice, settings: Settings, base: str
) -> None:
    settings.PEGASUS_BASE_URL = base

    jobs.mail_notice.call(notice.pk)

    (sent,) = mail.outbox
    assert SENTENCE in sent.body
    assert sent.body.rstrip() == sent.body
    assert "://" not in sent.body
