from django.apps import AppConfig


class RosterConfig(AppConfig):
    """The slice `roster`."""

    name = "pegasus.roster"
    label = "roster"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the printed list be typeset for its signature."""
        from pegasus.archive import signable  # noqa: PLC0415 - the tables are not loaded before
        from pegasus.roster import documents  # noqa: PLC0415 - as above

        signable.offer(documents.KIND, documents.typeset_for_signature)
