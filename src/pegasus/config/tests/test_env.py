from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pegasus.config import env


@pytest.mark.parametrize(
    ("name", "raw", "read"),
    [
        ("PEGASUS_DEBUG", "yes", lambda: env.switch("PEGASUS_DEBUG", default=False)),
        ("PORT", "80a", lambda: env.number("PORT", 8000, least=1, most=65535)),
        ("PORT", "70000", lambda: env.number("PORT", 8000, least=1, most=65535)),
        ("PEGASUS_BASE_URL", "pegasus.go.id", lambda: env.address("PEGASUS_BASE_URL", "")),
        ("PEGASUS_BASE_URL", "http://[::1", lambda: env.address("PEGASUS_BASE_URL", "")),
        ("PEGASUS_BASE_URL", "https://kantor:99999", lambda: env.address("PEGASUS_BASE_URL", "")),
        ("PEGASUS_BASE_URL", "https://a:b@kantor", lambda: env.address("PEGASUS_BASE_URL", "")),
        ("PEGASUS_EMAIL_FROM", "humas", lambda: env.sender("PEGASUS_EMAIL_FROM", "")),
        ("PEGASUS_TRUSTED_PROXIES", "1", lambda: env.networks("PEGASUS_TRUSTED_PROXIES")),
        ("PEGASUS_TRUSTED_PROXIES", "caddy", lambda: env.networks("PEGASUS_TRUSTED_PROXIES")),
        ("PEGASUS_TRUSTED_PROXIES", "127.0.0.1, 0.0.0.0/0", lambda: env.networks("PEGASUS_TRUSTED_PROXIES")),
        ("PEGASUS_TRUSTED_PROXIES", "::/0", lambda: env.networks("PEGASUS_TRUSTED_PROXIES")),
        ("PEGASUS_METRICS_TOKEN", "pendek", lambda: env.secret("PEGASUS_METRICS_TOKEN")),
        ("PEGASUS_OIDC_URL", "https://sso.example.go.id", env.oidc),
        ("PEGASUS_OIDC_SECRET", "rahasia", env.oidc),
        ("PEGASUS_DATA", "/proc/nowhere/data", lambda: env.folder("PEGASUS_DATA", Path())),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start_and_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, raw: str, read: object
) -> None:
    monkeypatch.setenv(name, raw)
    assert callable(read)

    with pytest.raises(ImproperlyConfigured, match=name.rsplit("_", 1)[0]):
        read()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a/b",
        "postgresql://host",
        "pegasus.sqlite3",
        "",
        "postgresql://a:b@host:x/db",
        "sqlite://",
        "sqlite:///",
        "sqlite:////proc/nowhere/pegasus.sqlite3",
    ],
)
def test_a_database_that_is_not_understood_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PEGASUS_DATABASE_URL"):
        env.database(url)


def test_a_password_with_signs_reaches_postgresql_as_it_was_meant() -> None:
    made = env.database("postgresql://pegasus:p%40ss%2Fword@db.kantor:5433/pegasus")

    assert (made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
        "p@ss/word",
        "db.kantor",
        "5433",
        "pegasus",
    )


@pytest.mark.parametrize("url", ["smtp://", "smtps://:465", "imap://kantor", "file://", "file:///", "smtp://kantor:x"])
def test_a_mail_server_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PEGASUS_EMAIL_URL"):
        env.mail(url)


def test_a_name_with_an_at_sign_reaches_the_mail_server_as_it_was_meant() -> None:
    made = env.mail("smtp://humas%40bps.go.id:p%2Fw@mail.kantor")

    assert made == env.Mail(host="mail.kantor", port=587, user="humas@bps.go.id", password="p/w")
    assert made.tls


def test_mail_goes_out_over_a_safe_line_or_into_a_folder() -> None:
    assert env.mail("smtps://mail.kantor") == env.Mail(host="mail.kantor", port=465, ssl=True)
    assert env.mail("file:///srv/surel").folder == "/srv/surel"
    assert not env.mail("").tls


def test_a_mistyped_variable_stops_the_start_and_the_nearest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    env.text("PEGASUS_DATABASE_URL")
    monkeypatch.setenv("PEGASUS_DATABSE_URL", "sqlite:///x")

    with pytest.raises(ImproperlyConfigured, match=r"DATABSE_URL tidak dikenal; maksudnya PEGASUS_DATABASE_URL\?"):
        env.refuse_unknown()


def test_what_is_known_or_for_tests_alone_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEGASUS_TEST_ANYTHING", "1")

    env.refuse_unknown()


def test_a_provider_that_is_set_as_a_whole_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEGASUS_OIDC_URL", "https://sso.example.go.id/realms/pegawai/")
    monkeypatch.setenv("PEGASUS_OIDC_CLIENT_ID", "pegasus")
    monkeypatch.setenv("PEGASUS_OIDC_SECRET", "rahasia")

    made = env.oidc()

    assert made == env.Oidc("https://sso.example.go.id/realms/pegawai", "pegasus", "rahasia", "akun instansi")
    assert made.origin == "https://sso.example.go.id"
