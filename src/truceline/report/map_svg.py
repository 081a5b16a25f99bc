"""A plain map: where incidents are reported, by whom, and how uncertain the places are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.report.chart import colour
from truceline.report.svg import frame, symbol, tag, text, titled
from truceline.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.report.view import MapView, Mark, Reporter, Site, ZoneMark

_WIDTH, _EDGE, _LEFT = 720.0, 26.0, 46.0
_LOW, _HIGH = 320.0, 620.0
_KM_PER_DEGREE = 111.195
_LEAST = 0.3
_STEPS = (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 45.0)
_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LETTER, _LINE = 6.4, 13.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawn part of the earth and how it maps to the page (equirectangular, true midway)."""

    west: float
    south: float
    east: float
    north: float

    @property
    def per_degree(self) -> tuple[float, float]:
        """Page units a degree of longitude and of latitude."""
        squeeze = max(0.05, math.cos(math.radians((self.south + self.north) / 2)))
        across = (_WIDTH - _LEFT - 8) / (self.east - self.west)
        return across, across / squeeze

    @property
    def height(self) -> float:
        """Height of the whole drawing."""
        return (self.north - self.south) * self.per_degree[1] + 2 * _EDGE

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Give the point on the page."""
        across, up = self.per_degree
        return _LEFT + (lon - self.west) * across, _EDGE + (self.north - lat) * up

    def page(self, km: float) -> float:
        """Give a distance on the page."""
        return km * self.per_degree[1] / _KM_PER_DEGREE


def draw_map(view: MapView, reporters: Sequence[Reporter]) -> str:
    """Draw the map; without any usable location there is nothing to draw."""
    if not view.sites:
        return ""
    sheet = sheet_for(view.sites)
    described = f"{view.sentence}. {view.disclaimer} The annex names every place in words."
    return frame(
        _WIDTH, sheet.height, "Map of reported incidents", described,
        tag("rect", x=_LEFT, y=_EDGE, width=_WIDTH - _LEFT - 8, height=sheet.height - 2 * _EDGE,
            class_="paper"),
        *_graticule(sheet), *_circles(view, sheet), *_marks(view.sites, reporters, sheet),
        *_labels(view.sites, sheet), _bar(sheet),
    )  # fmt: skip


def sheet_for(sites: Sequence[Site]) -> Sheet:
    """Choose the part of the earth that holds all places, with a margin and a sensible shape."""
    lats, lons = [s.lat for s in sites], [s.lon for s in sites]
    mid_lat, mid_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = max(0.05, math.cos(math.radians(mid_lat)))
    tall = max((max(lats) - min(lats)) * 1.25, _LEAST)
    wide = max((max(lons) - min(lons)) * 1.3, _LEAST / squeeze)
    inner = _WIDTH - _LEFT - 8
    wide = max(wide, tall / squeeze * inner / (_HIGH - 2 * _EDGE))
    tall = max(tall, wide * squeeze * (_LOW - 2 * _EDGE) / inner)
    return Sheet(
        west=mid_lon - wide / 2, east=mid_lon + wide / 2,
        south=mid_lat - tall / 2, north=mid_lat + tall / 2,
    )  # fmt: skip


def _graticule(sheet: Sheet) -> Iterator[str]:
    bottom = sheet.height - _EDGE
    for lon in ticks(sheet.west, sheet.east):
        x = sheet.xy(sheet.south, lon)[0]
        yield tag("line", x1=x, x2=x, y1=_EDGE, y2=bottom, class_="grid")
        yield text(degrees(lon, "EW"), x, bottom + 16, "small", "middle")
    for lat in ticks(sheet.south, sheet.north):
        y = sheet.xy(lat, sheet.west)[1]
        yield tag("line", x1=_LEFT, x2=_WIDTH - 8, y1=y, y2=y, class_="grid")
        yield text(degrees(lat, "NS"), _LEFT - 5, y + 4, "small", "end")


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Give round degrees between two bounds, at most six."""
    step = next((s for s in _STEPS if (high - low) / s <= 6), _STEPS[-1])  # noqa: PLR2004
    first = math.ceil(low / step)
    return tuple(round(n * step, 2) for n in range(first, math.floor(high / step) + 1))


def degrees(value: float, letters: str) -> str:
    """Write a degree with its hemisphere: `46.5\N{DEGREE SIGN}E`."""
    number = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    return f"{number}\N{DEGREE SIGN}{letters[0] if value >= 0 else letters[1]}"


def _circles(view: MapView, sheet: Sheet) -> Iterator[str]:
    clip = tag("clipPath", tag("rect", x=_LEFT, y=_EDGE, width=_WIDTH - _LEFT - 8,
                               height=sheet.height - 2 * _EDGE), id="paper")  # fmt: skip
    yield tag("defs", clip)
    rings = [_zone(zone, sheet) for zone in view.zones]
    for site in view.sites:
        x, y = sheet.xy(site.lat, site.lon)
        rings.append(tag("circle", cx=x, cy=y, r=sheet.page(site.radius_km), class_="ring"))
    yield tag("g", *rings, clip_path="url(#paper)")


def _zone(zone: ZoneMark, sheet: Sheet) -> str:
    """Draw a version of a zone; holes stay open."""
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (sheet.xy(*point) for point in ring)) + "Z"
        for ring in zone.rings
    )
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
    counted = plural(mark.count, "incident")
    words = titled(f"{site.name}: {counted} {reporter.label} (no. {numbers})")
    count = text(str(mark.count), at[0], at[1] - 9, "tiny", "middle") if mark.count > 1 else ""
    return tag("g", words, symbol(reporter.shape, *at, 5.5, f"{name} mark"), count)


Box = tuple[float, float, float, float]


def _labels(sites: Sequence[Site], sheet: Sheet) -> Iterator[str]:
    """Name the places, busiest first; a name that fits nowhere near its place is left out."""
    taken: list[Box] = [_symbols(site, sheet) for site in sites]
    busiest = sorted(sites, key=lambda s: (-sum(m.count for m in s.marks), s.name, s.lat, s.lon))
    for site in busiest:
        own = _symbols(site, sheet)
        for x, y, anchor in _spots(site, own, sheet):
            box = label_box(site.name, x, y, anchor)
            inside = box[0] > _LEFT and box[2] < _WIDTH - 8 and box[1] > _EDGE
            inside = inside and box[3] < sheet.height - _EDGE - 22
            if inside and not any(boxes_meet(box, other) for other in taken if other != own):
                taken.append(box)
                yield text(site.name, x, y, "place", anchor)
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


def label_box(words: str, x: float, y: float, anchor: str) -> Box:
    """Give the space that a label takes, by a generous width of its letters."""
    wide = len(words) * _LETTER
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return (left, y - _LINE + 3, left + wide, y + 3)


def boxes_meet(a: Box, b: Box) -> bool:
    """Answer whether two boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _bar(sheet: Sheet) -> str:
    km = max((b for b in _BARS if sheet.page(b) <= _WIDTH / 5), default=_BARS[0])
    x, y, wide = _LEFT + 10, sheet.height - _EDGE - 10, sheet.page(km)
    line = tag("path", d=f"M{x} {y - 5}V{y}H{x + wide:.1f}V{y - 5}", class_="bar")
    return line + text(f"{km} km", x + wide + 5, y, "small")
