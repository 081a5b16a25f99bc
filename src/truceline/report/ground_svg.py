"""What lies under the incidents on a map: land, waters, borders, disputed lines with their dates, who is said to hold what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from truceline.report.basemap import Window, line_of, shapes
from truceline.report.sheet import EDGE, LEFT, WIDTH
from truceline.report.svg import num, tag, text, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from truceline.report.basemap import Point, Shape
    from truceline.report.sheet import Sheet
    from truceline.report.view_map import ControlMark

Box = tuple[float, float, float, float]
_LETTER, _LINE = 6.4, 13.0
# A country is named where it takes up at least this share of the sheet.
_NAMED = 0.02


def window(sheet: Sheet) -> Window:
    """Give the window of the base map that a sheet shows."""
    return Window(
        west=sheet.west, south=sheet.south, east=sheet.east, north=sheet.north, pixel=sheet.pixel
    )


def ground(sheet: Sheet, day: date) -> Iterator[str]:
    """Draw the base map, one path a layer; a disputed line looks different once it was one no more."""
    paths: dict[tuple[str, str], list[str]] = {}
    for shape in shapes(window(sheet)):
        if shape.layer == "disputed":
            line = line_of(shape)
            key = ("bygone" if line.past(day) else "disputed", line.label)
        else:
            key = (shape.layer, "")
        paths.setdefault(key, []).append(_path(shape, sheet))
    for (kind, label), drawn in paths.items():
        path = tag("path", d="".join(drawn), class_=kind)
        yield tag("g", titled(label), path) if label else path


def _path(shape: Shape, sheet: Sheet) -> str:
    return "".join(
        _steps([sheet.xy(lat, lon) for lon, lat in path], closed=shape.closed)
        for path in shape.paths
    )


def _steps(points: Sequence[Point], *, closed: bool) -> str:
    """Write a path in whole units from point to point, which is a third of the size of places on the page."""
    whole = [(round(x), round(y)) for x, y in points]
    text = f"M{whole[0][0]} {whole[0][1]}l"
    moves = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole) if a != b]
    if not moves:
        return ""
    return text + " ".join(moves).replace(" -", "-") + ("z" if closed else "")


def outline_path(rings: Iterable[Sequence[Point]], sheet: Sheet) -> str:
    """Write rings of (latitude, longitude) as a path."""
    return "".join(
        "M" + "L".join(f"{num(x)} {num(y)}" for x, y in (sheet.xy(*point) for point in ring)) + "Z"
        for ring in rings
    )


def held(control: Iterable[ControlMark], sheet: Sheet) -> Iterator[str]:
    """Draw who is said to hold what, with a letter, never a colour of a flag."""
    for mark in control:
        path = tag("path", d=outline_path(mark.rings, sheet), class_="held", fill_rule="evenodd")
        middle = [sheet.xy(*point) for ring in mark.rings[:1] for point in ring]
        x = sum(p[0] for p in middle) / len(middle)
        y = sum(p[1] for p in middle) / len(middle)
        yield tag("g", titled(mark.label), path, text(mark.letter, x, y, "tiny", "middle"))


def country_names(sheet: Sheet, taken: Sequence[Box]) -> Iterator[str]:
    """Name the countries that take up some of the sheet, where no other words stand."""
    used = list(taken)
    for shape in shapes(window(sheet)):
        if shape.layer != "land":
            continue
        ring = [sheet.xy(lat, lon) for lon, lat in max(shape.paths, key=len)]
        if _area(ring) < _NAMED * WIDTH * sheet.height:
            continue
        for x, y in _inner(ring):
            box = label_box(shape.name, x, y, "middle")
            inside = (
                box[0] > LEFT
                and box[2] < WIDTH - 8
                and EDGE < box[1] < box[3] < sheet.height - EDGE - 22
            )
            if inside and not any(boxes_meet(box, other) for other in used):
                used.append(box)
                yield text(shape.name, x, y, "country", "middle")
                break


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _inner(ring: Sequence[Point]) -> Iterator[Point]:
    """Give points inside a ring: its middle row first, then rows above and below, each at its widest stretch."""
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    for share in (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9):
        y = top + (bottom - top) * share
        cuts = sorted(
            a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
            for a, b in pairwise(ring) if (a[1] <= y) != (b[1] <= y)
        )  # fmt: skip
        rows = [
            (right - left, (left + right) / 2)
            for left, right in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        if rows:
            yield max(rows)[1], y


def label_box(words: str, x: float, y: float, anchor: str) -> Box:
    """Give the space that a label takes, by a generous width of its letters."""
    wide = len(words) * _LETTER
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return (left, y - _LINE + 3, left + wide, y + 3)


def boxes_meet(a: Box, b: Box) -> bool:
    """Answer whether two boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
