from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """The slice `calendar`."""

    name = "pegasus.calendar"
    label = "calendar"
    default_auto_field = "django.db.models.BigAutoField"
