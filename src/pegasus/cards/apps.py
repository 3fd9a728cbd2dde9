from django.apps import AppConfig


class CardsConfig(AppConfig):
    """The slice `cards`."""

    name = "pegasus.cards"
    label = "cards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the list of birthdays be typeset for its signature."""
        from pegasus.archive import signable  # noqa: PLC0415 - the tables are not loaded before
        from pegasus.cards.birthdays import documents  # noqa: PLC0415 - as above

        signable.offer(documents.KIND, documents.typeset_for_signature)
