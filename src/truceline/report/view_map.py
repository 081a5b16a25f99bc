"""The report's view of its map."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An incident that a chart or map cannot show, and why."""

    incident: str
    number: int
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How many incidents one class of reporter puts at a place."""

    reporter: str
    count: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A gazetteer place with incidents, by its number on the map; the circle of `radius_km` certainly holds them."""

    number: int
    name: str
    lat: float
    lon: float
    radius_km: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneMark:
    """One version of a zone as it is drawn: rings of latitude and longitude, whose version it is, and how exact."""

    name: str
    label: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlMark:
    """Who is said to hold an area: rings of latitude and longitude, a letter for the side, who says so and from when until when."""

    letter: str
    label: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The drawn part of the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """Where incidents are reported, on a ground of borders and lines as of a day, and which have no usable location.

    `lines` says of each disputed line on it what it is, from when until when, and by what source. Without a place
    there is no extent, and no map.
    """

    sentence: str
    disclaimer: str
    attribution: str
    day: str
    shown: int
    extent: Extent | None
    sites: tuple[Site, ...]
    zones: tuple[ZoneMark, ...]
    control: tuple[ControlMark, ...]
    lines: tuple[str, ...]
    missing: tuple[Missing, ...]
