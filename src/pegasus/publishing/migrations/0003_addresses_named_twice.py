from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count


def keep_the_first(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An address may have been given for two cards: the first keeps it, the others keep it as a note."""
    Publication = apps.get_model("publishing", "Publication")
    named = Publication.objects.exclude(permalink="")
    for office, permalink in (
        named.values_list("office", "permalink")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .values_list("office", "permalink")
    ):
        same = named.filter(office=office, permalink=permalink).order_by("posted_at", "pk")
        for later in list(same)[1:]:
            note = f"Tautan yang sama dengan kartu lain: {permalink}"
            Publication.objects.filter(pk=later.pk).update(permalink="", note=f"{later.note} {note}".strip())


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_proof_in_doubt")]

    operations = [migrations.RunPython(keep_the_first, migrations.RunPython.noop)]
