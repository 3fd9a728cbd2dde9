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

    counted = sum(one.on_time + one.late + one.missing + one.waiting for one in found)
    not_needed = sum(one.standing(at) is Standing.NOT_NEEDED for one in given_facts)
    assert counted + not_needed == len(given_facts)
    assert all(one.planned == one.done + one.missing + one.waiting for one in found)


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

    assert late.standing(START + timedelta(days=3)) is Standing.MISSING
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
