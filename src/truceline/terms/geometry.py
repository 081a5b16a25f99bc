"""Outlines on the ground: inside, outside or cannot tell for a place with its radius, in km, by shapely.

Each outline is laid flat around its own middle (azimuthal equidistant projection of a sphere), where distances from the
middle are true and others, over zones of up to a few hundred km, off by less than one in a thousand.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from truceline.model.place_time import EARTH_RADIUS_KM, Answer
from truceline.model.zone import Hand, Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from truceline.model.zone import Point, Ring

Circle = tuple[float, float, float]
_DRAWN_KM = 0.1


class Drawn:
    """An outline laid flat, worked out once."""

    def __init__(self, outline: Outline) -> None:
        self.accuracy_km = outline.accuracy_km
        points = [p for ring in _rings(outline) for p in ring]
        self.middle = (_mean([lat for _, lat in points]), _mean([lon for lon, _ in points]))
        self.flat = self._flat(outline)
        shapely.prepare(self.flat)

    @property
    def km2(self) -> float:
        """The area in square km."""
        return float(self.flat.area)

    def where(self, lat: float, lon: float, radius_km: float) -> Answer:
        """Say whether a place lies inside, with the radius in which it certainly lies and the accuracy of the edge."""
        here = shapely.Point(*self._xy(np.array([[lon, lat]]))[0])
        doubt = radius_km + self.accuracy_km
        if self.flat.covers(here):
            return Answer.YES if self.flat.boundary.distance(here) >= doubt else Answer.CANNOT_TELL
        return Answer.NO if self.flat.distance(here) > doubt else Answer.CANNOT_TELL

    def holds(self, points: np.ndarray) -> np.ndarray:
        """Say of points (latitude, longitude) which lie inside as it is drawn."""
        flat = self._xy(points[:, ::-1])
        return np.asarray(shapely.contains_xy(self.flat, flat[:, 0], flat[:, 1]), bool)

    def circle(self) -> Circle:
        """Give the circle around its middle that encloses it: latitude, longitude and radius in km."""
        far = shapely.hausdorff_distance(self.flat, shapely.Point(0, 0))
        return (*self.middle, float(far))

    def edges(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Give its edges as rings of latitude and longitude, to draw: no corner off by more than 100 m."""
        flat = self.flat.simplify(_DRAWN_KM)
        parts = [part for part in shapely.get_parts(flat) if part.geom_type == "Polygon"]
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        return tuple(self._back(np.asarray(ring.coords)) for ring in rings)

    def _back(self, flat: np.ndarray) -> tuple[tuple[float, float], ...]:
        """Give latitude and longitude of points in km east and north of the middle."""
        far = np.hypot(flat[:, 0], flat[:, 1])
        angle, here = far / EARTH_RADIUS_KM, math.radians(self.middle[0])
        safe = np.where(far > 0, far, 1.0)
        lat = np.arcsin(
            np.cos(angle) * math.sin(here) + flat[:, 1] * np.sin(angle) * math.cos(here) / safe
        )
        lon = np.arctan2(
            flat[:, 0] * np.sin(angle),
            far * math.cos(here) * np.cos(angle) - flat[:, 1] * math.sin(here) * np.sin(angle),
        )
        told = np.column_stack([np.degrees(lat), self.middle[1] + np.degrees(lon)])
        return tuple((round(float(a), 4), round(float(b), 4)) for a, b in told)

    def share_of(self, lat: float, lon: float, radius_km: float) -> float:
        """Give the share of it that a circle covers."""
        around = shapely.Point(*self._xy(np.array([[lon, lat]]))[0]).buffer(radius_km, quad_segs=32)
        return (
            float(self.flat.intersection(around).area / self.flat.area) if self.flat.area else 0.0
        )

    def edge_share(self, rough_km: float) -> float:
        """Give the share of it that lies within its own and a map's accuracy of its edge."""
        band = self.flat.boundary.buffer(self.accuracy_km + rough_km).intersection(self.flat)
        return float(band.area / self.flat.area)

    def covered_by(self, others: Sequence[Outline]) -> float:
        """Give the share of it that other polygons cover together."""
        parts = [
            shapely.Polygon(self._xy(np.array(outer)), [self._xy(np.array(h)) for h in holes])
            for other in others
            for outer, *holes in other.polygons
        ]
        together = shapely.union_all(parts)
        return float(self.flat.intersection(together).area / self.flat.area)

    def _xy(self, points: np.ndarray) -> np.ndarray:
        """Lay points (longitude, latitude in degrees) flat, in km east and north of the middle."""
        lon, lat = np.radians(points[:, 0] - self.middle[1]), np.radians(points[:, 1])
        here = math.radians(self.middle[0])
        cosine = math.sin(here) * np.sin(lat) + math.cos(here) * np.cos(lat) * np.cos(lon)
        angle = np.arccos(np.clip(cosine, -1, 1))
        stretch = np.where(angle > 0, angle / np.where(angle > 0, np.sin(angle), 1), 1.0)
        east = EARTH_RADIUS_KM * stretch * np.cos(lat) * np.sin(lon)
        north = (
            EARTH_RADIUS_KM
            * stretch
            * (math.cos(here) * np.sin(lat) - math.sin(here) * np.cos(lat) * np.cos(lon))
        )
        return np.column_stack([east, north])

    def _flat(self, outline: Outline) -> BaseGeometry:
        if outline.strip is None:
            parts = [
                shapely.Polygon(self._xy(np.array(outer)), [self._xy(np.array(h)) for h in holes])
                for outer, *holes in outline.polygons
            ]
            return shapely.union_all(parts)
        strip = outline.strip
        lines = [shapely.LineString(self._xy(np.array(line))) for line in outline.lines]
        far = [_beside(line, strip.hand, strip.to_km) for line in lines]
        if strip.from_km == 0:
            return shapely.union_all(far)
        near = shapely.union_all([_beside(line, strip.hand, strip.from_km) for line in lines])
        return shapely.difference(shapely.union_all(far), near)


