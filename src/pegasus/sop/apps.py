from django.apps import AppConfig


class SopConfig(AppConfig):
    """The slice `sop`."""

    name = "pegasus.sop"
    label = "sop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the official document be typeset for its signature."""
        from pegasus.archive import signable  # noqa: PLC0415 - the tables are not loaded before
        from pegasus.sop import document  # noqa: PLC0415 - as above

        signable.offer(document.KIND, document.typeset_for_signature)
