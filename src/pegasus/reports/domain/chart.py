"""A grouped bar chart as SVG: real text, escaped, described, the same for screen and paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 300
LEFT, TOP, BOTTOM = 40, 20, 70
FEWEST_STEPS = 4


@dataclass(frozen=True)
class Series:
    """One colour of bars."""

    name: str
    colour: str
    values: tuple[int, ...]


def nice_step(largest: int) -> int:
    """Return the axis step: 1, 2 or 5 times a power of ten, giving about five lines."""
    step = 1
    while largest / step > FEWEST_STEPS + 1:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def grouped_bars(labels: Sequence[str], series: Sequence[Series], *, title: str, description: str) -> str:
    """Draw one group of bars per label."""
    largest = max((value for one in series for value in one.values), default=0)
    step = nice_step(largest)
    top = (largest // step + 1) * step  # headroom for the number above the highest bar
    floor = HEIGHT - BOTTOM
    unit = (floor - TOP) / top
    group = (WIDTH - LEFT) / max(len(labels), 1)
    bar = group * 0.72 / max(len(series), 1)
    parts = [_line(LEFT, floor - line * unit, str(line)) for line in range(0, top + 1, step)]
    for at, label in enumerate(labels):
        left = LEFT + at * group + group * 0.14
        parts += [
            _bar(left + n * bar, bar, floor, unit * one.values[at], one, one.values[at])
            for n, one in enumerate(series)
        ]
        parts.append(_text(left + group * 0.36, floor + 20, label, "middle"))
    for n, one in enumerate(series):
        x = LEFT + n * (WIDTH - LEFT) / len(series)
        parts.append(f'<rect x="{x:.1f}" y="{HEIGHT - 26}" width="13" height="13" rx="3" fill="{one.colour}"/>')
        parts.append(_text(x + 19, HEIGHT - 15, one.name, "start"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="Plus Jakarta Sans, Arimo, sans-serif" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def _line(left: float, y: float, label: str) -> str:
    rule = f'<path d="M{left} {y:.1f}H{WIDTH}" stroke="#8a8f98" stroke-opacity=".35"/>'
    return rule + _text(left - 8, y + 4, label, "end")


def _bar(x: float, width: float, floor: float, height: float, series: Series, value: int) -> str:
    shape = (
        f'<rect x="{x + 2:.1f}" y="{floor - height:.1f}" width="{width - 4:.1f}" height="{height:.1f}" '
        f'rx="3" fill="{series.colour}"/>'
    )
    return shape + _text(x + width / 2, floor - height - 5, str(value), "middle")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#59606b">{escape(text)}</text>'
