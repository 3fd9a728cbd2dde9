"""Why not the other: each answer against brute force over every plan, and each "if" by making the roster with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pegasus.roster.domain import measures
from pegasus.roster.domain.construct import round_robin
from pegasus.roster.domain.contrast import Question, answer, masks_of, obstacle, plan_of
from pegasus.roster.domain.exchanges import Exchange, Exchanges
from pegasus.roster.domain.grid import Grid, Plan, bits, grid_of
from pegasus.roster.domain.kept import as_data, from_data
from pegasus.roster.domain.problem import Infeasible, Person, Problem, Week, may_serve
from pegasus.roster.domain.solution import Other, Place
from pegasus.roster.domain.solve import solve
from pegasus.roster.domain.whatif import Change, turning
from pegasus.roster.tests.puzzles import MONDAY, WEEK, dice, every_plan, make_people, make_weeks, random_problem

DAY = timedelta(days=1)


def questions(problem: Problem) -> list[Question]:
    plan = plan_of(solve(problem))
    return [
        Question(problem, plan, monday, holder, person.id)
        for monday, holders in sorted(plan.items())
        for holder in sorted(holders)
        for person in problem.people
    ]


def best_with_the_other(question: Question) -> tuple[int, ...] | None:
    grid = question.grid
    wanted = question.plan[question.monday] - {question.holder} | {question.other}
    here = next(n for n, week in enumerate(grid.weeks) if week.starts_on == question.monday)
    mask = masks_of(grid, {question.monday: wanted})[here]
    plans = [measures.quality(grid, plan) for plan in every_plan(grid) if plan[here] == mask]
    return min(plans, default=None)


@pytest.mark.parametrize("seed", range(25))
def test_every_answer_is_what_trying_all_rosters_would_say(seed: int) -> None:
    problem = replace(random_problem(dice(seed)), fixed={})
    try:
        asked = questions(problem)
    except Infeasible:
        return

    for question in asked:
        found, best = answer(question), best_with_the_other(question)
        if found.verdict == "cannot":
            assert best is None or question.monday in problem.held or question.other in question.plan[question.monday]
            continue
        here = measures.quality(question.grid, question.masks)
        assert best is not None
        assert found.proven
        assert found.verdict == ("equal" if best == here else "worse")
        assert tuple(then for _, _, then in found.levels) == tuple(abs(value) for value in best)[: len(found.levels)]
        if found.verdict == "worse":
            differ = next(n for n in range(len(best)) if best[n] != here[n])
            assert found.cost is not None
            assert (found.cost.level, abs(best[differ])) == (measures.LEVELS[differ], found.cost.then)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_said_of_the_cost_can_be_looked_up(seed: int) -> None:
    problem = replace(random_problem(dice(seed)), fixed={})
    try:
        asked = questions(problem)
    except Infeasible:
        return

    for question in asked:
        found = answer(question)
        if found.verdict != "worse" or found.cost is None:
            continue
        cost = found.cost
        assert cost.then != cost.now
        assert {"spread": 2, "rest": 1}.get(cost.level, len(cost.people)) == len(cost.people)
        if cost.level == "rest":
            assert (cost.weeks[1] - cost.weeks[0]) // WEEK == cost.then < cost.now
        if cost.level == "spread":
            assert cost.turns[0] - cost.turns[1] >= 1 or cost.gap[1] > cost.gap[0]
        if cost.level in ("teams_in_week", "teams_next_week"):
            assert cost.team
            assert len(cost.weeks) == (1 if cost.level == "teams_in_week" else 2)


@pytest.mark.parametrize("seed", range(12))
def test_an_if_holds_when_the_roster_is_made_with_it(seed: int) -> None:
    problem = replace(random_problem(dice(seed)), fixed={})
    try:
        asked = questions(problem)
    except Infeasible:
        return

    for question in asked[:12]:
        found = turning(question)
        assert not found.anew
        if found.level is not None:
            even = applied(question, found.level)
            plan = plan_of(solve(even))
            assert found.instead in plan[question.monday]
            again = Question(even, plan, question.monday, found.instead or 0, question.other)
            assert answer(again).verdict == "equal"
        if found.change is None:
            continue
        changed = plan_of(solve(applied(question, found.change)))[question.monday]
        assert question.other in changed
        assert found.holder_out == (question.holder not in changed)


def applied(question: Question, change: Change) -> Problem:
    """Make a change by hand, in the plainest way."""
    people = {person.id: person for person in question.problem.people}
    other, day = people[question.other], change.on or date.min
    if change.kind == "fewer_turns":
        left = other.carried - change.turns
        people[other.id] = replace(other, carried=left, last_turn=other.last_turn if left else None)
    elif change.kind == "last_turn":
        people[other.id] = replace(other, last_turn=day)
    elif change.kind == "holder_away":
        holder = people[question.holder]
        people[holder.id] = replace(holder, absences=(*holder.absences, (day, day)))
    elif change.kind == "turn_away":
        people[other.id] = replace(other, absences=(*other.absences, (day, day)))
    elif change.kind == "active_until":
        people[other.id] = replace(other, active_until=day)
    elif change.kind == "active_from":
        people[other.id] = replace(other, active_from=day)
    elif change.kind == "back_on":
        cut = ((first, day - DAY) if first < day <= last else (first, last) for first, last in other.absences)
        people[other.id] = replace(other, absences=tuple(cut))
    elif change.kind == "away_from":
        cut = ((day, last) if first < day <= last else (first, last) for first, last in other.absences)
        people[other.id] = replace(other, absences=tuple(cut))
    else:
        people[other.id] = replace(other, absences=())
    return replace(question.problem, people=tuple(people.values()))


def test_who_comes_back_in_time_serves() -> None:
    week = Week(MONDAY + WEEK, MONDAY + WEEK, tuple(MONDAY + n * DAY for n in range(5)))
    budi = Person(1, "A", absences=((MONDAY - 3 * DAY, MONDAY + WEEK),))
    sari = Person(2, "B", carried=1, last_turn=MONDAY - 4 * WEEK)
    problem = Problem((budi, sari), (week,), 1)
    question = Question(problem, plan_of(solve(problem)), week.starts_on, 2, 1)

    fact, found = obstacle(question), turning(question)

    assert fact is not None
    assert (fact.kind, fact.spans) == ("away", budi.absences)
    assert found.change == Change("back_on", MONDAY + 4 * DAY)  # the last day of preparation
    assert found.holder_out


def test_where_nothing_would_help_it_says_why_not_even_then() -> None:
    budi = Person(1, "A", carried=5, last_turn=MONDAY - WEEK, absences=((MONDAY, MONDAY),))
    problem = Problem((budi, Person(2, "B"), Person(3, "C")), make_weeks(1), 1)
    question = Question(problem, plan_of(solve(problem)), MONDAY, 2, 1)

    found = turning(question)

    assert found.change is None
    assert (found.instead, [change.kind for change in found.tried]) == (2, ["never_away"])
    assert found.even_so is not None
    assert found.even_so.verdict == "worse"
    assert found.even_so.cost is not None
    assert (found.even_so.cost.level, found.even_so.cost.people, found.even_so.cost.turns) == (
        "spread",
        (1, 2),
        (6, 0),
    )


def test_a_big_office_is_answered_by_exchange_and_says_so() -> None:
    problem = Problem(make_people(310, teams=9), make_weeks(26), 2)
    plan = plan_of(solve(problem))
    later = max(monday for monday in plan)
    question = Question(problem, plan, MONDAY, min(plan[MONDAY]), min(plan[later]))

    found = answer(question)

    assert found.method == "exchange"
    assert turning(question).too_long


def test_a_problem_is_kept_as_it_was() -> None:
    for seed in range(20):
        problem = replace(random_problem(dice(seed)), fixed={})
        kept = from_data(as_data(problem))
        assert replace(kept, people=()) == replace(problem, people=())
        assert set(kept.people) == set(problem.people)


@pytest.mark.parametrize("seed", range(40))
def test_an_exchange_is_measured_as_the_whole_plan_would_be(seed: int) -> None:
    problem = replace(random_problem(dice(seed)), fixed={})
    try:
        grid = grid_of(problem)
    except Infeasible:
        return
    exchanges = Exchanges(grid, round_robin(grid))

    for week, mask in enumerate(exchanges.plan):
        for p in bits(mask & ~grid.held[week]):
            for q in bits(grid.free[week] & ~mask):
                one, quality = exchanges.best(week, p, q)
                assert quality == measures.quality(grid, one.done(exchanges.plan))
                assert quality <= measures.quality(grid, Exchange(week, p, q).done(exchanges.plan))


@pytest.mark.parametrize("seed", range(30))
def test_each_reason_is_true_of_the_plan(seed: int) -> None:
    problem = replace(random_problem(dice(seed)), fixed={})
    try:
        solution = solve(problem)
    except Infeasible:
        return
    grid, plan = grid_of(problem), plan_of(solution)
    turns = {person.id: person.carried for person in problem.people}
    masks = masks_of(grid, plan)

    for week in grid.weeks:
        serving = plan[week.starts_on]
        able = [person.id for person in problem.people if may_serve(person, week)]
        for place in (one for one in solution.places if one.starts_on == week.starts_on):
            reason = place.reason
            assert reason.turns == turns[place.person]
            if reason.settled:
                continue
            assert reason.able == len(able)
            assert reason.fewer == sum(turns[pk] < reason.turns for pk in able)
            assert not {*reason.away, reason.other.person if reason.other else None} & serving
            assert not set(reason.away) & set(able)
            if reason.other is not None:
                _check(grid, masks, place, reason.other, problem)
        for pk in serving:
            turns[pk] += 1


def _check(grid: Grid, masks: Plan, place: Place, other: Other, problem: Problem) -> None:
    """Do the exchange by hand and measure both plans."""
    number = {person.id: p for p, person in enumerate(grid.people)}
    back = next((n for n, week in enumerate(grid.weeks) if other.on and week.posts_on == other.on), None)
    week = next(n for n, week in enumerate(grid.weeks) if week.starts_on == place.starts_on)
    after = Exchange(week, number[place.person], number[other.person], back).done(masks)
    here, there = measures.quality(grid, masks), measures.quality(grid, after)
    assert here <= there
    assert all(mask.bit_count() == problem.per_week for mask in after)
    if other.why == "equal":
        assert here == there
    else:
        level = measures.LEVELS.index(other.why)
        assert here[:level] == there[:level]
        assert (other.now, other.then) == (abs(here[level]), abs(there[level]))
