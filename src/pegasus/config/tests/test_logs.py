import json
import logging

import pytest

from pegasus.config import logs
from pegasus.config.logs import hide


@pytest.mark.parametrize(
    "secret",
    [
        "+6281234567890",
        "081234567890",
        "0812-3456-7890",
        "sari.wulandari@bps.example",
        "/t/1z-0123456789ab",
        "/jadwal/kalender/1z-0123456789ab.ics",
        "/akun/password/reset/key/1-cyx8k2-0123456789ab/",
    ],
)
def test_what_is_private_does_not_reach_the_log(secret: str) -> None:
    line = hide(f"could not reach {secret} at 09.00")

    assert secret not in line
    assert line.startswith("could not reach ")
    assert line.endswith("at 09.00")


@pytest.mark.parametrize("harmless", ["duty:42", "2026-11-23 02:00:00", "HTTP 504 in 0.84 s", "SOP-330/17000/2025"])
def test_what_is_harmless_stays(harmless: str) -> None:
    assert hide(harmless) == harmless


def test_a_fault_is_one_line_of_json_without_the_number_in_it() -> None:
    made = logs.configuration()["formatters"]["line"]
    formatter = made["()"](processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"])
    record = logging.LogRecord("pegasus.x", logging.ERROR, "x.py", 1, "no answer from %s", ("+6281234567890",), None)

    line = formatter.format(record)

    assert json.loads(line)["event"] == "no answer from (telepon)"
    assert json.loads(line)["level"] == "error"
