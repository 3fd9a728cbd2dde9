"""The contract of `/api/v1/`: what is served is what is described, and every refusal is a sentence."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from openapi_core import Config, OpenAPI
from openapi_core.contrib.django import DjangoOpenAPIRequest, DjangoOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from openapi_spec_validator import validate
from pytest_django import Settings
from tests.builders import make_employee, make_office

from pegasus.calendar.models import Holiday
from pegasus.config.api import PROBLEM, api
from pegasus.kernel.models import AuditEntry
from pegasus.people import actions
from pegasus.people.bearer import PER_MINUTE
from pegasus.people.models import Absence, ApiToken, Employee, Office, User
from pegasus.roster import queries
from pegasus.roster.actions import ask_for_substitute
from pegasus.roster.models import Swap
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
Asserts = Callable[..., Any]


@pytest.fixture
def clock(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "clock"
    path.write_text(MONDAY.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(path)
    return path


@pytest.fixture(autouse=True)
def _today(clock: Path) -> None:
    """Every test here runs on that day."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return dict(json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"))))


@pytest.fixture(scope="module")
def contract(described: dict[str, Any]) -> OpenAPI:
    return OpenAPI.from_dict(described, config=Config(extra_media_type_deserializers={PROBLEM: json.loads}))


def key_of(person: Employee, *, days: int = 90) -> str:
    if person.user is None:
        person.user = User.objects.create_user(username=f"program{person.pk}")
        person.save()
    _token, secret = actions.make_token(
        employee=person, name="Skrip", expires_at=MONDAY + timedelta(days=days), by=person.name, at=MONDAY
    )
    return secret


class Caller:
    """Asks as a program does, and checks every answer against the description."""

    def __init__(self, contract: OpenAPI, secret: str | None) -> None:
        self.contract, self.client = contract, Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, **given: object) -> tuple[int, Any]:
        body = {"data": json.dumps(given), "content_type": "application/json"} if method == "post" else {"data": given}
        address = f"http://testserver/api/v1/{path}"
        answer = getattr(self.client, method)(f"/api/v1/{path}", **body, headers=self.headers)
        request = getattr(RequestFactory(), method)(address, **body, headers=self.headers)
        self.check(request, answer)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    def check(self, request: Any, answer: HttpResponse) -> None:  # noqa: ANN401 - Django's own request
        self.contract.validate_response(DjangoOpenAPIRequest(request), DjangoOpenAPIResponse(answer))


@pytest.fixture
def caller(contract: OpenAPI) -> Callable[..., Caller]:
    return lambda person=None: Caller(contract, key_of(person) if person else None)


def office_with_roster() -> tuple[Office, Employee]:
    office = make_staffed_office(8)
    make_published(office)
    return office, make_employee(office, name="Ayu Lestari", roles=("ca",))


