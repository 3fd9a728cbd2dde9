from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.reports.domain import chart, figures
from pegasus.reports.domain.figures import ActivityFact, DutyFact, Standing, TaskFact

START = datetime(2026, 10, 5, tzinfo=UTC)
AT = datetime(2027, 1, 5, tzinfo=UTC)
moments = st.integers(0, 120).map(lambda days: START + timedelta(days=days))


def fact(number: int = 5, subject: str = "duty:1", part: str = "group", **given: object) -> TaskFact:
    defaults: dict[str, object] = {
        "pk": 1,
        "owner": "Sari",
        "opens_at": START,
        "due_at": START + timedelta(hours=23),
        "closed_at": START + timedelta(hours=9),
        "outcome": "done",
        "took": 1,
    }
    return TaskFact(number=number, subject=subject, part=part, **defaults | given)  # type: ignore[arg-type]


facts = st.lists(
    st.builds(
        TaskFact,
        pk=st.integers(1, 999),
        number=st.integers(1, 7),
        subject=st.sampled_from(["duty:1", "duty:2", "duty:3"]),
        part=st.sampled_from(["", "group", "instagram", "H-5", "H-3"]),
        owner=st.just("Sari"),
        opens_at=st.just(START),
        due_at=moments,
        closed_at=st.none() | moments,
        outcome=st.sampled_from(["done", "not_needed", "skipped"]),
        took=st.integers(0, 40),
    ),
    max_size=30,
)
ACTIVITIES = [ActivityFact(number, number, f"Aktivitas {number}", "3 Hari Kerja") for number in range(1, 8)]


@given(facts, moments)
def test_every_occurrence_is_counted_once(given_facts: list[TaskFact], at: datetime) -> None:
    found = figures.activity_figures(ACTIVITIES, given_facts, at=at)

    counted = sum(one.on_time + one.late + one.overdue + one.skipped + one.waiting for one in found)
    not_needed = sum(one.standing(at) is Standing.NOT_NEEDED for one in given_facts)
    assert counted + not_needed == len(given_facts)
    assert all(one.planned == one.due + one.waiting for one in found)
    assert all(one.due == one.done + one.overdue + one.skipped for one in found)


@given(facts, st.randoms())
def test_the_order_of_the_rows_changes_nothing(given_facts: list[TaskFact], random: object) -> None:
    shuffled = random.sample(given_facts, k=len(given_facts))  # type: ignore[attr-defined] # Hypothesis' random

    assert figures.activity_figures(ACTIVITIES, shuffled, at=AT) == figures.activity_figures(
        ACTIVITIES, given_facts, at=AT
    )


@given(facts)
def test_shares_are_between_nothing_and_all(given_facts: list[TaskFact]) -> None:
    for one in figures.activity_figures(ACTIVITIES, given_facts, at=AT):
        assert one.share is None or 0 <= one.share <= 100
        assert one.worst is None or one.median is None or one.median <= one.worst


def test_what_is_closed_later_was_open_then() -> None:
    late = fact(closed_at=START + timedelta(days=9))

    assert late.standing(START + timedelta(days=3)) is Standing.OVERDUE
    assert late.standing(START + timedelta(days=10)) is Standing.LATE


def test_half_a_per_cent_rounds_up() -> None:
    assert [figures.percent(1, 8), figures.percent(1, 3), figures.percent(0, 0)] == [13, 33, None]


def test_a_turn_is_as_good_as_its_worst_step() -> None:
    duty = DutyFact("duty:1", date(2026, 10, 5), "Sari", "Neraca")
    steps = [fact(part="card"), fact(part="group"), fact(part="instagram", closed_at=START + timedelta(days=3))]

    row = figures.duty_rows([duty], steps, calendar=WorkingCalendar(), zone="UTC", at=AT)[0]
    total = figures.totals([row])

    assert (row.standing, row.late_days) == (Standing.LATE, 3)
    assert (total.complete, total.on_time, total.missing) == (1, 0, 0)


def test_a_term_ends_with_its_last_moment() -> None:
    due, second = START + timedelta(hours=23), timedelta(seconds=1)

    assert fact(closed_at=due).standing(AT) is Standing.ON_TIME
    assert fact(closed_at=due + second).standing(AT) is Standing.LATE
    assert fact(closed_at=None, outcome="").standing(due) is Standing.WAITING
    assert fact(closed_at=None, outcome="").standing(due + second) is Standing.OVERDUE
    assert fact(outcome="skipped").standing(AT) is Standing.SKIPPED
    assert fact(outcome="not_needed").standing(AT) is Standing.NOT_NEEDED


