from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The slice `publishing`."""

    name = "pegasus.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
