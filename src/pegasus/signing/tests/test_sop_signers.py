"""Who is asked to sign an SOP: the Kepala of that day, and nobody for a version that was replaced."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.archive.models import Record
from pegasus.kernel import clock
from pegasus.people.models import Employee, Office, RoleAssignment, User
from pegasus.signing import actions
from pegasus.signing.models import SignatureRequest
from pegasus.sop import actions as sop
from pegasus.sop import document, queries

pytestmark = pytest.mark.django_db
OWN = SignatureRequest.Road.OWN_CERTIFICATE


def make_person(office: Office, *roles: str, name: str, account: bool = True) -> Employee:
    person = make_employee(office, name=name, roles=roles)
    if account:
        person.user = User.objects.create_user(username=f"akun{person.pk}")
        person.save()
    return person


def kept_sop(office: Office) -> Record:
    sop.install(office=office, code="pegasus", at=NOW, head="Maria Renyaan, S.Si.")
    version = queries.version_in_force(office)
    by = make_employee(office)
    return sop.keep_document(version=version, pdf=document.official_pdf(version, at=NOW), by=by, at=NOW)


def replace_version(office: Office) -> None:
    """Put a second version in force today."""
    version, today = queries.version_in_force(office), clock.today(office.timezone)
    text = {**queries.text_of(version), "unit": "BPS", "effective_on": today.isoformat()}
    draft = sop.save_draft(version=version, text=text, edition=0, by="Sari", at=clock.now())  # type: ignore[arg-type] # a text with changes
    sop.put_in_force(draft=draft, by="Kepala", at=clock.now())


def page_of(client: Client, record: Record) -> str:
    return unescape(client.get(reverse("signing:new", args=[record.pk])).content.decode())


def test_the_head_alone_is_offered_and_chosen_already(client: Client) -> None:
    office = make_office()
    head = make_person(office, "head", name="Maria Renyaan")
    make_person(office, "cc", name="Bayu Pratama")
    record = kept_sop(office)
    agent = sign_in(client, office, "ca", name="Wulan Kartika")

    page = page_of(client, record)

    assert f'<option value="{head.pk}" selected>' in page
    assert page.count("<option") == 1
    assert agent.name not in page.partition("<form")[2].partition("</form>")[0]


@pytest.mark.parametrize("role", ["ca", "cc", "admin"])
def test_the_server_takes_no_other_signer_for_an_sop(client: Client, role: str) -> None:
    office = make_office()
    make_person(office, "head", name="Maria Renyaan")
    record = kept_sop(office)
    agent = sign_in(client, office, role)

    answer = client.post(reverse("signing:new", args=[record.pk]), {"signer": agent.pk, "road": OWN})
    for signer in (agent, None):
        with pytest.raises(actions.SignerRefused):
            actions.ask(record=record, road=OWN, signer=signer, by=agent.name, at=NOW)

    assert "id_signer_error" in answer.content.decode()
    assert not SignatureRequest.objects.exists()


def test_who_was_head_once_or_will_be_is_not_asked(client: Client) -> None:
    office = make_office()
    former = make_person(office, name="Win Rizal")
    today = clock.today(office.timezone)
    RoleAssignment.objects.create(
        employee=former, role="head", valid_from=date(2020, 1, 1), valid_until=today - timedelta(days=1)
    )
    coming = make_person(office, name="Maria Renyaan")
    RoleAssignment.objects.create(employee=coming, role="head", valid_from=today + timedelta(days=1))
    record = kept_sop(office)
    sign_in(client, office, "ca")

    page = page_of(client, record)

    assert "Belum ada pegawai yang berperan sebagai Kepala." in page
    assert "Beri peran itu dan akun di halaman pegawainya" in page
    assert "<option" not in page.partition("<main")[2]


def test_a_head_without_an_account_is_named_with_what_to_do(client: Client) -> None:
    office = make_office()
    head = make_person(office, "head", name="Maria Renyaan", account=False)
    record = kept_sop(office)
    sign_in(client, office, "ca")

    page = page_of(client, record)
    posted = client.post(reverse("signing:new", args=[record.pk]), {"signer": head.pk, "road": OWN})

    assert "Maria Renyaan berperan sebagai Kepala, tetapi belum punya akun." in page
    assert "---------" not in page
    assert posted.status_code == 422
    assert not SignatureRequest.objects.exists()


def test_the_page_of_versions_says_what_is_missing_and_keeps_nothing(client: Client) -> None:
    office = make_office()
    sop.install(office=office, code="pegasus", at=NOW, head="Maria Renyaan, S.Si.")
    sign_in(client, office, "ca")

    answer = client.post(reverse("sop:to-sign", args=["pegasus", 1]), follow=True)

    assert answer.redirect_chain == [(reverse("sop:versions", args=["pegasus"]), 302)]
    assert "Belum ada pegawai yang berperan sebagai Kepala." in answer.content.decode()
    assert not Record.objects.filter(office=office, kind="sop").exists()


def test_a_version_that_was_replaced_offers_no_signature(client: Client) -> None:
    office = make_office()
    head = make_person(office, "head", name="Maria Renyaan")
    record = kept_sop(office)
    replace_version(office)
    sign_in(client, office, "ca")

    versions = client.get(reverse("sop:versions", args=["pegasus"])).content.decode()
    pressed = client.post(reverse("sop:to-sign", args=["pegasus", 1]), follow=True).content.decode()
    page = page_of(client, record)
    with pytest.raises(actions.SignerRefused):
        actions.ask(record=record, road=OWN, signer=head, by="Sari", at=clock.now())

    assert reverse("sop:to-sign", args=["pegasus", 2]) in versions
    assert reverse("sop:to-sign", args=["pegasus", 1]) not in versions
    assert "Versi ini sudah diganti" in pressed
    assert "Versi ini sudah diganti" in page
    assert "<option" not in page.partition("<main")[2]
