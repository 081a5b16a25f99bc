"""A plain map: where incidents are reported, by whom, and how uncertain the places are."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from truceline.report.chart import colour
from truceline.report.ground_svg import (
    Box,
    boxes_meet,
    country_names,
    ground,
    held,
    label_box,
    outline_path,
)
from truceline.report.sheet import EDGE, LEFT, WIDTH, sheet_of
from truceline.report.svg import frame, symbol, tag, text, titled
from truceline.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.report.sheet import Sheet
    from truceline.report.view import Reporter
    from truceline.report.view_map import MapView, Mark, Site, ZoneMark

_STEPS = (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 45.0)
_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def draw_map(view: MapView, reporters: Sequence[Reporter]) -> str:
    """Draw the map; without any usable location there is nothing to draw."""
    if view.extent is None:
        return ""
    sheet = sheet_of(view.extent)
    described = f"{view.sentence}. {view.disclaimer} The list below names every place in words."
    paper = {"x": LEFT, "y": EDGE, "width": WIDTH - LEFT - 8, "height": sheet.height - 2 * EDGE}
    labels = list(_labels(view.sites, sheet))
    taken = [box for box, _ in labels] + [_symbols(site, sheet) for site in view.sites]
    return frame(
        WIDTH, sheet.height, "Map of reported incidents", described,
        tag("defs", tag("clipPath", tag("rect", **paper), id="paper")),
        tag("rect", class_="sea", **paper), *ground(sheet, date.fromisoformat(view.day)),
        *country_names(sheet, taken), *_graticule(sheet),
        tag("g", *held(view.control, sheet), *_rings(view, sheet), clip_path="url(#paper)"),
        tag("rect", class_="edge", **paper),
        *_marks(view.sites, reporters, sheet), *(words for _, words in labels), _bar(sheet),
    )  # fmt: skip


def _graticule(sheet: Sheet) -> Iterator[str]:
    bottom = sheet.height - EDGE
    for lon in ticks(sheet.west, sheet.east):
        x = sheet.xy(sheet.south, lon)[0]
        yield tag("line", x1=x, x2=x, y1=EDGE, y2=bottom, class_="grid")
        yield text(degrees(lon, "EW"), x, bottom + 16, "small", "middle")
    for lat in ticks(sheet.south, sheet.north):
        y = sheet.xy(lat, sheet.west)[1]
        yield tag("line", x1=LEFT, x2=WIDTH - 8, y1=y, y2=y, class_="grid")
        yield text(degrees(lat, "NS"), LEFT - 5, y + 4, "small", "end")


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Give round degrees between two bounds, at most six."""
    step = next((s for s in _STEPS if (high - low) / s <= 6), _STEPS[-1])  # noqa: PLR2004
    first = math.ceil(low / step)
    return tuple(round(n * step, 2) for n in range(first, math.floor(high / step) + 1))


def degrees(value: float, letters: str) -> str:
    """Write a degree with its hemisphere: `46.5\N{DEGREE SIGN}E`."""
    number = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    return f"{number}\N{DEGREE SIGN}{letters[0] if value >= 0 else letters[1]}"


def _rings(view: MapView, sheet: Sheet) -> Iterator[str]:
    yield from (_zone(zone, sheet) for zone in view.zones)
    for site in view.sites:
        x, y = sheet.xy(site.lat, site.lon)
        yield tag("circle", cx=x, cy=y, r=sheet.page(site.radius_km), class_="ring")


def _zone(zone: ZoneMark, sheet: Sheet) -> str:
    """Draw a version of a zone; holes stay open."""
    path = outline_path(zone.rings, sheet)
    return tag("g", titled(zone.label), tag("path", d=path, class_="zone", fill_rule="evenodd"))


def _marks(sites: Sequence[Site], reporters: Sequence[Reporter], sheet: Sheet) -> Iterator[str]:
    shapes = {reporter.key: reporter for reporter in reporters}
    for site in sites:
        x, y = sheet.xy(site.lat, site.lon)
        left = x - 7.5 * (len(site.marks) - 1)
        for n, mark in enumerate(site.marks):
            name = colour(mark.reporter, reporters)
            yield _mark(site, mark, shapes[mark.reporter], (left + 15 * n, y), name)
        if len(site.marks) > 1:
            yield tag("circle", cx=x, cy=y, r=1.6, class_="spot")


def _mark(site: Site, mark: Mark, reporter: Reporter, at: tuple[float, float], name: str) -> str:
    numbers = ", ".join(str(n) for n in mark.numbers)
    words = f"{site.name}: {plural(mark.count, 'incident')} {reporter.label} (no. {numbers})"
    count = text(str(mark.count), at[0], at[1] - 9, "tiny", "middle") if mark.count > 1 else ""
    # One incident is one click away; several stand in the list of places below.
    target = f"#incident-{mark.numbers[0]}" if mark.count == 1 else f"#place-{site.number}"
    drawn = symbol(reporter.shape, *at, 5.5, f"{name} mark")
    return tag("a", titled(words), drawn, count, href=target, aria_label=words)


def _labels(sites: Sequence[Site], sheet: Sheet) -> Iterator[tuple[Box, str]]:
    """Name the places, busiest first; a name that fits nowhere near its place is left out."""
    taken: list[Box] = [_symbols(site, sheet) for site in sites]
    busiest = sorted(sites, key=lambda s: (-sum(m.count for m in s.marks), s.name, s.lat, s.lon))
    for site in busiest:
        own = _symbols(site, sheet)
        for x, y, anchor in _spots(site, own, sheet):
            box = label_box(site.name, x, y, anchor)
            inside = box[0] > LEFT and box[2] < WIDTH - 8 and box[1] > EDGE
            inside = inside and box[3] < sheet.height - EDGE - 22
            if inside and not any(boxes_meet(box, other) for other in taken if other != own):
                taken.append(box)
                yield box, text(site.name, x, y, "place", anchor)
                break


def _symbols(site: Site, sheet: Sheet) -> Box:
    x, y = sheet.xy(site.lat, site.lon)
    half = 7.5 * len(site.marks)
    top = 19 if any(mark.count > 1 for mark in site.marks) else 8
    return (x - half, y - top, x + half, y + 7)


def _spots(site: Site, own: Box, sheet: Sheet) -> Iterator[tuple[float, float, str]]:
    x, y = sheet.xy(site.lat, site.lon)
    yield own[2] + 3, y + 4, "start"
    yield own[0] - 3, y + 4, "end"
    yield x, y + 20, "middle"
    yield x, own[1] - 5, "middle"
    yield own[2], y + 17, "start"
    yield own[2], own[1] - 3, "start"
    yield own[0], y + 17, "end"
    yield own[0], own[1] - 3, "end"


def _bar(sheet: Sheet) -> str:
    km = max((b for b in _BARS if sheet.page(b) <= WIDTH / 5), default=_BARS[0])
    x, y, wide = LEFT + 10, sheet.height - EDGE - 10, sheet.page(km)
    line = tag("path", d=f"M{x} {y - 5}V{y}H{x + wide:.1f}V{y - 5}", class_="bar")
    return line + text(f"{km} km", x + wide + 5, y, "small")
