from django.apps import AppConfig


class SigningConfig(AppConfig):
    """The slice `signing`."""

    name = "pegasus.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"
