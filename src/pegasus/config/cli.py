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
}


def prepare() -> None:
    """Bring the database up to date, so that every command works on an empty data folder."""
    import django  # noqa: PLC0415 - settings are read only once the name of the settings module is set

    django.setup()
    from pegasus.kernel import database  # noqa: PLC0415 - models need the set-up above

    database.bring_up_to_date()


def main() -> None:
    """Run one command; `create-office` and `create_office` are the same."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pegasus.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - Django only after the line above

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if not command.startswith("-"):
        sys.argv[1:2] = [command.replace("-", "_")]
    try:
        _run(command)
    except ImproperlyConfigured as fault:
        sys.exit(f"Pegasus tidak dimulai: {fault}")


def _run(command: str) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - as above

    asks_for_help = {"-h", "--help"} & set(sys.argv[2:])
    if command not in NO_DATABASE and not command.startswith("-") and not asks_for_help:
        prepare()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
