"""An address that was given for two cards before one address proved one card."""

import pytest
from django.apps import apps
from django.db import connection
from tests.builders import NOW, make_employee, make_office

from pegasus.publishing import actions
from pegasus.publishing.models import Publication
from pegasus.publishing.tests.builders import make_card, make_sop

LINK = "https://www.instagram.com/p/DRabc_12/"


@pytest.mark.django_db(transaction=True)
def test_the_first_card_keeps_the_address_and_the_other_keeps_it_as_a_note() -> None:
    version = make_sop(make_office())
    office = version.procedure.programme.office
    rows = [
        actions.publications_for(card=make_card(version, make_employee(office), seat=seat), at=NOW)[1]
        for seat in (1, 2)
    ]
    constraint = next(one for one in Publication._meta.constraints if one.name == "one_card_per_post")  # noqa: SLF001
    with connection.schema_editor() as editor:
        editor.remove_constraint(Publication, constraint)
    Publication.objects.filter(pk__in=[row.pk for row in rows]).update(permalink=LINK)
    step = __import__("pegasus.publishing.migrations.0003_addresses_named_twice", fromlist=["keep_the_first"])

    step.keep_the_first(apps, None)

    with connection.schema_editor() as editor:
        editor.add_constraint(Publication, constraint)  # it would fail while two have the address
    assert [(row.permalink, row.note) for row in Publication.objects.filter(permalink=LINK)] == [(LINK, "")]
    assert [row.note for row in Publication.objects.filter(permalink="", place="instagram")] == [
        f"Tautan yang sama dengan kartu lain: {LINK}"
    ]
