from django.apps import AppConfig


class RosterConfig(AppConfig):
    """The slice `roster`."""

    name = "pegasus.roster"
    label = "roster"
    default_auto_field = "django.db.models.BigAutoField"
