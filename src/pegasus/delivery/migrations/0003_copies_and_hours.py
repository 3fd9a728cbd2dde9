from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_relations")]

    operations = [
        migrations.AddField("delivery", "is_copy", models.BooleanField(default=False)),
        migrations.AddField("delivery", "at_any_hour", models.BooleanField(default=False)),
    ]
