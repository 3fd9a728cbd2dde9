from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0003_checks_that_read_an_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="covers_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="record",
            name="covers_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("covers_from", None), ("covers_until", None)),
                    ("covers_until__gte", models.F("covers_from")),
                    _connector="OR",
                ),
                name="record_covers_days_in_order",
            ),
        ),
    ]
