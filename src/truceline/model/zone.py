"""Where a provision holds: a circle, places of the gazetteer, or outlines that people may read differently."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Point = tuple[float, float]
"""Longitude and latitude in degrees WGS 84, in the order of GeoJSON."""
Ring = tuple[Point, ...]


class Hand(StrEnum):
    """On which side of a line a strip lies, seen along the line as it is drawn."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What lies beside a line, from one distance to another in km, on one side of it or on both (a corridor)."""

    hand: Hand
    from_km: float
    to_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One version of where a zone lies: polygons (each an outer ring and its holes), or lines with the strip beside them.

    `accuracy_km` is how far the true edge may lie from the drawn one; `held_by` is who draws it so.
    """

    id: str
    polygons: tuple[tuple[Ring, ...], ...]
    lines: tuple[Ring, ...]
    strip: Strip | None
    accuracy_km: float
    held_by: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """An area of the agreement: a centre with a radius in km, the places that make it up, or outlines.

    Where it is made up of places (`of`) or has `outlines`, the circle encloses them and says nothing of what lies inside.
    Several outlines are rival versions, none preferred. `since` and `until` bound when it is a zone; `marked` says
    whether its edge is marked on the ground, None where nobody says.
    """

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float
    of: tuple[str, ...] = ()
    outlines: tuple[Outline, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    marked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Who held an area for a time, as somebody maps it: evidence, and never a fact of the terms.

    `side` is a side, a state, or `contested`; `end` is None where the map names none.
    """

    id: str
    side: str
    outline: Outline
    start: datetime
    end: datetime | None
    source: str
    reported: datetime
