"""The command `pegasus`: Django's management commands, with the database brought up to date first."""

import os
import sys

NO_DATABASE = {
    "help",
    "--help",
    "--version",
    "version",
    "check",
    "makemigrations",
    "migrate",
    "collectstatic",
    "serve",
    "restore",
}
# What a broken installation must not stop: it has settings of its own.
RESTORE = "restore"
FULL = (
    "Pegasus tidak dapat menulis: penyimpanan penuh atau terkunci. Yang sudah tersimpan tidak hilang. "
    "Kosongkan ruang di disk folder PEGASUS_DATA (misalnya dari cadangan lama), lalu jalankan lagi."
)


def prepare() -> None:
    """Bring the database up to date, so that every command works on an empty data folder."""
    import django  # noqa: PLC0415 - settings are read only once the name of the settings module is set

    django.setup()
    from pegasus.kernel import database  # noqa: PLC0415 - models need the set-up above

    database.bring_up_to_date()


def main() -> None:
    """Run one command; `create-office` and `create_office` are the same."""
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command == RESTORE:
        os.environ["DJANGO_SETTINGS_MODULE"] = "pegasus.config.restoring"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pegasus.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - Django only after the line above
    from django.db import DatabaseError  # noqa: PLC0415 - as above

    from pegasus.kernel.disk import is_full  # noqa: PLC0415 - as above

    if not command.startswith("-"):
        sys.argv[1:2] = [command.replace("-", "_")]
    try:
        _run(command)
    except ImproperlyConfigured as fault:
        sys.exit(f"Pegasus tidak dimulai: {fault}")
    except (OSError, DatabaseError) as fault:
        if not is_full(fault):
            raise
        sys.exit(FULL)


def _run(command: str) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - as above

    asks_for_help = {"-h", "--help"} & set(sys.argv[2:])
    if command not in NO_DATABASE and not command.startswith("-") and not asks_for_help:
        prepare()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
