import re

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

TOKEN = re.compile(r"(?<=/)([tj])/([0-9a-z]{1,13})-[0-9a-f]{24}/")


def hide(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put marks in the place of personal links and of the address, as every new message has them."""
    messages = apps.get_model("delivery", "Delivery").objects
    with_links = messages.filter(Q(text__contains="/t/") | Q(text__contains="/j/")).order_by("pk")
    for message in with_links.only("pk", "text").iterator():
        text = TOKEN.sub(lambda found: f"⟦{found[1]}/{int(found[2], 36)}⟧", message.text)
        messages.filter(pk=message.pk).update(text=text.replace(settings.PEGASUS_BASE_URL, "⟦alamat⟧"))


class Migration(migrations.Migration):
    dependencies = [("delivery", "0004_mark_copies")]

    # What a link looked like is not kept anywhere: going back leaves the marks.
    operations = [migrations.RunPython(hide, migrations.RunPython.noop)]
