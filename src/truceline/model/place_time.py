"""When and where: instants and places that carry their own uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0088
UNRESOLVED = "unresolved"


class Answer(StrEnum):
    """A question about uncertain things has three answers."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


class TimePrecision(StrEnum):
    """How finely a source states a time."""

    MINUTE = "minute"
    ABOUT = "about"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    RANGE = "range"
    OPEN_ENDED = "open_ended"
    UNRESOLVED = UNRESOLVED


class PlaceKind(StrEnum):
    """What sort of thing a gazetteer entry is."""

    SETTLEMENT = "settlement"
    AREA = "area"
    DISTRICT = "district"
    FRONT = "front"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time in which something happened: aware UTC bounds plus what the source said.

    Raises ValueError when a bound is naive or `latest` lies before `earliest`.
    """

    earliest: datetime
    latest: datetime
    text: str
    precision: TimePrecision
    zone_rule: str

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            msg = f"a span needs aware times, not {self.text!r}"
            raise ValueError(msg)
        if self.latest < self.earliest:
            msg = f"latest {self.latest} lies before earliest {self.earliest}"
            raise ValueError(msg)

    @property
    def width(self) -> timedelta:
        """How uncertain the time is."""
        return self.latest - self.earliest

    @property
    def middle(self) -> datetime:
        """The middle of the span, for windows only: it is no estimate of the time."""
        return self.earliest + self.width / 2

    def before(self, instant: datetime) -> Answer:
        """Answer whether the whole span lies before an instant; one that has a length ends before its last instant."""
        if self.latest < instant or self.earliest < self.latest == instant:
            return Answer.YES
        return Answer.NO if self.earliest >= instant else Answer.CANNOT_TELL

    def after(self, instant: datetime) -> Answer:
        """Answer whether the whole span lies at or after an instant."""
        match self.before(instant):
            case Answer.YES:
                return Answer.NO
            case Answer.NO:
                return Answer.YES
            case Answer.CANNOT_TELL:
                return Answer.CANNOT_TELL

    def gap(self, other: Span) -> timedelta:
        """Give the empty time between two spans, zero where they touch or overlap."""
        return max(self.earliest - other.latest, other.earliest - self.latest, timedelta(0))

    def meets(self, other: Span) -> Answer:
        """Answer whether two events happened at one instant: no when apart, yes only for equal instants."""
        if self.gap(other):
            return Answer.NO
        same = self.width == other.width == timedelta(0)
        return Answer.YES if same else Answer.CANNOT_TELL


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point with a radius in km that certainly holds the event, from the mission's gazetteer.

    `lat`, `lon` in degrees WGS 84; `candidates` lists gazetteer ids where a name fits several
    places, in which case the centre and radius enclose them all and `gazetteer_id` is None.
    """

    text: str
    name: str
    lat: float
    lon: float
    radius_km: float
    kind: PlaceKind
    gazetteer_id: str | None = None
    candidates: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """A place of the mission: display name by the name policy, parallel names, centre, radius, source."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: PlaceKind
    lat: float
    lon: float
    radius_km: float
    within: tuple[str, ...]
    source: str


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance between two centres (haversine formula)."""
    return arc_km(a.lat, a.lon, b.lat, b.lon)


def arc_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance between two points in degrees (haversine formula)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_lat = (phi_b - phi_a) / 2
    half_lon = math.radians(lon_b - lon_a) / 2
    h = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def enclosing(places: Sequence[Place | GazetteerEntry]) -> tuple[float, float, float]:
    """Give latitude, longitude and radius in km of a circle around the middle of circles that holds them all."""
    if len(places) == 1:
        return places[0].lat, places[0].lon, places[0].radius_km
    lat = sum(p.lat for p in places) / len(places)
    lon = sum(p.lon for p in places) / len(places)
    return lat, lon, max(arc_km(lat, lon, p.lat, p.lon) + p.radius_km for p in places)


_SECONDS = len("2020-10-10T08:00:00")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def plausible_year(instant: date) -> bool:
    """Answer whether a year can be meant; anything else is a slip of the pen."""
    return FIRST_YEAR <= instant.year <= LAST_YEAR


def utc_text(instant: datetime) -> str:
    """Write an instant as `2020-10-10T08:00:00Z`."""
    return f"{instant.astimezone(UTC).isoformat()[:_SECONDS]}Z"
