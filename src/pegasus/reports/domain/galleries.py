"""How the pictures of an attachment lie on its pages."""

ROWS_A_PAGE = 3
WIDTHS = (3, 4, 5)  # pictures in a row, the largest pictures first
FEWEST = 3


def per_row(count: int) -> int:
    """Return how many pictures stand in a row, so that the last page does not show one or two alone."""
    return next((width for width in WIDTHS if _ends_well(count, width)), WIDTHS[0])


def _ends_well(count: int, width: int) -> bool:
    left = count % (width * ROWS_A_PAGE)
    return left == 0 or left >= FEWEST or left == count
