from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_consents_from_photos")]
    operations = [migrations.RemoveField(model_name="employee", name="photo_consent_at")]
