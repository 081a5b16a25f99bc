"""Charts over time: how incidents are found by day or week, and at what hours they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.chart import (
    BAND,
    LEFT,
    PLOT,
    RIGHT,
    WIDTH,
    band,
    dates,
    grid,
    patterns,
    scale,
)
from truceline.report.svg import frame, tag, text, titled
from truceline.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.report.view_charts import FoundBar, FoundChart, HourChart, HourColumn

_ROW, _HOURS, _SHADES = 9.0, 24, 4


def draw_found(chart: FoundChart) -> str:
    """Draw units by how they are found; nothing to draw gives an empty text."""
    if not chart.bars:
        return ""
    base = 14 + PLOT
    step = (WIDTH - LEFT - RIGHT) / len(chart.bars)
    highest, tick = scale(max(sum(bar.found) for bar in chart.bars))
    parts = [patterns(), *grid(highest, tick, base)]
    parts += [_found_bar(chart, n, (step, base, highest)) for n in range(len(chart.bars))]
    parts += band([(b.label, b.coverage, b.coverage_label) for b in chart.bars], step, base + 4)
    parts += dates([bar.label for bar in chart.bars], step, base + BAND + 10)
    told = "; ".join(f"{_sum(chart, n)} {label}" for n, label in enumerate(chart.labels))
    height = base + BAND + 28
    return frame(
        WIDTH, height, chart.title, f"By {chart.unit}: {told}. {_dark(chart.bars)}", *parts
    )


def _sum(chart: FoundChart, state: int) -> int:
    return sum(bar.found[state] for bar in chart.bars)


def _dark(columns: tuple[FoundBar, ...] | tuple[HourColumn, ...]) -> str:
    dark = sum(1 for column in columns if column.coverage <= 0)
    return f"{dark} of {len(columns)} columns not observed, hatched below."


def _found_bar(chart: FoundChart, n: int, place: tuple[float, float, int]) -> str:
    step, base, highest = place
    bar, y, parts = chart.bars[n], base, []
    for state, label, count in zip(chart.states, chart.labels, bar.found, strict=True):
        if count:
            tall = PLOT * count / highest
            y -= tall
            box = {"x": LEFT + (n + 0.15) * step, "y": y, "width": step * 0.7, "height": tall}
            words = titled(f"{bar.label}: {count} {label}")
            parts.append(tag("g", words, tag("rect", class_=f"found {state}", **box)))
    return "".join(parts)


def draw_hours(chart: HourChart) -> str:
    """Draw hours by day, darker where more was told of; without a stated hour there is nothing to draw."""
    most = max((max(column.hours) for column in chart.columns), default=0)
    if not most:
        return ""
    top, step = 14.0, (WIDTH - LEFT - RIGHT) / len(chart.columns)
    base = top + _ROW * _HOURS
    parts = [
        patterns(),
        tag("rect", x=LEFT, y=top, width=WIDTH - LEFT - RIGHT, height=base - top, class_="edge"),
    ]
    parts += [
        text(f"{hour:02}:00", LEFT - 5, top + hour * _ROW + 4, "small", "end")
        for hour in range(0, _HOURS + 1, 6)
    ]
    parts += _cells(chart, top, step, most)
    parts += band([(c.label, c.coverage, "coverage") for c in chart.columns], step, base + 4)
    parts += dates([column.label for column in chart.columns], step, base + BAND + 10)
    described = (
        f"Rows are hours of mission time, columns days or weeks; at most {plural(most, 'incident')} in a cell. "
        f"{plural(chart.without, 'incident')} without a stated hour. {_dark(chart.columns)}"
    )
    return frame(WIDTH, base + BAND + 28, chart.title, described, *parts)


def _cells(chart: HourChart, top: float, step: float, most: int) -> Iterator[str]:
    for n, column in enumerate(chart.columns):
        for hour, count in enumerate(column.hours):
            if not count:
                continue
            shade = -(-_SHADES * count // most)
            box = {"x": LEFT + n * step, "y": top + hour * _ROW, "width": step, "height": _ROW}
            words = titled(f"{column.label}, {hour:02}:00: {plural(count, 'incident')}")
            yield tag("g", words, tag("rect", class_=f"heat h{shade}", **box))
