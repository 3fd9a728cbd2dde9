from django.db import migrations, models

import pegasus.kernel.fields


class Migration(migrations.Migration):
    """Read and write the columns encrypted; one NIP, one employee is kept by the index."""

    dependencies = [
        ("people", "0014_encrypt_personal_data"),
    ]

    operations = [
        migrations.AlterField(
            model_name="employee", name="nip", field=pegasus.kernel.fields.EncryptedTextField(blank=True)
        ),
        migrations.AlterField(
            model_name="employee", name="email", field=pegasus.kernel.fields.EncryptedTextField(blank=True)
        ),
        migrations.AlterField(
            model_name="employee",
            name="birth_date",
            field=pegasus.kernel.fields.EncryptedDateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="correction", name="wanted", field=pegasus.kernel.fields.EncryptedTextField()
        ),
        migrations.AlterField(
            model_name="correction", name="reason", field=pegasus.kernel.fields.EncryptedTextField(blank=True)
        ),
        migrations.AlterField(
            model_name="correction", name="answer", field=pegasus.kernel.fields.EncryptedTextField(blank=True)
        ),
        migrations.AlterField(
            model_name="outsider", name="email", field=pegasus.kernel.fields.EncryptedTextField(blank=True)
        ),
        migrations.AddConstraint(
            model_name="employee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("nip_index", ""), _negated=True),
                fields=("office", "nip_index"),
                name="one_employee_per_nip",
            ),
        ),
        migrations.AddIndex(
            model_name="employee",
            index=models.Index(fields=["office", "email_index"], name="employee_email_index"),
        ),
    ]
