from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The slice `kernel`."""

    name = "pegasus.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
