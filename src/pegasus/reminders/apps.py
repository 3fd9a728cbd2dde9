from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """The slice `reminders`."""

    name = "pegasus.reminders"
    label = "reminders"
    default_auto_field = "django.db.models.BigAutoField"
