import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_relations"),
        ("signing", "0001_initial"),
    ]

    operations = [
        # What was kept so far was read from the issuer's name: a claim.
        migrations.RenameField(model_name="signature", old_name="is_bsre", new_name="claims_bsre"),
        migrations.AddField(
            model_name="signature",
            name="is_bsre",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="signature",
            name="visible",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="signaturerequest",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests_on_copies",
                to="archive.record",
            ),
        ),
        migrations.CreateModel(
            name="ReturnedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(blank=True, upload_to="returned/")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Menunggu pemastian"), ("taken", "Diterima"), ("refused", "Ditolak")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("likeness", models.CharField(max_length=12)),
                ("pages", models.JSONField(blank=True, default=list)),
                ("questions", models.JSONField(blank=True, default=list)),
                ("signer_name", models.CharField(blank=True, max_length=200)),
                ("issuer_name", models.CharField(blank=True, max_length=200)),
                ("brought_at", models.DateTimeField()),
                ("brought_by", models.CharField(max_length=200)),
                ("matched_at", models.DateTimeField(blank=True, null=True)),
                ("matched_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returned_files",
                        to="signing.signaturerequest",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sha256"], name="returned_file_sha256")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("request",),
                        name="one_returned_file_at_a_time",
                    )
                ],
            },
        ),
    ]
