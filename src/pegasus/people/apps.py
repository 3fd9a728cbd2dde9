from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The slice `people`."""

    name = "pegasus.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
