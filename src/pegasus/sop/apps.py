from django.apps import AppConfig


class SopConfig(AppConfig):
    """The slice `sop`."""

    name = "pegasus.sop"
    label = "sop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the official document be typeset for its signature, and roles name this office's programmes."""
        from pegasus.archive import signable  # noqa: PLC0415 - the tables are not loaded before
        from pegasus.people import programmes  # noqa: PLC0415 - as above
        from pegasus.sop import document  # noqa: PLC0415 - as above
        from pegasus.sop.queries import programme_choices  # noqa: PLC0415 - as above

        signable.offer(document.KIND, document.typeset_for_signature, signers=document.signers_of_record)
        programmes.register(programme_choices)
