from django.apps import AppConfig


class SopConfig(AppConfig):
    """The slice `sop`."""

    name = "pegasus.sop"
    label = "sop"
    default_auto_field = "django.db.models.BigAutoField"
