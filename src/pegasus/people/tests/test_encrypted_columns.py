"""Encrypted columns and their blind indexes, on the rows of people."""

from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, transaction
from tests.builders import make_employee, make_office

from pegasus.kernel.crypto import UnreadableSecret
from pegasus.kernel.fields import index_of, seal, unseal
from pegasus.people.models import Employee

pytestmark = pytest.mark.django_db
NIP = "198312312004092005"
BORN = date(1983, 12, 31)


def test_what_was_written_comes_back_and_nothing_stays_nothing() -> None:
    office = make_office()
    full = make_employee(office, nip=NIP, email="s@contoh.id", birth_date=BORN)
    bare = make_employee(office)

    rows = dict(Employee.objects.values_list("pk", "birth_date"))

    assert rows == {full.pk: BORN, bare.pk: None}
    assert Employee.objects.filter(birth_date=None).get() == bare
    assert Employee.objects.exclude(birth_date__isnull=True).get() == full
    assert Employee.objects.filter(nip="").get() == bare
    full.refresh_from_db()
    assert (full.nip, full.email) == (NIP, "s@contoh.id")


@pytest.mark.parametrize(
    "question",
    [{"nip": NIP}, {"nip__in": [NIP]}, {"email__iexact": "x"}, {"birth_date": BORN}, {"phone__contains": "8"}],
)
def test_an_encrypted_column_is_never_searched_in_silence(question: dict[str, object]) -> None:
    with pytest.raises(FieldError, match="blind index"):
        Employee.objects.filter(**question).exists()


def test_the_index_finds_the_row_and_follows_it() -> None:
    person = make_employee(nip=NIP, email="Sari@Contoh.id")
    before = person.email_index
    person.email = "lain@contoh.id"
    person.save()

    assert Employee.objects.get(nip_index=index_of(Employee, "nip", NIP)) == person
    assert before == index_of(Employee, "email", "sari@contoh.id")
    assert Employee.objects.get(email_index=index_of(Employee, "email", "LAIN@contoh.id")) == person


def test_equal_texts_in_two_columns_do_not_show() -> None:
    person = make_employee(nip="same", email="same", phone="same")
    person.refresh_from_db()

    assert len({person.nip_index, person.email_index, person.phone_index}) == 3
    with pytest.raises(UnreadableSecret):
        unseal(Employee, "email", seal(Employee, "nip", "same"))


def test_one_nip_is_one_person_in_an_office() -> None:
    person = make_employee(nip=NIP)
    make_employee(nip=NIP)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_employee(person.office, nip=NIP)
