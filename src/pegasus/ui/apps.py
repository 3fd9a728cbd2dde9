from django.apps import AppConfig


class UiConfig(AppConfig):
    """The slice `ui`."""

    name = "pegasus.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
