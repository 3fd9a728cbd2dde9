"""The administrator sets up a passkey and an authenticator app on the phone, and signs in with each."""

import hmac
import os
import re
import struct
import subprocess
import sys
import time
from base64 import b32decode
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PHONE, new_page, running

NEW = "kucing-hujan-lima"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_of(secret: str) -> str:
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def make_office(data: Path) -> str:
    """Make an office with an administrator, and return the one-time password."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PEGASUS_")}
    environment["PEGASUS_DATA"] = str(data)
    if url := os.environ.get("PEGASUS_TEST_DATABASE_URL"):
        environment["PEGASUS_DATABASE_URL"] = url
    command = ["create-office", "1700", "--name", "BPS Provinsi Uji", "--admin", "Ana Wijaya", "--username", "ana"]
    said = subprocess.run(
        [sys.executable, "-m", "pegasus.config.cli", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"kata sandi (\S+),", said)
    assert found is not None
    return found[1]


def sign_in(page: Page, base: str, password: str) -> None:
    page.goto(f"{base}/akun/login/")
    page.get_by_label("Nama pengguna atau surel").fill("ana")
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_a_passkey_and_an_app_open_the_account(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "kantor"
    once = make_office(data)
    with running(data, datetime.now(UTC)) as installation:
        # Browsers know passkeys at https addresses and at localhost.
        base = installation.base = installation.base.replace("127.0.0.1", "localhost")
        page = new_page(browser, installation, PHONE)
        refused: list[str] = []
        page.on("console", lambda told: refused.append(told.text) if told.type == "error" else None)
        keys = page.context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

        sign_in(page, base, once)
        page.get_by_label("Kata sandi sekarang").fill(once)
        page.get_by_label("Kata sandi baru", exact=True).fill(NEW)
        page.get_by_label("Ulangi kata sandi baru").fill(NEW)
        page.get_by_role("button", name="Simpan kata sandi").click()
        page.get_by_role("link", name="Siapkan verifikasi dua langkah").click()
        page.get_by_role("link", name="Tambah kunci sandi").click()
        page.get_by_label("Kata sandi").fill(NEW)
        page.get_by_role("button", name="Lanjut").click()
        page.get_by_label("Masuk tanpa kata sandi").check()
        page.get_by_role("button", name="Buat kunci sandi").click()
        page.get_by_text("10 kode belum dipakai").wait_for()

        page.goto(f"{base}/akun/verifikasi/totp/activate/")
        page.get_by_label("Kode dari aplikasi").fill(code_of(page.locator("main code").inner_text()))
        page.get_by_role("button", name="Aktifkan").click()
        page.get_by_role("link", name="Nonaktifkan").wait_for()

        page.context.clear_cookies()
        page.goto(f"{base}/akun/login/")
        page.get_by_role("button", name="Masuk dengan kunci sandi").click()
        page.wait_for_url(f"{base}/")

        page.context.clear_cookies()
        sign_in(page, base, NEW)
        page.get_by_role("heading", name="Satu langkah lagi").wait_for()
        page.get_by_role("button", name="Pakai kunci sandi").click()
        page.wait_for_url(f"{base}/")
        assert not refused
