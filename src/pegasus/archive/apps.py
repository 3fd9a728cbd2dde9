from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The slice `archive`."""

    name = "pegasus.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"
