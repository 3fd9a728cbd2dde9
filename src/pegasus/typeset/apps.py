from django.apps import AppConfig


class TypesetConfig(AppConfig):
    """The slice `typeset`."""

    name = "pegasus.typeset"
    label = "typeset"
    default_auto_field = "django.db.models.BigAutoField"
