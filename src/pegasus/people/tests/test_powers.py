"""The one who is evaluated must not become the evaluator: every road to a role with power, or to its account."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.kernel import clock
from pegasus.kernel.models import AuditEntry
from pegasus.people import actions, programmes, queries
from pegasus.people.actions import Decree
from pegasus.people.models import AccountNotice, Employee, Office, RoleAssignment, RoleProposal, User

pytestmark = pytest.mark.django_db
SINCE = date(2026, 11, 1)
POWERFUL = ["admin", "head", "cc", "cl", "assessor"]


def decree(role: str) -> Decree:
    return Decree(role=role, decree_number="SK-1", valid_from=SINCE, valid_until=None)


def with_account(employee: Employee, name: str) -> Employee:
    actions.give_account(employee=employee, username=name, password="rahasia-sekali", by="Ana", at=NOW)
    return employee


def roles_of(employee: Employee) -> set[str]:
    return set(RoleAssignment.objects.filter(employee=employee).values_list("role", flat=True))


def give(client: Client, employee: Employee, role: str) -> str:
    facts = {"role": role, "decree_number": "SK-1", "valid_from": "2026-11-01", "programme": ""}
    return client.post(reverse("people:assign-role", args=[employee.pk]), facts, follow=True).content.decode()


@pytest.mark.parametrize("role", POWERFUL)
def test_a_change_agent_gives_themselves_no_power(client: Client, role: str) -> None:
    agent = sign_in(client, make_office(), "ca")

    page = give(client, agent, role)

    assert "hanya dapat diberikan administrator" in page
    assert roles_of(agent) == {"ca"}


@pytest.mark.parametrize("role", POWERFUL)
def test_a_change_agent_only_proposes_power_for_others(client: Client, role: str) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)

    page = give(client, sari, role)

    assert "Usulan dicatat" in page
    assert roles_of(sari) == set()
    assert RoleProposal.objects.get().role == role


def test_a_second_holder_of_power_agrees_and_everybody_concerned_is_told(client: Client) -> None:
    office = make_office()
    agent = make_employee(office, roles=("ca",), name="Dewi")
    head = with_account(make_employee(office, roles=("head",)), "kepala")
    sari = with_account(make_employee(office, name="Sari"), "sari")
    proposal = actions.give_role(employee=sari, decree=decree("cc"), by=agent, at=NOW)
    assert isinstance(proposal, RoleProposal)
    cc = sign_in(client, office, "cc")

    seen = client.get(reverse("people:proposals")).content.decode()
    page = client.post(
        reverse("people:answer-proposal", args=[proposal.pk]), {"jawaban": "setuju"}, follow=True
    ).content.decode()

    assert "Sari" in seen
    assert "Sari kini Change Champion" in page
    assert roles_of(sari) == {"cc"}
    told = AccountNotice.objects.filter(kind="role.agreed")
    assert {one.user for one in told} == {head.user, sari.user}
    assert told[0].facts == {"by": cc.name, "name": "Sari", "role": "Change Champion", "proposer": "Dewi"}


@pytest.mark.parametrize("who", ["proposer", "concerned"])
def test_nobody_agrees_to_their_own_proposal(who: str) -> None:
    office = make_office()
    agent, sari = make_employee(office, roles=("ca", "cl")), make_employee(office, roles=("cc",))
    proposal = actions.give_role(employee=sari, decree=decree("head"), by=agent, at=NOW)
    assert isinstance(proposal, RoleProposal)

    with pytest.raises(actions.NotForOneself):
        actions.agree_to_role(proposal=proposal, by=agent if who == "proposer" else sari, at=NOW)

    assert "head" not in roles_of(sari)


def test_a_change_agent_cannot_agree(client: Client) -> None:
    office = make_office()
    agent, sari = make_employee(office, roles=("ca",)), make_employee(office)
    proposal = actions.give_role(employee=sari, decree=decree("head"), by=agent, at=NOW)
    sign_in(client, office, "ca")

    client.post(reverse("people:answer-proposal", args=[proposal.pk]), {"jawaban": "setuju"})

    assert roles_of(sari) == set()


def test_another_office_has_no_such_proposal(client: Client) -> None:
    office = make_office()
    agent, sari = make_employee(office, roles=("ca",)), make_employee(office)
    proposal = actions.give_role(employee=sari, decree=decree("head"), by=agent, at=NOW)
    sign_in(client, make_office(), "head", "admin")

    answer = client.post(reverse("people:answer-proposal", args=[proposal.pk]), {"jawaban": "setuju"})

    assert answer.status_code == 404
    assert roles_of(sari) == set()


def test_the_administrator_gives_power_also_to_themselves_and_that_is_written_down_and_told(client: Client) -> None:
    office = make_office()
    head = with_account(make_employee(office, roles=("head",)), "kepala")
    admin = sign_in(client, office, "admin", "ca")

    give(client, admin, "cc")

    assert roles_of(admin) == {"admin", "ca", "cc"}
    assert AuditEntry.objects.filter(action="role.self_given", employee_id=admin.pk).count() == 1
    assert [(one.user, one.kind) for one in AccountNotice.objects.all()] == [(head.user, "role.self_given")]


def test_a_change_agent_makes_no_password_for_a_holder_of_power(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    head = with_account(make_employee(office, roles=("head",)), "kepala")

    page = client.post(reverse("people:account", args=[head.pk]), follow=True).content.decode()

    assert User.objects.get(username="kepala").check_password("rahasia-sekali")
    assert "people-secret" not in page
    assert "diurus administrator" in page


def test_nor_an_account_for_one_who_has_none_yet(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    coming = make_employee(office)
    RoleAssignment.objects.create(
        employee=coming, role="head", valid_from=clock.today(office.timezone) + timedelta(days=9)
    )

    client.post(reverse("people:account", args=[coming.pk]), {"username": "kepala"})

    assert not User.objects.filter(username="kepala").exists()


def test_the_administrator_makes_a_password_and_the_owner_and_the_others_are_told(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "admin")
    head = with_account(make_employee(office, roles=("head",)), "kepala")
    cc = with_account(make_employee(office, roles=("cc",)), "cc")

    page = client.post(reverse("people:account", args=[head.pk])).content.decode()

    assert "people-secret" in page
    told = AccountNotice.objects.filter(kind="account.password_reset")
    assert {head.user, cc.user} <= {one.user for one in told}


def test_a_change_agent_ends_no_role_with_power(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    held = make_employee(office, roles=("head",)).roles.get()

    client.post(reverse("people:end-role", args=[held.pk]), {"last_day": "2026-11-01"})

    held.refresh_from_db()
    assert held.valid_until is None


def test_a_mailbox_that_somebody_else_writes_into_the_list_does_not_reset_the_account(client: Client) -> None:
    office = make_office()
    agent = sign_in(client, office, "ca")
    head = make_employee(office, roles=("head",), email="kepala@kantor.example")
    with_account(head, "kepala")

    actions.change_employee(employee=head, email="saya@lain.example", by=agent.name, at=NOW)
    mails = client.post(reverse("account_reset_password"), {"email": "saya@lain.example"})

    assert mails.status_code == 302
    assert User.objects.get(username="kepala").email == "kepala@kantor.example"


def test_the_owner_moves_the_mailbox_of_the_account_along(client: Client) -> None:
    person = sign_in(client, make_office(), "cc", email="lama@kantor.example")

    client.post(reverse("people:own-contact"), {"email": "baru@kantor.example", "phone": ""})

    assert User.objects.get(employee=person).email == "baru@kantor.example"


def test_an_account_from_another_office_does_not_slip_into_a_row_with_power() -> None:
    here, there = make_office(), make_office()
    head = make_employee(here, roles=("head",), nip="198001012005011001")
    friend = with_account(make_employee(there, nip="198001012005011001"), "teman")
    transfer = actions.offer_transfer(employee=friend, to_office=here, last_day=date(2026, 11, 20), by="CA", at=NOW)

    with pytest.raises(actions.HoldsPower):
        actions.accept_transfer(transfer=transfer, by="CA", at=NOW)

    head.refresh_from_db()
    assert head.user is None


def test_roles_do_not_travel_with_a_transfer() -> None:
    here, there = make_office(), make_office()
    make_employee(there, roles=("admin",))
    head = with_account(make_employee(there, roles=("head",)), "kepala")
    transfer = actions.offer_transfer(employee=head, to_office=here, last_day=date(2026, 11, 20), by="CA", at=NOW)

    arrived = actions.accept_transfer(transfer=transfer, by="CA", at=NOW)

    assert roles_of(arrived) == set()


def test_the_last_administrator_stays(client: Client) -> None:
    office = make_office()
    make_employee(office, roles=("ca",))
    admin = sign_in(client, office, "admin")

    page = client.post(
        reverse("people:end-role", args=[admin.roles.get().pk]), {"last_day": "2026-11-01"}, follow=True
    ).content.decode()

    assert "tidak ada lagi administrator" in page
    assert admin.roles.get().valid_until is None


def test_only_set_up_and_the_demonstration_write_roles_without_asking_who() -> None:
    source = Path(actions.__file__).parents[2]
    users = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if "tests" not in path.parts and "assign_role(" in path.read_text()
    }

    assert users == {
        "people/actions/roles.py",
        "people/actions/powers.py",
        "people/views/roles.py",
        "home/actions.py",
        "home/demo/office.py",
    }


def test_notices_stand_on_the_first_page_until_they_are_read(client: Client) -> None:
    office = make_office()
    cc = sign_in(client, office, "cc")
    admin = make_employee(office, roles=("admin",), name="Ana")
    actions.give_role(employee=make_employee(office, name="Sari"), decree=decree("cl"), by=admin, at=NOW)

    before = client.get(reverse("home:home")).content.decode()
    client.post(reverse("people:see-notices"), {"sampai": AccountNotice.objects.get().pk})
    after = client.get(reverse("home:home")).content.decode()

    assert "Ana memberi peran Change Leader kepada Sari." in before
    assert "Ana memberi peran" not in after
    assert AccountNotice.objects.get().user == cc.user


@pytest.fixture
def keyholder() -> tuple[Employee, str]:
    office = make_office()
    make_employee(office, roles=("ca", "admin"))
    person = with_account(make_employee(office, roles=("cc",)), "cc")
    _token, secret = actions.make_token(
        employee=person, name="rekap", expires_at=NOW + timedelta(days=90), by=person.name, at=NOW
    )
    return person, secret


def test_a_new_password_ends_the_keys_for_programs(keyholder: tuple[Employee, str]) -> None:
    person, secret = keyholder

    actions.reset_password(employee=person, password="sementara-sekali", by="Ana", at=NOW)

    assert queries.token_behind(secret, at=NOW + timedelta(seconds=1)) is None


def test_an_ended_role_ends_them_on_its_last_day(keyholder: tuple[Employee, str]) -> None:
    person, secret = keyholder

    actions.end_role(assignment=person.roles.get(), last_day=date(2026, 11, 25), by="Ana", at=NOW)

    assert queries.token_behind(secret, at=NOW + timedelta(days=2)) is not None
    assert queries.token_behind(secret, at=NOW + timedelta(days=3)) is None


def test_a_leaving_ends_them_also_when_it_is_taken_back_later(keyholder: tuple[Employee, str]) -> None:
    person, secret = keyholder

    actions.leave_office(employee=person, last_day=date(2026, 11, 22), by="Ana", at=NOW)
    actions.return_to_office(employee=person, by="Ana", at=NOW)

    assert queries.token_behind(secret, at=NOW + timedelta(seconds=1)) is None


def programme_holder(office: Office, programme: str, since: date) -> Employee:
    person = make_employee(office)
    RoleAssignment.objects.create(employee=person, role="ca", programme=programme, valid_from=since)
    return person


def test_the_pj_of_pegasus_is_the_agent_whose_role_names_it() -> None:
    office = make_office()
    older = programme_holder(office, "pegasus", date(2025, 1, 2))
    programme_holder(office, "bgc", date(2026, 6, 1))
    programme_holder(office, "", date(2026, 7, 1))

    assert queries.holder_of(office, "ca", on=SINCE, programme="pegasus") == older


def test_an_agent_of_no_programme_in_particular_stands_in_and_one_of_another_never_does() -> None:
    office = make_office()
    programme_holder(office, "bgc", date(2026, 6, 1))
    assert queries.holder_of(office, "ca", on=SINCE, programme="pegasus") is None
    general = programme_holder(office, "", date(2025, 1, 2))

    assert queries.holder_of(office, "ca", on=SINCE, programme="pegasus") == general


def test_the_agent_of_pegasus_looks_after_a_programme_that_has_none() -> None:
    office = make_office()
    agent = programme_holder(office, "pegasus", date(2025, 1, 2))
    programme_holder(office, "gema", date(2026, 6, 1))

    assert queries.holder_of(office, "ca", on=SINCE, programme="bgc") == agent


def test_one_person_is_agent_of_two_programmes() -> None:
    office = make_office()
    person = make_employee(office)
    given = {"employee": person, "role": "ca", "decree_number": "1", "valid_from": SINCE, "valid_until": None}

    for programme in ("pegasus", "bgc"):
        actions.assign_role(**given, programme=programme, by="Ana", at=NOW)  # type: ignore[arg-type] # facts of one call

    assert list(queries.holders_of(office, "ca", on=SINCE)) == [person]
    with pytest.raises(actions.AlreadyAssigned):
        actions.assign_role(**given, programme="bgc", by="Ana", at=NOW)  # type: ignore[arg-type] # as above


def test_the_page_gives_a_role_for_a_programme(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    monkeypatch.setattr(programmes, "_sources", [lambda _office: [("uji", "Program uji")]])

    facts = {"role": "ca", "decree_number": "SK-1", "valid_from": "2026-11-01", "programme": "uji"}
    page = client.post(reverse("people:assign-role", args=[sari.pk]), facts, follow=True).content.decode()

    assert RoleAssignment.objects.get(employee=sari).programme == "uji"
    assert "Program uji" in page


@pytest.mark.parametrize("way", ["given", "agreed"])
def test_an_account_that_others_may_know_closes_when_power_comes(client: Client, way: str) -> None:
    """A change agent opened it with its own mailbox, and is signed in as the one who becomes the head."""
    office = make_office()
    admin, agent = make_employee(office, roles=("admin",)), make_employee(office, roles=("ca",))
    sari = make_employee(office, name="Sari", email="milik-ca@example.go.id")
    actions.open_account(employee=sari, username="sari", password="rahasia-sekali", by=agent, at=NOW)
    assert sari.user is not None
    client.force_login(sari.user)

    if way == "given":
        actions.give_role(employee=sari, decree=decree("head"), by=admin, at=NOW)
    else:
        proposal = actions.give_role(employee=sari, decree=decree("head"), by=agent, at=NOW)
        assert isinstance(proposal, RoleProposal)
        actions.agree_to_role(proposal=proposal, by=admin, at=NOW)

    user = User.objects.get(username="sari")
    assert not user.has_usable_password()
    assert user.email == ""
    assert client.get(reverse("people:index")).status_code == 302  # to the sign-in: the session has ended
    actions.renew_password(employee=Employee.objects.get(pk=sari.pk), password="sementara-baru", by=admin, at=NOW)
    assert User.objects.get(username="sari").check_password("sementara-baru")


def test_a_second_role_with_power_closes_nothing() -> None:
    office = make_office()
    admin = make_employee(office, roles=("admin",))
    sari = with_account(make_employee(office, roles=("cl",)), "sari")

    actions.give_role(employee=sari, decree=decree("cc"), by=admin, at=NOW)

    assert User.objects.get(username="sari").check_password("rahasia-sekali")


def test_the_account_of_a_holder_of_power_takes_no_mailbox_from_the_staff_list() -> None:
    office = make_office()
    admin = make_employee(office, roles=("admin",))
    head = make_employee(office, roles=("head",), email="milik-ca@example.go.id")

    user = actions.open_account(employee=head, username="kepala", password="rahasia-sekali", by=admin, at=NOW)

    assert user.email == ""


@pytest.mark.parametrize(("agent", "gone"), [("ca", False), ("admin", True)])
def test_a_holder_of_power_leaves_by_the_administrator_alone(client: Client, agent: str, gone: bool) -> None:  # noqa: FBT001 - a case
    office = make_office()
    make_employee(office, roles=("admin",))
    head = make_employee(office, roles=("head",))
    sign_in(client, office, agent)

    page = client.post(reverse("people:leave", args=[head.pk]), {"last_day": "2026-11-20"}, follow=True)

    head.refresh_from_db()
    assert (head.active_until is not None) is gone
    assert ("oleh administrator" in page.content.decode()) is not gone


def test_a_holder_of_power_is_released_by_the_administrator_alone(client: Client) -> None:
    office, other = make_office(), make_office()
    head = make_employee(office, roles=("head",))
    sign_in(client, office, "ca")

    facts = {"to_office": other.pk, "last_day": "2026-12-20"}
    page = client.post(reverse("people:transfer", args=[head.pk]), facts, follow=True)

    head.refresh_from_db()
    assert head.active_until is None
    assert "oleh administrator" in page.content.decode()