def test_the_served_description_is_valid_openapi(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    served = json.loads(answer.content)
    validate(served)
    assert served["openapi"].startswith("3.1")
    assert {scheme["scheme"] for scheme in served["components"]["securitySchemes"].values()} == {"bearer"}


def test_the_reference_lists_every_operation_and_nothing_else(described: dict[str, Any]) -> None:
    page = (Path(__file__).parents[4] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")

    listed = set(re.findall(r"^\| `([A-Z]+ /api/v1/[^`]+)` \|", page, re.MULTILINE))

    served = {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}
    assert listed == served


def test_the_choices_in_the_description_are_those_of_the_tables(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]

    assert shapes["AbsenceIn"]["properties"]["kind"]["enum"] == Absence.Kind.values
    assert shapes["HolidayOut"]["properties"]["kind"]["enum"] == Holiday.Kind.values
    assert shapes["SwapOut"]["properties"]["state"]["enum"] == Swap.State.values


def test_every_operation_but_health_needs_a_key(described: dict[str, Any], caller: Callable[..., Caller]) -> None:
    open_ones = []
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if "security" not in operation:
                open_ones.append(path)
                continue
            status, body = caller().ask(
                method, path.removeprefix("/api/v1/").replace("{pk}", "1").replace("{employee}", "1")
            )
            assert (status, body["status"]) == (401, 401)

    assert open_ones == ["/api/v1/health"]


def test_answers_are_as_described(caller: Callable[..., Caller]) -> None:
    office, agent = office_with_roster()
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    ask_for_substitute(duty=duty, reason="Dinas", at=BEFORE_Q4)
    Absence.objects.create(employee=agent, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))
    asks = caller(agent)

    found = {
        path: asks.ask("get", path, **values)
        for path, values in (
            ("me", {}),
            ("employees", {"q": "orang", "page_size": 5}),
            (f"employees/{agent.pk}", {}),
            ("absences", {"first": "2026-12-01"}),
            ("holidays", {"year": 2026}),
            ("rosters", {}),
            ("weeks", {"period": "2026Q4"}),
            (f"duties/{duty.pk}", {}),
            ("fairness", {}),
            ("swaps", {"state": "asked"}),
            ("feeds", {}),
        )
    }

    assert {path: status for path, (status, _body) in found.items()} == dict.fromkeys(found, 200)
    bodies = {path: body for path, (_status, body) in found.items()}
    assert bodies["me"]["roles"] == ["ca"]
    assert (bodies["employees"]["count"], len(bodies["employees"]["items"])) == (8, 5)
    assert len(bodies["weeks"]) == 13
    assert bodies["weeks"][0]["people"][0]["reasons"] != []
    assert bodies[f"duties/{duty.pk}"]["history"][0]["person"]["id"] == duty.holder_id
    assert bodies["swaps"]["items"][0]["reason"] == "Dinas"
    assert any(day["on"] == "2026-12-25" for day in bodies["holidays"])


def test_the_contract_notices_an_answer_that_is_not_as_described(contract: OpenAPI) -> None:
    request = RequestFactory().get("http://testserver/api/v1/me")
    wrong = HttpResponse(json.dumps({"id": "one", "name": "Ayu"}), content_type="application/json")

    with pytest.raises(OpenAPIError):
        contract.validate_response(DjangoOpenAPIRequest(request), DjangoOpenAPIResponse(wrong))


def test_phones_are_masked(caller: Callable[..., Caller]) -> None:
    office = make_office()
    agent = make_employee(office, roles=("ca",), phone="+6281234567890")

    _status, body = caller(agent).ask("get", f"employees/{agent.pk}")

    assert body["phone"] == "+6281••••890"


def test_roles_are_those_of_the_pages(caller: Callable[..., Caller]) -> None:
    office, _agent = office_with_roster()
    duty = queries.duties_of(office)[0]
    asks = caller(make_employee(office, roles=("humas",)))

    for method, path, values in (
        ("get", "employees", {}),
        ("get", "absences", {}),
        ("post", f"duties/{duty.pk}/holder", {"employee": 1}),
        ("post", "absences", {"employee": 1, "starts_on": "2026-12-01", "ends_on": "2026-12-01"}),
    ):
        status, body = asks.ask(method, path, **values)
        assert (status, body["detail"]) == (403, "Pemilik token ini belum memegang peran yang diperlukan.")
    assert asks.ask("get", "weeks")[0] == 200


def test_another_office_is_not_there(caller: Callable[..., Caller]) -> None:
    office, _agent = office_with_roster()
    duty, person = queries.duties_of(office)[0], make_employee(office)
    absence = Absence.objects.create(employee=person, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))
    asks = caller(make_employee(make_office(), roles=("ca", "admin")))

    for method, path, values in (
        ("get", f"duties/{duty.pk}", {}),
        ("get", f"employees/{person.pk}", {}),
        ("delete", f"absences/{absence.pk}", {}),
        ("post", f"duties/{duty.pk}/holder", {"employee": person.pk}),
        ("post", "absences", {"employee": person.pk, "starts_on": "2026-12-01", "ends_on": "2026-12-01"}),
    ):
        status, body = asks.ask(method, path, **values)
        assert (status, body["detail"]) == (404, "Ini tidak ada di kantor pemilik token.")
    assert asks.ask("get", "absences")[1]["count"] == 0


def test_an_absence_is_written_down_and_taken_back(caller: Callable[..., Caller]) -> None:
    office = make_office()
    agent, person = make_employee(office, name="Ayu", roles=("ca",)), make_employee(office)
    asks = caller(agent)

    status, made = asks.ask(
        "post",
        "absences",
        employee=person.pk,
        kind="trip",
        starts_on="2026-12-01",
        ends_on="2026-12-03",
        note="Diklat",
    )
    gone = asks.ask("delete", f"absences/{made['id']}")

    assert (status, made["name"], made["kind"]) == (201, person.name, "trip")
    assert gone == (204, None)
    assert not Absence.objects.exists()
    assert list(AuditEntry.objects.filter(action__startswith="absence").values_list("action", "actor")) == [
        ("absence.added", "Ayu"),
        ("absence.removed", "Ayu"),
    ]


