"""Signatures with a timestamp service: a small one of our own, on this machine, for the length of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.timestamps import DummyTimeStamper
from tests.builders import NOW

from pegasus.signing import pades, reading
from pegasus.signing.certificates import open_p12
from pegasus.signing.tests.builders import blank_stamp, letter
from pegasus.signing.tests.certificates import PASSPHRASE, p12, timestamp_certificate
from pegasus.signing.widget import Place


def stamper() -> Any:  # noqa: ANN401 - the library's is untyped
    key: rsa.RSAPrivateKey = timestamp_certificate()[0]
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = timestamp_certificate()[1].public_bytes(serialization.Encoding.DER)
    return DummyTimeStamper(
        tsa_cert=x509.Certificate.load(certificate), tsa_key=keys.PrivateKeyInfo.load(plain), fixed_dt=NOW
    )


@contextmanager
def service(*, answers: bool = True) -> Iterator[str]:
    """Serve RFC 3161 on this machine; a service that does not answer says 500."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = stamper().request_tsa_response(asked).dump() if answers else b""
            self.send_response(200 if answers else 500)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sign(tsa: str) -> bytes:
    wish = pades.Wish(label="Tanda tangan Win Rizal", reason="Laporan", location="Bengkulu", place=Place())
    certificate = open_p12(p12(), PASSPHRASE, at=NOW)
    return pades.sign(letter(), certificate=certificate, wish=wish, stamp=blank_stamp, tsa=tsa, at=NOW)


def test_with_a_service_the_signature_carries_its_time() -> None:
    with service() as address:
        (one,) = reading.read(sign(address), at=NOW).signatures

    assert one.timestamped
    assert one.signed_at == NOW
    assert one.holds


def test_without_a_service_it_carries_none() -> None:
    (one,) = reading.read(sign(""), at=NOW).signatures

    assert not one.timestamped


def test_a_service_that_fails_stops_the_signature() -> None:
    with service(answers=False) as address, pytest.raises(pades.NoTimestamp):
        sign(address)


def test_a_service_that_is_not_there_stops_the_signature() -> None:
    with pytest.raises(pades.NoTimestamp):
        sign("http://127.0.0.1:9/tsa")
