from collections.abc import Callable, Mapping
from typing import Any

from django.db import migrations

from pegasus.kernel.fields import seal, unseal, with_indexes

PERSONAL = {
    "Employee": ("nip", "email", "birth_date"),
    "Correction": ("wanted", "reason", "answer"),
    "Outsider": ("email",),
}


def encrypt(apps: Any, _editor: object) -> None:  # noqa: ANN401 - Django's registry of old models
    """Encrypt what is kept in plain; make the blind indexes, that of the phone anew: it was bound to no column."""
    people = apps.get_model("people", "Employee").objects
    for person in list(people.order_by("pk")):
        indexes = with_indexes(person, ("nip", "email", "phone"))[3:]
        people.filter(pk=person.pk).update(**{name: getattr(person, name) for name in indexes})
    _rewrite(apps, seal)


def decrypt(apps: Any, _editor: object) -> None:  # noqa: ANN401 - as above
    """Write everything in plain again; nothing ever looked for a phone by its index, so that stays as it is."""
    _rewrite(apps, unseal)


def _rewrite(apps: Any, change: Callable[[Any, str, str], str]) -> None:  # noqa: ANN401 - as above
    for label, names in PERSONAL.items():
        model = apps.get_model("people", label)
        for row in list(model.objects.order_by("pk").values("pk", *names)):
            kept: Mapping[str, str] = {name: change(model, name, row[name]) for name in names if row[name]}
            if kept:
                model.objects.filter(pk=row["pk"]).update(**kept)


class Migration(migrations.Migration):
    dependencies = [("people", "0013_room_for_encrypted_data")]
    operations = [migrations.RunPython(encrypt, decrypt)]
