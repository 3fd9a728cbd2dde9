"""Cheap arguments why no plan can be better; where a plan meets its bound, nothing needs to be searched."""

from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.grid import NO_TEAM, Grid, bits
from pegasus.roster.domain.measures import teams_of


def _may_have_turns(freedom: Freedom) -> int:
    return sum(1 << p for p, most in enumerate(freedom.most) if most)


def longest_span(grid: Grid) -> int:
    """Return a rest that only a plan in which nobody serves twice can reach."""
    earliest = min([grid.numbers[0], *(last for last in grid.last if last is not None)])
    return grid.numbers[-1] - earliest + 1


def rest(grid: Grid, freedom: Freedom, reached: int) -> int:
    """Return the longest rest that counting people does not rule out, from what is reached upwards."""
    longest = longest_span(grid)
    while reached < longest and _enough_people(grid, _may_have_turns(freedom), reached + 1):
        reached += 1
    return reached


def _enough_people(grid: Grid, useful: int, gap: int) -> bool:
    """Tell whether every span of `gap` weeks has enough different people; who served within it cannot again."""
    for end in grid.numbers:
        spent = sum(1 << p for p, last in enumerate(grid.last) if last is not None and last > end - gap)
        able = needed = 0
        for number, free, held, count in zip(grid.numbers, grid.free, grid.held, grid.needed, strict=True):
            if end - gap < number <= end:
                able |= free
                spent |= held
                needed += count
        if (able & useful & ~spent).bit_count() < needed:
            return False
    return True


def same_team_in_week(grid: Grid, freedom: Freedom) -> int:
    """Return how many must serve beside their own team, because too few teams are there."""
    useful, total = _may_have_turns(freedom), 0
    for free, held, count in zip(grid.free, grid.held, grid.needed, strict=True):
        standing = teams_of(grid, held)
        teams = [grid.teams[p] for p in bits(free & useful)]
        others = len(set(teams) - {NO_TEAM} - set(standing)) + teams.count(NO_TEAM)
        total += len(standing) - len(set(standing)) + max(0, count - others)
    return total


def changes(grid: Grid, freedom: Freedom) -> int:
    """Return how many published places cannot stand."""
    useful, total = _may_have_turns(freedom), grid.gone
    for old, free, held, count in zip(grid.published, grid.free, grid.held, grid.needed, strict=True):
        loose = old & ~held
        total += max((loose & ~(free & useful)).bit_count(), loose.bit_count() - count)
    return total
