"""Cheap arguments why no plan can be better; where a plan meets its bound, nothing needs to be searched."""

from itertools import pairwise

from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.grid import NO_TEAM, Grid, bits
from pegasus.roster.domain.measures import teams_of


def _may_have_turns(freedom: Freedom) -> int:
    return sum(1 << p for p, most in enumerate(freedom.most) if most)


def longest_span(grid: Grid) -> int:
    """Return a rest that only a plan in which nobody serves twice can reach."""
    earliest = min([grid.numbers[0], *(last for last in grid.last if last is not None)])
    latest = max([grid.numbers[-1], *(coming for coming in grid.coming if coming is not None)])
    return latest - earliest + 1


def rest(grid: Grid, freedom: Freedom, reached: int) -> int:
    """Return the longest rest that counting people does not rule out, from what is reached upwards."""
    longest = longest_span(grid)
    while reached < longest and _enough_people(grid, _may_have_turns(freedom), reached + 1):
        reached += 1
    return reached


def _enough_people(grid: Grid, useful: int, gap: int) -> bool:
    """Tell whether every span of `gap` weeks has enough different people; who serves within it cannot again."""
    ends = {*grid.numbers, *(number + gap - 1 for number in grid.numbers)}
    return all(_enough_in(grid, useful, end - gap + 1, end) for end in sorted(ends))


def _enough_in(grid: Grid, useful: int, start: int, end: int) -> bool:
    outside = zip(grid.last, grid.coming, strict=True)
    spent = sum(1 << p for p, turns in enumerate(outside) if any(n is not None and start <= n <= end for n in turns))
    able = needed = 0
    for number, free, held, count in zip(grid.numbers, grid.free, grid.held, grid.needed, strict=True):
        if start <= number <= end:
            able |= free
            spent |= held
            needed += count
    return (able & useful & ~spent).bit_count() >= needed


def same_team_in_week(grid: Grid) -> int:
    """Return how many must serve beside their own team, because too few teams are there."""
    total = 0
    for free, held, count in zip(grid.free, grid.held, grid.needed, strict=True):
        standing = teams_of(grid, held)
        teams = [grid.teams[p] for p in bits(free)]
        others = len(set(teams) - {NO_TEAM} - set(standing)) + teams.count(NO_TEAM)
        total += len(standing) - len(set(standing)) + max(0, count - others)
    return total


def same_team_next_week(grid: Grid, crowds: int) -> int:
    """Return how often a team must serve in two weeks running, when `crowds` people serve beside their own team."""
    known, teams = [], []
    for free, held, count in zip(grid.free, grid.held, grid.needed, strict=True):
        without = sum(grid.teams[p] == NO_TEAM for p in bits(free))
        known.append(len(teams_of(grid, held)) + max(0, count - without))
        teams.append({*teams_of(grid, held), *(teams_of(grid, free) if count else ())})
    pairs = zip(pairwise(known), pairwise(teams), strict=True)
    clashes = sum(max(0, one + two - len(here | there)) for (one, two), (here, there) in pairs)
    return max(0, clashes - 2 * crowds)


def changes(grid: Grid) -> int:
    """Return how many published places cannot stand."""
    total = grid.gone
    for old, free, held, count in zip(grid.published, grid.free, grid.held, grid.needed, strict=True):
        loose = old & ~held
        total += max((loose & ~free).bit_count(), loose.bit_count() - count)
    return total
