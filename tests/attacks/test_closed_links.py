"""F2: a personal link that was taken back or is over opens nothing, and makes no other link, on any road."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from pegasus.kernel import clock
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import PersonalLink
from pegasus.people.queries import token_of
from pegasus.roster import actions, queries
from pegasus.roster.models import LINK_PURPOSE, Duty, SwapAsk
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FILL = {"pk": "1", "size": "portrait", "kind": "polos", "proof": "1-abc"}


@dataclass
class Linked:
    """A colleague who said yes to a question, with the links that this gave."""

    client: Client
    duty: Duty
    question: PersonalLink
    turn: PersonalLink

    def close(self, way: str) -> datetime:
        """Close both links in one way; return the moment from which they are closed."""
        both = PersonalLink.objects.filter(pk__in=[self.question.pk, self.turn.pk])
        if way == "revoked":
            both.update(revoked_at=NOW)
            return NOW
        both.update(expires_at=NOW + SECOND)
        return NOW + SECOND


@pytest.fixture
def linked(client: Client) -> Linked:
    office = make_staffed_office()
    make_published(office, at=BEFORE_Q4)
    duty = queries.duties_of(office).select_related("office")[4]
    with clock.pretend(NOW):
        actions.ask_for_substitute(duty=duty, reason="Dinas ke Curup", at=NOW)
        ask = SwapAsk.objects.get()
        question = PersonalLink.objects.get(subject=ask.subject)
        actions.answer_ask(ask=ask, accepts=True, by=ask.employee.name, at=NOW)
        led = client.post(f"/j/{token_of(question)}/", {"aksi": "kartu"})
    turn = PersonalLink.objects.get(purpose=LINK_PURPOSE, subject=duty.subject, employee=ask.employee)
    assert led["Location"] == f"/t/{token_of(turn)}/"
    return Linked(client, duty, question, turn)


def roads(token: str) -> list[str]:
    """Return every address behind a personal link, filled in."""
    found = []
    for name, (possible, _pattern, _defaults, _converters) in _home_addresses():
        for shape, wanted in possible:
            if "token" in wanted and (name.startswith(("personal", "share")) or name == "ask"):
                found.append("/" + shape % {key: token if key == "token" else FILL[key] for key in wanted})
    return sorted(set(found))


def _home_addresses() -> list[tuple[str, Any]]:
    """Return the page's names with what Django keeps of them; its stubs know another shape."""
    home = get_resolver().namespace_dict["home"][1]
    return [(name, home.reverse_dict[name]) for name in home.reverse_dict if isinstance(name, str)]


def state() -> tuple[object, ...]:
    links = list(PersonalLink.objects.order_by("pk").values_list("pk", "revoked_at", "expires_at"))
    return links, AuditEntry.objects.count(), list(Duty.objects.order_by("pk").values_list("pk", "holder"))


@pytest.mark.parametrize("way", ["revoked", "expired"])
@pytest.mark.parametrize("which", ["question", "turn"])
def test_no_road_behind_a_closed_link_opens_or_makes_anything(linked: Linked, way: str, which: str) -> None:
    token = token_of(getattr(linked, which))
    moment = linked.close(way)
    before = state()
    deeds: list[Callable[[str], int]] = [
        lambda road: linked.client.get(road).status_code,
        *(
            lambda road, deed=deed: linked.client.post(road, {"aksi": deed, "deed": deed}).status_code
            for deed in ("", "kartu", "bersedia", "tidak-bisa", "kirim", "tidak-bisa-minggu-ini", "confirm", "opened")
        ),
    ]

    with clock.pretend(moment):
        answers = {road: {deed(road) for deed in deeds} for road in roads(token)}

    assert len(answers) > 15
    # 302: a question sends back to itself, with a sentence; nothing else leads anywhere.
    assert {status for found in answers.values() for status in found} <= {302, 404, 405, 410}
    assert [road for road, found in answers.items() if 302 in found] in ([], [f"/j/{token}/"])
    assert state() == before


@pytest.mark.parametrize("way", ["revoked", "expired"])
def test_a_closed_question_leads_to_no_card(linked: Linked, way: str) -> None:
    PersonalLink.objects.filter(pk=linked.turn.pk).update(revoked_at=NOW)
    moment = linked.close(way)
    address = f"/j/{token_of(linked.question)}/"

    with clock.pretend(moment):
        led = linked.client.post(address, {"aksi": "kartu"})
        page = linked.client.get(address)

    assert "/t/" not in led["Location"]
    assert PersonalLink.objects.filter(purpose=LINK_PURPOSE, revoked_at=None, expires_at__gt=moment).count() == 0
    assert page.status_code == 410
    assert "Lihat kartu saya" not in page.content.decode()


def test_a_question_leads_to_the_card_again_and_again_while_it_is_open(linked: Linked) -> None:
    address = f"/j/{token_of(linked.question)}/"

    with clock.pretend(linked.question.expires_at - SECOND):
        page = linked.client.get(address)
        led = linked.client.post(address, {"aksi": "kartu"})

    assert page.status_code == 200
    assert "Lihat kartu saya" in page.content.decode()
    assert led["Location"].startswith("/t/")


@pytest.mark.parametrize(
    ("road", "inside"),
    [
        ("/t/%s/", "Halo, Orang"),
        ("/t/%s/bagikan/", "Kartu belum siap"),
        ("/j/%s/", "Terima kasih, Orang"),
    ],
)
def test_a_personal_link_opens_until_it_ends_and_a_second_later_says_that_it_is_over(
    linked: Linked, road: str, inside: str
) -> None:
    link = linked.question if road.startswith("/j/") else linked.turn
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=NOW + SECOND)
    address = road % token_of(link)

    with clock.pretend(NOW):
        open_page = linked.client.get(address)
    with clock.pretend(NOW + SECOND):
        closed_page = linked.client.get(address)

    assert open_page.status_code == 200
    assert closed_page.status_code == 410
    assert inside in open_page.content.decode()
    assert inside not in closed_page.content.decode()
    assert linked.turn.employee.name not in closed_page.content.decode()