def test_each_figure_of_the_sops_table_is_its_own() -> None:
    due = START + timedelta(hours=23)
    given_facts = [
        *[fact(took=1, proofs=("link", "screenshot")) for _ in range(4)],
        *[fact(closed_at=due + timedelta(days=2), took=5) for _ in range(2)],
        *[fact(closed_at=None, outcome="") for _ in range(5)],
        *[fact(outcome="skipped", took=None) for _ in range(3)],
        *[fact(closed_at=None, outcome="", due_at=AT) for _ in range(7)],
        fact(outcome="not_needed", took=None),
    ]

    found = figures.activity_figures([ActivityFact(5, 5, "Unggah", "1 Hari Kerja")], given_facts, at=AT)[0]

    assert (found.on_time, found.late, found.overdue, found.skipped, found.waiting) == (4, 2, 5, 3, 7)
    assert (found.planned, found.done, found.due, found.share, found.proofs) == (21, 6, 14, 29, 8)
    assert (found.median, found.worst) == (1.0, 5)


def turn(number: int, posts_on: date, **closed: datetime | None) -> tuple[DutyFact, list[TaskFact]]:
    duty = DutyFact(f"duty:{number}", posts_on, f"Pegawai {number}", "Neraca")
    steps = [
        fact(subject=duty.subject, part=part, closed_at=at, outcome="done" if at else "")
        for part, at in closed.items()
    ]
    return duty, steps


def test_each_total_of_the_quarter_is_its_own() -> None:
    good, late = START + timedelta(hours=9), START + timedelta(days=3)
    october, november, december = date(2026, 10, 5), date(2026, 11, 2), date(2026, 12, 7)
    turns = [
        turn(1, october, card=good, group=good, instagram=good),
        turn(2, october, card=good, group=late, instagram=good),
        turn(3, november, card=late, group=good, instagram=good),
        turn(4, november, card=good, group=good, instagram=None),
        turn(5, december, card=good, group=good, instagram=None),
        turn(6, december, card=good, group=None, instagram=None),
    ]
    waiting = turn(7, december)

    rows = figures.duty_rows(
        [duty for duty, _steps in (*reversed(turns), waiting)],
        [step for _duty, steps in turns for step in steps],
        calendar=WorkingCalendar(),
        zone="UTC",
        at=AT,
    )
    total = figures.totals(rows)

    assert [row.duty.subject for row in rows] == [f"duty:{number}" for number in range(1, 8)]
    assert [row.standing for row in rows] == [
        Standing.ON_TIME,
        *[Standing.LATE] * 2,
        *[Standing.OVERDUE] * 3,
        Standing.WAITING,
    ]
    assert [row.late_days for row in rows] == [0, 3, 3, 0, 0, 0, 0]
    assert (total.planned, total.due, total.cards, total.group, total.instagram) == (7, 6, 6, 5, 3)
    assert (total.complete, total.on_time, total.missing, total.people) == (3, 1, 3, 7)
    assert total.share_done == 50
    assert figures.by_month(rows) == [(10, (2, 2, 2)), (11, (2, 2, 1)), (12, (3, 1, 0))]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), min_size=1, max_size=6),
    st.data(),
)
def test_the_chart_is_well_formed_whatever_its_labels(labels: list[str], data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 100_000), min_size=len(labels), max_size=len(labels)))
    series = [chart.Series(labels[0], "#0b4f9e", tuple(values)), chart.Series("<b>&", "#b83a14", tuple(values))]

    root = ET.fromstring(chart.grouped_bars(labels, series, title="<Judul>", description="&"))  # noqa: S314 - our own

    texts = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert root[0].text == "<Judul>"
    assert all(label in texts for label in labels)
    heights = [float(node.attrib["height"]) for node in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert all(0 <= height <= chart.HEIGHT for height in heights)


@given(st.integers(0, 10_000_000))
def test_the_axis_has_few_round_steps(largest: int) -> None:
    step = chart.nice_step(largest)

    assert largest / step <= chart.FEWEST_STEPS + 1
    assert str(step).rstrip("0") in {"1", "2", "5"}
