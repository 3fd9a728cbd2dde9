"""The page on which a colleague is asked to take a turn."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from pegasus.kernel import clock
from pegasus.people.models import PersonalLink
from pegasus.people.queries import token_of
from pegasus.roster import actions, queries
from pegasus.roster.models import Duty, Swap, SwapAsk
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)  # Monday, 12 October 2026, 09.00 WIB


@pytest.fixture(autouse=True)
def _moment() -> object:
    with clock.pretend(NOW):
        yield


@dataclass
class Question:
    """A question that lies before a colleague."""

    client: Client
    ask: SwapAsk

    @property
    def address(self) -> str:
        link = PersonalLink.objects.get(subject=self.ask.subject)
        return f"/j/{token_of(link)}/"

    def read(self) -> str:
        return self.client.get(self.address).content.decode()

    def answer(self, deed: str) -> str:
        return self.client.post(self.address, {"aksi": deed}, follow=True).content.decode()

    def holder(self) -> str:
        found = Duty.objects.get(pk=self.ask.swap.duty_id).holder
        return found.name if found else ""


def turns() -> tuple[Duty, Duty]:
    office = make_staffed_office()
    make_published(office, at=BEFORE_Q4)
    duties = queries.duties_of(office).select_related("office")
    return duties[4], duties[8]


@pytest.fixture
def substitute(client: Client) -> Question:
    duty, _other = turns()
    actions.ask_for_substitute(duty=duty, reason="Dinas ke Curup", at=NOW)
    return Question(client, queries.asks_of(duty.office).get())


@pytest.fixture
def exchange(client: Client) -> Question:
    duty, other = turns()
    actions.ask_to_swap(duty=duty, other=other, reason="", at=NOW)
    return Question(client, queries.asks_of(duty.office).get())


def test_the_question_says_who_when_why_and_until_when(substitute: Question) -> None:
    page = substitute.read()

    assert f"Bisakah Anda menggantikan {substitute.ask.swap.from_employee.name}?" in page
    assert "Senin, 2 November" in page
    assert "Dinas ke Curup" in page
    assert "ditunggu sampai Selasa, 13 Oktober, 09.00" in page


def test_an_exchange_shows_both_turns(exchange: Question) -> None:
    page = exchange.read()

    assert "ingin bertukar giliran" in page
    assert page.index("Senin, 2 November") < page.index("Senin, 30 November")


def test_reading_changes_nothing(substitute: Question) -> None:
    substitute.read()
    substitute.client.head(substitute.address)

    substitute.ask.refresh_from_db()
    assert substitute.ask.answer == SwapAsk.Answer.WAITING


def test_a_yes_takes_the_turn_and_leads_to_the_card(substitute: Question) -> None:
    page = substitute.answer("bersedia")
    card = substitute.client.post(substitute.address, {"aksi": "kartu"})

    assert substitute.holder() == substitute.ask.employee.name
    assert "Terima kasih" in page
    assert "Giliran ini sekarang milik Anda" in page
    assert card["Location"].startswith("/t/")


def test_a_no_leaves_the_turn_and_asks_the_next(substitute: Question) -> None:
    page = substitute.answer("tidak-bisa")

    assert "Baik, tidak apa-apa" in page
    assert substitute.holder() == substitute.ask.swap.from_employee.name
    assert SwapAsk.objects.filter(answer=SwapAsk.Answer.WAITING).count() == 1


def test_a_colleague_agrees_to_exchange(exchange: Question) -> None:
    page = exchange.answer("bersedia")

    assert "Gilirannya sudah bertukar" in page
    assert exchange.holder() == exchange.ask.employee.name


def test_a_second_answer_reads_what_was_answered(substitute: Question) -> None:
    substitute.answer("tidak-bisa")

    page = substitute.answer("bersedia")

    assert "sudah tidak menunggu jawaban" in page
    assert "Baik, tidak apa-apa" in page
    assert substitute.holder() == substitute.ask.swap.from_employee.name


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (SwapAsk.Answer.SILENT, "Waktu menjawab sudah lewat"),
        (SwapAsk.Answer.UNABLE, "Giliran ini tidak dapat dialihkan lagi"),
        (SwapAsk.Answer.CLOSED, "Sudah tidak perlu dijawab"),
    ],
)
def test_who_comes_late_reads_why(substitute: Question, answer: str, words: str) -> None:
    SwapAsk.objects.update(answer=answer)

    page = substitute.client.get(substitute.address)

    assert page.status_code == 410
    assert words in page.content.decode()
    assert "Bersedia</button>" not in page.content.decode()


def test_a_withdrawn_wish_says_so_and_takes_no_answer(substitute: Question) -> None:
    actions.withdraw_request(swap=Swap.objects.get(), by="Orang", at=NOW)

    page = substitute.answer("bersedia")

    assert "ternyata bisa bertugas sendiri" in page
    assert substitute.holder() == substitute.ask.swap.from_employee.name


def test_a_late_answer_after_the_turn_went_another_way(substitute: Question) -> None:
    duty = substitute.ask.swap.duty
    to = queries.substitutes(duty, NOW)[1].employee
    actions.reassign_duty(duty=duty, to=to, by="Ayu", at=NOW, reason="")

    page = substitute.answer("bersedia")

    assert "sudah diatur dengan cara lain" in page
    assert substitute.holder() == to.name


def test_after_the_posting_day_nothing_is_asked(substitute: Question) -> None:
    with clock.pretend(NOW + timedelta(days=40)):
        page = substitute.read()

    assert "Giliran ini sudah lewat" in page


def test_a_foreign_token_learns_nothing(substitute: Question) -> None:
    page = substitute.client.get("/j/1-000000000000000000000000/")

    assert page.status_code == 404
    assert substitute.ask.employee.name not in page.content.decode()


def test_the_page_of_a_card_is_not_the_page_of_a_question(substitute: Question) -> None:
    PersonalLink.objects.update(purpose="duty")

    assert substitute.client.get(substitute.address).status_code == 404


def test_the_page_costs_the_same_however_many_were_asked(
    substitute: Question, django_assert_max_num_queries: object
) -> None:
    substitute.client.get(substitute.address)

    with django_assert_max_num_queries(7):  # type: ignore[operator] # pytest-django's fixture
        substitute.client.get(substitute.address)


def test_a_colleague_who_answered_reads_it_again_until_the_link_ends(substitute: Question) -> None:
    substitute.answer("tidak-bisa")

    assert substitute.client.get(substitute.address).status_code == 200
    with clock.pretend(NOW + timedelta(days=40)):
        page = substitute.client.get(substitute.address)

    assert page.status_code == 410
    assert "Tautan ini sudah tidak berlaku" in page.content.decode()
