"""What a list may be at most."""

from typing import NoReturn

from pegasus.typeset.refusal import FileRefused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150  # real lists stay under 30
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PARTS = 500
MOST_ELEMENTS = 2_000_000  # a full list of 5,000 rows and 60 columns has a third of that
MOST_CELLS = 1_000_000  # of all sheets together, counted to their farthest cells
MOST_TEXT = 40_000_000  # signs in all cells: one long text can stand behind many
MOST_ROWS = 5_000
MOST_COLUMNS = 60
FARTHEST = MOST_ROWS + 30  # some rows of leeway for what stands above the heading
MOST_EVENT_BYTES = 3 * 1024 * 1024


def refuse(reason: str, **facts: object) -> NoReturn:
    """Refuse the file with a word that `sheets` has a sentence for."""
    raise FileRefused(reason, **facts)
