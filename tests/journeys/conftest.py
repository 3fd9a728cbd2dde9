"""A real installation for a journey: an empty data folder, the real server and worker, a clock that can be moved."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.waiting import PATIENCE

CHROMIUM = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
expect.set_options(timeout=60_000)


@dataclass
class Installation:
    """A running Pegasus. `say` moves its clock; `log` is what it printed."""

    data: Path
    base: str
    clock: Path
    process: "subprocess.Popen[bytes]"
    log: Path
    contexts: list[BrowserContext] = field(default_factory=list)

    def say(self, moment: datetime) -> None:
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self.clock)  # at once, so that nobody reads half a moment

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return  # it answers, if only to say that it is not well yet
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer from {address}\n{log.read_text()[-4000:]}")


@contextmanager
def running(data: Path, moment: datetime) -> Iterator[Installation]:
    """Serve a Pegasus at a moment; afterwards its browsers are closed and it is stopped."""
    installation = start(data, moment)
    try:
        yield installation
    finally:
        for context in installation.contexts:
            context.close()
        installation.stop()


def start(data: Path, moment: datetime) -> Installation:
    port = free_port()
    clock = data.parent / f"{data.name}.clock"
    clock.write_text(moment.isoformat())
    base = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PEGASUS_")}
    environment |= {
        "PEGASUS_DATA": str(data),
        "PEGASUS_BASE_URL": base,
        "PEGASUS_TEST_CLOCK": str(clock),
        "PEGASUS_EMAIL_URL": f"file://{data.parent / (data.name + '.mail')}",
        "PORT": str(port),
    }
    if url := os.environ.get("PEGASUS_TEST_DATABASE_URL"):
        environment["PEGASUS_DATABASE_URL"] = url
    log = data.parent / f"{data.name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "pegasus.config.cli", "serve", "--port", str(port)],
            env=environment,
            stdout=out,
            stderr=out,
        )
    wait_for(f"{base}/healthz", log)
    return Installation(data, base, clock, process, log)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield browser
        browser.close()


def new_page(browser: Browser, installation: Installation, viewport: dict[str, int], *, touch: bool = False) -> Page:
    """Open a person's own browser: foreign addresses are cut off, faults on a page fail the journey."""
    context = browser.new_context(
        viewport=viewport,  # type: ignore[arg-type] # Playwright's own TypedDict
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        accept_downloads=True,
        reduced_motion="reduce",
        has_touch=touch,
        is_mobile=touch,
    )
    context.route(lambda url: not url.startswith(installation.base), lambda route: route.abort())
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("pageerror", lambda fault: pytest.fail(f"script fault on {page.url}: {fault}"))
    installation.contexts.append(context)
    return page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """When a journey fails, say what each person was looking at."""
    report = yield
    installation = getattr(item, "funcargs", {}).get("installation")
    if report.failed and installation is not None:
        for context in installation.contexts:
            for page in context.pages:
                seen = page.locator("body").inner_text()[:1500]
                report.sections.append((f"on the screen at {page.url}", seen))
        report.sections.append(("the server's log", installation.log.read_text()[-2500:]))
    return report