@pytest.mark.parametrize(
    ("given", "where", "message"),
    [
        ({"starts_on": "kemarin", "ends_on": "2026-12-01"}, "starts_on", "Tulis tanggal seperti 2026-11-30."),
        ({"ends_on": "2026-12-01"}, "starts_on", "Wajib diisi."),
        ({"starts_on": "2026-12-01", "ends_on": "2026-12-01", "kind": "libur"}, "kind", "Pilih salah satu:"),
        (
            {"starts_on": "2026-12-01", "ends_on": "2026-12-01", "note": "x" * 201},
            "note",
            "Paling banyak 200 karakter.",
        ),
        ({"starts_on": "2026-12-01", "ends_on": "2026-12-01", "employee": 2**70}, "employee", "Paling besar"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    caller: Callable[..., Caller], given: dict[str, object], where: str, message: str
) -> None:
    agent = make_employee(roles=("ca",))

    status, body = caller(agent).ask("post", "absences", **({"employee": agent.pk} | given))

    assert (status, body["title"]) == (422, "Unprocessable Entity")
    assert body["errors"][0]["where"].endswith(where)
    assert body["errors"][0]["message"].startswith(message)


@pytest.mark.parametrize("key", [2**70, 0, -1])
def test_a_person_s_key_that_no_table_holds_is_named(caller: Callable[..., Caller], key: int) -> None:
    status, body = caller(make_employee(roles=("ca",))).ask("get", "absences", employee=key)

    assert status == 422
    assert body["errors"][0]["where"].endswith("employee")


def test_an_absence_backwards_is_refused_in_words(caller: Callable[..., Caller]) -> None:
    agent = make_employee(roles=("ca",))

    status, body = caller(agent).ask(
        "post", "absences", employee=agent.pk, starts_on="2026-12-02", ends_on="2026-12-01"
    )

    assert (status, body["detail"]) == (422, "Hari terakhir harus sama dengan atau sesudah hari pertama.")


def test_a_body_that_is_no_json_is_refused_in_words() -> None:
    secret = key_of(make_employee(roles=("ca",)))

    answer = Client().post(
        "/api/v1/absences", "{", content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
    )

    assert (answer.status_code, json.loads(answer.content)["detail"]) == (400, "Isi permintaan bukan JSON.")


def test_a_turn_is_handed_over_and_a_refusal_says_why(caller: Callable[..., Caller]) -> None:
    office, agent = office_with_roster()
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    over = queries.duties_of(office)[0]
    to = queries.substitutes(duty, MONDAY)[0].employee
    asks = caller(agent)

    status, body = asks.ask("post", f"duties/{duty.pk}/holder", employee=to.pk, reason="Dinas luar")
    again = asks.ask("post", f"duties/{duty.pk}/holder", employee=to.pk)
    late = asks.ask("post", f"duties/{over.pk}/holder", employee=to.pk)

    assert (status, body["holder"]["id"], body["sequence"]) == (200, to.pk, 1)
    assert "Dinas luar" in body["history"][-1]["reasons"][0]
    assert (again[0], again[1]["detail"]) == (
        409,
        "Pegawai ini sedang tidak di kantor atau sudah bertugas pada minggu itu.",
    )
    assert (late[0], late[1]["detail"]) == (409, "Hari tayangnya sudah lewat; petugasnya tidak dapat diganti lagi.")


def test_the_interface_says_why_not_somebody_else(caller: Callable[..., Caller]) -> None:
    office, agent = office_with_roster()
    duty = queries.duties_of(office).get(posts_on=date(2026, 12, 7))
    other = queries.duties_of(office).get(posts_on=date(2026, 12, 14)).holder
    assert other is not None
    asks = caller(agent)

    status, body = asks.ask("get", f"duties/{duty.pk}/why-not/{other.pk}")
    itself = asks.ask("get", f"duties/{duty.pk}/why-not/{duty.holder_id}")
    stranger = asks.ask("get", f"duties/{duty.pk}/why-not/{make_employee().pk}")

    assert (status, body["holder"]["id"], body["other"]["id"]) == (200, duty.holder_id, other.pk)
    assert body["verdict"] in {"cannot", "worse", "equal"}
    assert other.name in " ".join(body["sentences"])
    assert (itself[0], stranger[0]) == (422, 404)


VALUES = st.one_of(
    st.integers(-(2**70), 2**70),
    st.dates().map(str),
    st.sampled_from(["", "2026Q4", "0000Q1", "9999S2", "true", "asked", "null", "\x00", "%", "🙂" * 90]),
    st.text(max_size=90),
)


@tried(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_asked_is_answered_as_described(
    asked_anything: tuple[Caller, list[tuple[str, list[str]]]], data: st.DataObject
) -> None:
    asks, operations = asked_anything
    path, names = data.draw(st.sampled_from(operations))
    number = st.integers(1, 2**70)
    for part in re.findall(r"{\w+}", path):
        path = path.replace(part, str(data.draw(number)))
    given_values = data.draw(st.dictionaries(st.sampled_from(names), VALUES)) if names else {}

    status, _body = asks.ask("get", path, **given_values)

    assert status in {200, 404, 422}


@pytest.fixture
def asked_anything(
    described: dict[str, Any], caller: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> tuple[Caller, list[tuple[str, list[str]]]]:
    monkeypatch.setattr("pegasus.people.bearer.PER_MINUTE", 10**6)
    operations = [
        (
            path.removeprefix("/api/v1/"),
            [one["name"] for one in methods["get"].get("parameters", []) if one["in"] == "query"],
        )
        for path, methods in described["paths"].items()
        if "security" in methods.get("get", {})
    ]
    office, agent = office_with_roster()
    make_employee(office, name="Sari")
    return caller(agent), operations


def test_a_person_without_a_role_sees_only_their_own_wishes(caller: Callable[..., Caller]) -> None:
    office, _agent = office_with_roster()
    first, second = queries.duties_of(office).filter(posts_on__gte=date(2026, 12, 7))[:2]
    assert first.holder is not None
    for duty in (first, second):
        ask_for_substitute(duty=duty, reason="", at=BEFORE_Q4)

    _status, body = caller(first.holder).ask("get", "swaps")

    assert [swap["duty"] for swap in body["items"]] == [first.pk]


@pytest.mark.parametrize("spoil", ["revoked", "expired", "left", "temporary password", "closed account", "unknown"])
def test_a_key_that_opens_nothing_more(contract: OpenAPI, clock: Path, spoil: str) -> None:
    person = make_employee()
    secret = key_of(person)
    assert person.user is not None
    asks = Caller(contract, secret)
    assert asks.ask("get", "me")[0] == 200

    if spoil == "revoked":
        actions.revoke_token(token=ApiToken.objects.get(), by="Ayu", at=MONDAY)
    elif spoil == "expired":
        clock.write_text((MONDAY + timedelta(days=90)).isoformat())
    elif spoil == "left":
        Employee.objects.update(active_until=date(2026, 11, 20))
    elif spoil == "temporary password":
        User.objects.update(must_change_password=True)
    elif spoil == "closed account":
        User.objects.update(is_active=False)
    else:
        asks = Caller(contract, secret[:-1])

    status, body = asks.ask("get", "me")

    assert (status, body["title"]) == (401, "Unauthorized")


def test_a_key_is_kept_as_a_digest_and_its_use_is_noted(contract: OpenAPI, clock: Path) -> None:
    secret = key_of(make_employee())
    clock.write_text((MONDAY + timedelta(hours=1)).isoformat())

    Caller(contract, secret).ask("get", "me")

    token = ApiToken.objects.get()
    assert secret not in str(vars(token))
    assert secret.endswith(token.ending)
    assert token.last_used_at == MONDAY + timedelta(hours=1)


def test_too_many_requests_are_told_when_to_come_again(caller: Callable[..., Caller]) -> None:
    person = make_employee()
    asks = caller(person)
    for minute in range(2):  # whichever minute the request falls into
        now = int(datetime.now(UTC).timestamp()) // 60 + minute
        cache.set(f"api:{person.pk}:{now}", PER_MINUTE)

    status, body = asks.ask("get", "me")

    assert (status, body["detail"][:28]) == (429, "Terlalu banyak permintaan da")


def test_an_address_that_is_not_there_is_answered_in_json(client: Client) -> None:
    answer = client.get("/api/v1/rahasia")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_health_needs_no_key_and_tells_no_facts(caller: Callable[..., Caller]) -> None:
    status, body = caller().ask("get", "health")

    assert status == 503  # no worker runs in tests
    assert {"name": "database", "state": "well", "well": True} in body["checks"]


@pytest.mark.parametrize("per_week", [1, 3])
def test_an_answer_costs_the_same_however_many_rows(per_week: int, django_assert_max_num_queries: Asserts) -> None:
    office = make_staffed_office(12)
    make_published(office, per_week=per_week)
    for duty in queries.duties_of(office).filter(posts_on__gte=date(2026, 12, 7))[: 2 * per_week]:
        ask_for_substitute(duty=duty, reason="", at=BEFORE_Q4)
    headers = {"Authorization": f"Bearer {key_of(make_employee(office, roles=('ca',)))}"}
    most = {"employees": 7, "weeks": 11, "fairness": 7, "rosters": 5, "swaps": 5, "absences": 5, "feeds": 5}

    for path, queries_at_most in most.items():
        with django_assert_max_num_queries(queries_at_most):
            answer = Client().get(f"/api/v1/{path}", headers=headers)
        assert answer.status_code == 200
