"""Going back to how the tables were, for the tests of migrations; `newest` brings them up to date again."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate_to(state: tuple[str, str], *, beside: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401 - models of then
    """Bring the tables to a state, with the newest of the apps `beside`; return the models as they were then."""
    executor = MigrationExecutor(connection)
    targets = [state, *(leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in beside)]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def migrate_to_newest() -> None:
    """Bring all tables up to date."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
