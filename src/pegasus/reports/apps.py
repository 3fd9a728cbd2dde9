from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The slice `reports`."""

    name = "pegasus.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
