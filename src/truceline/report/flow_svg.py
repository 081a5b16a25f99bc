"""Who repeats whom: every outlet of an incident is a square, and squares fold into the origin that they trace to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.svg import frame, num, symbol, tag, text, titled
from truceline.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.report.view_charts import FlowChart, FlowIncident, FlowOrigin

_WIDTH, _HEAD, _GAP = 760.0, 40.0, 14.0
_SQUARE, _MOST = 12.0, 15
_OUTLET, _ORIGIN, _END = 190.0, 250.0, 470.0
_LETTERS, _LETTER = 26, 6.6


def draw_flow(chart: FlowChart, *, links: bool = True) -> str:
    """Draw the incidents one under another; without an origin there is nothing to draw."""
    if not chart.incidents:
        return ""
    parts, y = [*_heads()], _HEAD
    for incident in chart.incidents:
        parts += _block(incident, y, links=links)
        y += _height(incident) + _GAP
    told = "; ".join(
        f"no. {i.number}: {plural(_outlets(i), 'outlet')}, {plural(len(i.origins), 'origin')}, {i.state_label}"
        for i in chart.incidents
    )
    return frame(_WIDTH, y, chart.title, told, *parts)


def _heads() -> Iterator[str]:
    yield text("each square an outlet", _OUTLET, 14, "small", "end")
    yield symbol("diamond", _ORIGIN, 10, 6.0, "node apart")
    yield text("origin, counted once; filled:", _ORIGIN + 14, 9, "small")
    yield text("without an interest", _ORIGIN + 14, 22, "small")
    yield text("incident, as it is found", _END + 14, 14, "small")


def _outlets(incident: FlowIncident) -> int:
    return sum(origin.outlets for origin in incident.origins)


def _rows(origin: FlowOrigin) -> int:
    return -(-max(origin.outlets, 1) // _MOST)


def _tall(origin: FlowOrigin) -> float:
    return max(22.0, _rows(origin) * _SQUARE + 6)


def _height(incident: FlowIncident) -> float:
    return max(36.0, sum(_tall(origin) for origin in incident.origins))


def _block(incident: FlowIncident, y: float, *, links: bool) -> Iterator[str]:
    middle, top = y + _height(incident) / 2, y
    for origin in incident.origins:
        at = top + _tall(origin) / 2
        yield from _squares(origin, top)
        yield _curve(_OUTLET + 4, at, _ORIGIN - 7, at, "flow")
        label = shortened(origin.label)
        yield _curve(_ORIGIN + 18 + len(label) * _LETTER, at, _END - 8, middle, "flow")
        shape = "circle" if origin.interested else "diamond"
        words = f"{origin.label}: {plural(origin.claims, 'claim')} in {plural(origin.outlets, 'outlet')}"
        yield tag(
            "g",
            titled(words),
            symbol(shape, _ORIGIN, at, 6.0, "node" if origin.interested else "node apart"),
        )
        yield text(label, _ORIGIN + 14, at + 4, "small")
        top += _tall(origin)
    end = tag(
        "g", titled(incident.label), symbol("square", _END, middle, 6.0, f"found {incident.state}"),
        text(shortened(f"no. {incident.number}: {incident.label}", 38), _END + 14, middle - 2, "place"),
        text(shortened(incident.state_label, 46), _END + 14, middle + 13, "small"),
    )  # fmt: skip
    yield tag("a", end, href=f"#incident-{incident.number}") if links else end


def _squares(origin: FlowOrigin, top: float) -> Iterator[str]:
    first = top + (_tall(origin) - _rows(origin) * _SQUARE) / 2
    for n in range(origin.outlets):
        row, column = divmod(n, _MOST)
        yield tag(
            "rect", x=_OUTLET - (column + 1) * _SQUARE + 2, y=first + row * _SQUARE + 1,
            width=_SQUARE - 3, height=_SQUARE - 3, class_="outlet",
        )  # fmt: skip


def _curve(x: float, y: float, to_x: float, to_y: float, class_: str) -> str:
    half = (x + to_x) / 2
    path = (
        f"M{num(x)} {num(y)}C{num(half)} {num(y)} {num(half)} {num(to_y)} {num(to_x)} {num(to_y)}"
    )
    return tag("path", d=path, class_=class_)


def shortened(words: str, most: int = _LETTERS) -> str:
    """Cut words to a number of letters, with a sign that they were cut."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}\u2026"
