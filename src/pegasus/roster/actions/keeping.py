"""The printed list of a published version is kept as a Record, and is the proof of activity 1."""

from datetime import datetime

from pegasus.roster.models import Roster


def keep_list(*, roster: Roster, at: datetime) -> None:
    """Keep the list once."""
