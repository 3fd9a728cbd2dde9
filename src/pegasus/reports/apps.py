from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The slice `reports`."""

    name = "pegasus.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let a final report be typeset for its signature."""
        from pegasus.archive import signable  # noqa: PLC0415 - the tables are not loaded before
        from pegasus.reports import document  # noqa: PLC0415 - as above

        for kind in document.RECORD_KINDS.values():
            signable.offer(kind, document.typeset_for_signature)
