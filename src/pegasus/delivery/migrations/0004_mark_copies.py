from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_copies(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """The e-mail that went beside a chat message is a copy of it."""
    rows = apps.get_model("delivery", "Delivery").objects.filter(channel="email", key__endswith="|email")
    originals = set(_keys_of_chats(apps))
    copies = [pk for pk, key in rows.values_list("pk", "key") if key.removesuffix("|email") in originals]
    returned = apps.get_model("delivery", "Delivery").objects.filter(channel="email", key__startswith="returned|")
    copies += returned.values_list("pk", flat=True)
    for start in range(0, len(copies), 500):
        rows.model.objects.filter(pk__in=copies[start : start + 500]).update(is_copy=True)


def _keys_of_chats(apps: Apps) -> Iterator[str]:
    rows = apps.get_model("delivery", "Delivery").objects.exclude(channel="email")
    return rows.values_list("key", flat=True).iterator()


class Migration(migrations.Migration):
    dependencies = [("delivery", "0003_copies_and_hours")]

    operations = [migrations.RunPython(mark_copies, migrations.RunPython.noop)]
