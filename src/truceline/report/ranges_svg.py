"""Ranges and dates: persons harmed as stated, and obligations against their due dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.chart import scale
from truceline.report.flow_svg import shortened
from truceline.report.svg import frame, num, symbol, tag, text, titled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.report.view_charts import DueChart, DueRow, RangeChart, RangeRow

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 760.0, 300.0, 46.0, 22.0, 10.0
_ROOM = _WIDTH - _LEFT - _RIGHT


def draw_ranges(chart: RangeChart) -> str:
    """Draw each figure from its lowest to its highest, open ends with an arrow; nothing stated, nothing drawn."""
    if not chart.rows:
        return ""
    highest, tick = scale(max(max(r.low, r.best or 0, r.high or 0) for r in chart.rows))
    base = _TOP + _ROW * len(chart.rows)
    parts: list[str] = []
    for value in range(0, highest + 1, tick):
        x = _LEFT + _ROOM * value / highest
        parts.append(tag("line", x1=x, x2=x, y1=_TOP, y2=base, class_="grid"))
        parts.append(text(str(value), x, base + 16, "small", "middle"))
    for n, row in enumerate(chart.rows):
        parts += _range(row, _TOP + (n + 0.5) * _ROW, highest)
    told = "; ".join(f"no. {r.number}, {r.label}: {words_of_range(r)}" for r in chart.rows)
    return frame(_WIDTH, base + 26, chart.title, told, *parts)


def words_of_range(row: RangeRow) -> str:
    """Write a range in words: `3 to 10 killed`, `2 or more injured`."""
    if row.high is None:
        return f"{row.low} or more {row.measure}"
    count = str(row.low) if row.low == row.high else f"{row.low} to {row.high}"
    return f"{count} {row.measure}"


def _range(row: RangeRow, y: float, highest: int) -> Iterator[str]:
    def at(value: int) -> float:
        return _LEFT + _ROOM * value / highest

    label = text(shortened(f"no. {row.number} {row.label}", 30), _LEFT - 84, y + 4, "small", "end")
    yield tag("a", label, href=f"#incident-{row.number}")
    yield text(shortened(row.measure, 11), _LEFT - 8, y + 4, "small", "end")
    end = at(row.high) if row.high is not None else _LEFT + _ROOM + 14
    line = f"M{num(at(row.low))} {num(y - 5)}V{num(y + 5)}M{num(at(row.low))} {num(y)}H{num(end)}"
    line += f"M{num(end - 6)} {num(y - 5)}L{num(end)} {num(y)}L{num(end - 6)} {num(y + 5)}" if row.high is None else f"M{num(end)} {num(y - 5)}V{num(y + 5)}"  # fmt: skip
    drawn = [titled(words_of_range(row)), tag("path", d=line, class_="bar")]
    if row.best is not None:
        drawn.append(symbol("circle", at(row.best), y, 4.0, "sboth mark"))
    yield tag("g", *drawn)


def draw_dues(chart: DueChart) -> str:
    """Draw due dates on one axis with the as-of; where no obligation has a date there is nothing to draw."""
    if not chart.rows:
        return ""
    base = _TOP + 12 + _ROW * len(chart.rows)
    now = _LEFT + _ROOM * chart.now
    parts = [
        tag("line", x1=now, x2=now, y1=_TOP, y2=base, class_="entry"),
        text("as of", now, _TOP - 1, "small", "middle"),
        text(chart.start, _LEFT, base + 16, "small"),
        text(chart.end, _LEFT + _ROOM, base + 16, "small", "end"),
        tag("line", x1=_LEFT, x2=_LEFT + _ROOM, y1=base, y2=base, class_="grid"),
    ]
    for n, row in enumerate(chart.rows):
        parts += _due(row, _TOP + 12 + (n + 0.5) * _ROW)
    told = "; ".join(f"{r.label}: {r.state_label}, due {' or '.join(r.due)}" for r in chart.rows)
    return frame(_WIDTH, base + 26, chart.title, f"{told}. {chart.undated} without a date.", *parts)


def _due(row: DueRow, y: float) -> Iterator[str]:
    yield text(shortened(row.label, 42), _LEFT - 8, y + 4, "small", "end")
    points = [_LEFT + _ROOM * at for at in row.at]
    words = titled(f"{row.label}: due {' or '.join(row.due)}; {row.state_label}")
    line = tag("line", x1=points[0], x2=points[-1], y1=y, y2=y, class_="bar")
    shape = "square" if row.state in {"overdue", "disputed"} else "circle"
    marks = [symbol(shape, x, y, 5.0, f"due {row.state}") for x in points]
    yield tag("g", words, line, *marks)
    late = points[-1] > _LEFT + _ROOM * 0.7
    place = points[0] - 10 if late else points[-1] + 10
    yield text(row.state_label, place, y + 4, "small", "end" if late else "start")
