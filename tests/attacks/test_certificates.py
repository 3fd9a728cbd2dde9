"""F1: a .p12 of two kilobytes that asks for hours of key derivation stops nobody but itself."""

import os
import threading

import pytest
from django.test import Client

from pegasus.signing.certificates import P12, CertificateUnusable, open_p12
from pegasus.signing.p12 import MOST_ROUNDS
from pegasus.signing.tests.certificates import PASSPHRASE, p12
from tests.attacks import containers
from tests.builders import NOW

ENDLESS = 2**31 - 1
# What the server itself may spend on such a file, however fast the machine: reading, asking, waiting.
MOST_OWN_SECONDS = 1.0


def refusal(data: bytes) -> str:
    with pytest.raises(CertificateUnusable) as refused:
        open_p12(data, PASSPHRASE, at=NOW)
    return refused.value.reason


def own_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system


def children_seconds() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(containers.with_key_rounds(60_000_000), id="of the key that lies open"),
        pytest.param(containers.with_key_rounds(MOST_ROUNDS + 1), id="one more than is taken"),
        pytest.param(containers.with_seal_rounds(60_000_000), id="of the seal"),
        pytest.param(containers.with_many_keys(60, MOST_ROUNDS), id="of sixty keys together"),
        pytest.param(containers.with_many_keys(100, 1), id="of more keys than anybody has"),
    ],
)
def test_too_many_rounds_are_counted_before_any_is_done(data: bytes) -> None:
    assert len(data) < 64 * 1024
    before, children = own_seconds(), children_seconds()

    assert refusal(data) in {"rounds", "not_p12"}

    assert own_seconds() - before < MOST_OWN_SECONDS
    assert children_seconds() - children < P12.limits.cpu / 2


def test_as_many_rounds_as_any_honest_issuer_writes_are_taken() -> None:
    honest = containers.with_seal_rounds(MOST_ROUNDS)

    with pytest.raises(Exception, match=r"^$") as refused:  # the seal no longer fits, as with a wrong passphrase
        open_p12(honest, PASSPHRASE, at=NOW)

    assert type(refused.value).__name__ == "WrongPassphrase"


@pytest.mark.slow
@pytest.mark.django_db
def test_rounds_that_nobody_can_count_end_at_the_child_s_limit_and_others_are_answered_meanwhile(
    client: Client,
) -> None:
    reasons: list[str] = []
    hidden = containers.with_hidden_key_rounds(ENDLESS)
    posts = [threading.Thread(target=lambda: reasons.append(refusal(hidden))) for _ in range(2)]
    before, children = own_seconds(), children_seconds()
    for post in posts:
        post.start()

    answers = [client.get("/v/").status_code for _ in range(5)]

    assert all(post.is_alive() for post in posts)
    for post in posts:
        post.join()
    assert answers == [200] * 5
    assert set(reasons) <= {"rounds", "busy"}
    assert "rounds" in reasons
    assert own_seconds() - before < MOST_OWN_SECONDS + 5  # five pages are in it
    assert children_seconds() - children < 2 * (P12.limits.cpu + 2)


@pytest.mark.slow
def test_after_it_the_next_certificate_is_opened() -> None:
    assert refusal(containers.with_key_rounds(ENDLESS)) == "rounds"

    assert open_p12(p12(), PASSPHRASE, at=NOW).name == "Win Rizal"
