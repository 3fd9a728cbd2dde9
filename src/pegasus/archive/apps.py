from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The slice `archive`."""

    name = "pegasus.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the Daftar Arsip be typeset for its signature."""
        from pegasus.archive import lists, signable  # noqa: PLC0415 - the tables are not loaded before

        signable.offer(lists.KIND, lists.typeset_for_signature)
