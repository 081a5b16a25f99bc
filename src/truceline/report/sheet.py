"""The sheet of a map: which part of the earth is drawn, and where its points lie on the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.report.view_map import Extent, Site

WIDTH, EDGE, LEFT = 720.0, 26.0, 46.0
_LOW, _HIGH = 320.0, 620.0
_KM_PER_DEGREE = 111.195
_LEAST = 0.3
# Zones may widen the map of the incidents to so many times its width or height, and no further.
_WIDENED = 3.0


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
        across = (WIDTH - LEFT - 8) / (self.east - self.west)
        return across, across / squeeze

    @property
    def height(self) -> float:
        """Height of the whole drawing."""
        return (self.north - self.south) * self.per_degree[1] + 2 * EDGE

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Give the point on the page."""
        across, up = self.per_degree
        return LEFT + (lon - self.west) * across, EDGE + (self.north - lat) * up

    def page(self, km: float) -> float:
        """Give a distance on the page."""
        return km * self.per_degree[1] / _KM_PER_DEGREE

    @property
    def pixel(self) -> float:
        """Degrees of latitude that a unit of the page is high."""
        return 1 / self.per_degree[1]


def sheet_of(extent: Extent) -> Sheet:
    """Give the sheet of an extent."""
    return Sheet(west=extent.west, south=extent.south, east=extent.east, north=extent.north)


def sheet_for(sites: Sequence[Site], edges: Iterable[tuple[float, float]] = ()) -> Sheet:
    """Choose the part of the earth that holds all places, with a margin and a sensible shape.

    Edges of zones, points of latitude and longitude, are inside too unless the places would shrink to a corner.
    """
    lats, lons = [s.lat for s in sites], [s.lon for s in sites]
    corners = list(edges)
    if corners and _fits(lats, [c[0] for c in corners]) and _fits(lons, [c[1] for c in corners]):
        lats += [c[0] for c in corners]
        lons += [c[1] for c in corners]
    mid_lat, mid_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = max(0.05, math.cos(math.radians(mid_lat)))
    tall = max((max(lats) - min(lats)) * 1.25, _LEAST)
    wide = max((max(lons) - min(lons)) * 1.3, _LEAST / squeeze)
    inner = WIDTH - LEFT - 8
    wide = max(wide, tall / squeeze * inner / (_HIGH - 2 * EDGE))
    tall = max(tall, wide * squeeze * (_LOW - 2 * EDGE) / inner)
    return Sheet(
        west=mid_lon - wide / 2, east=mid_lon + wide / 2,
        south=mid_lat - tall / 2, north=mid_lat + tall / 2,
    )  # fmt: skip


def _fits(places: Sequence[float], edges: Sequence[float]) -> bool:
    """Answer whether a map of places stays readable when edges are on it too."""
    wide = max(max(places) - min(places), _LEAST)
    both = max(*places, *edges) - min(*places, *edges)
    return both <= _WIDENED * wide