def _beside(line: BaseGeometry, hand: Hand, km: float) -> BaseGeometry:
    """Give what lies within a distance of a line, on one side of it or on both, and not beyond its ends."""
    if hand is Hand.BOTH:
        return line.buffer(km, cap_style="flat")
    return line.buffer(km if hand is Hand.LEFT else -km, single_sided=True)


def round_outline(lat: float, lon: float, radius_km: float) -> Outline:
    """Give a circle as an outline of 72 corners."""
    degree = math.pi * EARTH_RADIUS_KM / 180
    squeeze = degree * math.cos(math.radians(lat))
    turns = [math.radians(5 * n) for n in range(73)]
    ring = tuple(
        (lon + radius_km * math.sin(a) / squeeze, lat + radius_km * math.cos(a) / degree)
        for a in turns
    )
    return Outline(
        id="", polygons=((ring,),), lines=(), strip=None, accuracy_km=0.0, held_by="", source=""
    )


def hand_of(line: Ring, point: Point, radius_km: float) -> Hand | None:
    """Say on which side of a line a place lies, by the nearest of its parts; None where its circle touches the line."""
    nearest, found = math.inf, 0.0
    squeeze = math.cos(math.radians(point[1]))
    flat = [((lon - point[0]) * squeeze, lat - point[1]) for lon, lat in line]
    for (ax, ay), (bx, by) in pairwise(flat):
        long = (bx - ax) ** 2 + (by - ay) ** 2
        along = 0.0 if not long else max(0.0, min(1.0, -(ax * (bx - ax) + ay * (by - ay)) / long))
        away = math.hypot(ax + along * (bx - ax), ay + along * (by - ay))
        if away < nearest - 1e-12:
            nearest, found = away, ax * by - ay * bx
    if not found or nearest * math.pi * EARTH_RADIUS_KM / 180 <= radius_km:
        return None
    return Hand.LEFT if found > 0 else Hand.RIGHT


def crossing(outline: Outline) -> str | None:
    """Say where an outline crosses itself or has no area, None where it is sound."""
    for outer, *holes in outline.polygons:
        polygon = shapely.Polygon(outer, holes)
        if not polygon.is_valid:
            return str(shapely.is_valid_reason(polygon))
    return None


def _rings(outline: Outline) -> Sequence[Ring]:
    return [*(ring for rings in outline.polygons for ring in rings), *outline.lines]


def _mean(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2
