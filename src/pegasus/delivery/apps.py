from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The slice `delivery`."""

    name = "pegasus.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"
