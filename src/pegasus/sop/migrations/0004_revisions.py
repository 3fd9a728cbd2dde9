import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sop", "0003_greeting_cards_follow_birthdays")]
    operations = [
        migrations.AddField(
            "activity", "key", models.CharField(blank=True, default="", max_length=8), preserve_default=False
        ),
        migrations.AddField(
            "procedureversion",
            "number",
            models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField("procedureversion", "agency", models.JSONField(default=list)),
        migrations.AddField("procedureversion", "put_in_force_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "procedureversion",
            "put_in_force_by",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            "procedureversion",
            "backdating_reason",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "ProcedureDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.JSONField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=200)),
                (
                    "based_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="sop.procedureversion"
                    ),
                ),
                (
                    "procedure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="sop.procedure"
                    ),
                ),
            ],
        ),
    ]
