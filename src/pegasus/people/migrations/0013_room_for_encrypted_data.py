from django.db import migrations, models

import pegasus.kernel.fields


class Migration(migrations.Migration):
    """Make room: texts instead of short columns and days, and the blind indexes; what is kept stays plain here."""

    dependencies = [
        ("people", "0012_exemptions"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="employee", name="one_employee_per_nip"),
        migrations.AlterField(model_name="employee", name="nip", field=models.TextField(blank=True)),
        migrations.AlterField(model_name="employee", name="email", field=models.TextField(blank=True)),
        migrations.AlterField(
            model_name="employee",
            name="birth_date",
            field=models.TextField(blank=True, null=True),  # noqa: DJ001
        ),
        migrations.AddField(
            model_name="employee",
            name="nip_index",
            field=pegasus.kernel.fields.BlindIndexField(
                blank=True, default="", editable=False, fold=False, max_length=64, of="nip"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="employee",
            name="email_index",
            field=pegasus.kernel.fields.BlindIndexField(
                blank=True, default="", editable=False, fold=True, max_length=64, of="email"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="employee",
            name="phone_index",
            field=pegasus.kernel.fields.BlindIndexField(
                blank=True, editable=False, fold=False, max_length=64, of="phone"
            ),
        ),
        migrations.AlterField(model_name="correction", name="wanted", field=models.TextField()),
        migrations.AlterField(model_name="correction", name="reason", field=models.TextField(blank=True)),
        migrations.AlterField(model_name="correction", name="answer", field=models.TextField(blank=True)),
        migrations.AlterField(model_name="outsider", name="email", field=models.TextField(blank=True)),
    ]
