from django.apps import AppConfig


class CardsConfig(AppConfig):
    """The slice `cards`."""

    name = "pegasus.cards"
    label = "cards"
    default_auto_field = "django.db.models.BigAutoField"
