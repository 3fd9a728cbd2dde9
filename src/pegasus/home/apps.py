from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The slice `home`."""

    name = "pegasus.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
