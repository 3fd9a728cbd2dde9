from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """What `pegasus work` and `pegasus serve` run."""

    name = "pegasus.worker"
    label = "worker"
