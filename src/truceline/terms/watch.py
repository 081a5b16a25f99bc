"""Who could have seen what, where and when: the union of all that watched, and who caused what is missing.

A zone is a disc (or several) laid out with points spread evenly; at each point and instant the best of those who could see the act counts,
so two cameras on one street are one look. What one record alone covers is worked out exactly, so that a small area
in a large zone is never rounded to nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from truceline.model.acts import Act
from truceline.model.coverage import EVERYWHERE, CoverageRecord, Deficit, Loss, Restriction
from truceline.model.place_time import EARTH_RADIUS_KM, arc_km, enclosing
from truceline.terms.ground import drawn
from truceline.terms.named_areas import full_name, zones_of
from truceline.terms.observability import Light, sees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from truceline.model.mission import Mission
    from truceline.model.zone import Outline

Disc = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Ground:
    """An area as discs that enclose it, and the outlines within which it lies, where it has any."""

    discs: tuple[Disc, ...]
    outlines: tuple[Outline, ...] = ()


NOBODY_LOOKED = "nobody_looked"
_POINTS = 1024
_MOST_THINNED = 40.0
_KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
_GOLDEN = math.pi * (3 - math.sqrt(5))
# Where the terms name no act, what is asked is whether any hostile act could be seen.
_ANY = (Act.HOSTILE_ACT,)
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What of a zone and time somebody could see: a share from 0 to 1, and the deficit by cause, which adds up to the rest."""

    fraction: float
    deficits: tuple[Deficit, ...]


@dataclass(frozen=True, slots=True)
class _Layer:
    """All records, or restrictions, alike but for their time: where (a mask over the points, and a share), and how much."""

    mask: np.ndarray
    share: float
    channel: str | None
    value: float
    cause: str
    times: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Answers for one mission, each question once; it is asked per zone, acts, and stretch of time."""

    mission: Mission
    _zones: dict[str, _Ground] = field(default_factory=dict, compare=False, repr=False)
    _layers: dict[object, tuple[list[_Layer], list[_Layer]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _views: dict[Act, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _answers: dict[object, Seen] = field(default_factory=dict, compare=False, repr=False)

    def seen(self, zone: str | None, acts: Sequence[Act], start: datetime, end: datetime) -> Seen:
        """Say what of a zone by its full name (None: the mission's whole area) could be seen of the acts; of several acts the least seen."""
        views = {self._view(act) for act in acts or _ANY}
        found = [
            self._seen(zone, view, start.timestamp(), end.timestamp()) for view in sorted(views)
        ]
        return min(found, key=lambda seen: seen.fraction)

    def meets(self, zone: str | None, name: str) -> bool:
        """Answer whether a named area (a place, a zone, or `everywhere`) and a zone by its full name have ground in common."""
        area = self._area(zone)
        mask, share = self._overlap(name, area, _points(area))
        return share > 0 or bool(mask.any())

    def _view(self, act: Act) -> tuple[str, ...]:
        """Name the records' channels and lights that could have seen an act, worked out once."""
        if act not in self._views:
            self._views[act] = self._find(act)
        return self._views[act]

    def _find(self, act: Act) -> tuple[str, ...]:
        pairs = {(r.channel, r.light) for r in self.mission.coverage}
        return tuple(sorted(f"{c} {li}" for c, li in pairs if sees(c, act, Light(li))))

    def _seen(self, zone: str | None, view: tuple[str, ...], start: float, end: float) -> Seen:
        key = (zone, view, start, end)
        if key not in self._answers:
            looks, bars = self._of(zone, view)
            self._answers[key] = _swept(
                _active(looks, start, end), _active(bars, start, end), (start, end)
            )
        return self._answers[key]

    def _of(self, zone: str | None, view: tuple[str, ...]) -> tuple[list[_Layer], list[_Layer]]:
        if (zone, view) not in self._layers:
            area = self._area(zone)
            points = _points(area)
            looks: dict[object, list[CoverageRecord]] = {}
            for record in self.mission.coverage:
                if f"{record.channel} {record.light}" in view:
                    alike = (record.area, record.channel, record.effective_fraction, record.lost_to)
                    looks.setdefault(alike, []).append(record)
            bars: dict[object, list[Restriction]] = {}
            for bar in self.mission.restrictions:
                bars.setdefault((bar.area, bar.channel, bar.remaining, bar.by), []).append(bar)
            self._layers[zone, view] = (
                [self._look(group, area, points) for group in looks.values()],
                [self._bar(group, area, points) for group in bars.values()],
            )
        return self._layers[zone, view]

    def _look(self, group: Sequence[CoverageRecord], area: _Ground, points: np.ndarray) -> _Layer:
        first = group[0]
        mask, share = self._overlap(first.area, area, points)
        cause = NOBODY_LOOKED if first.lost_to is Loss.NONE else first.lost_to.value
        times = _merged((r.start.timestamp(), r.end.timestamp()) for r in group)
        return _Layer(mask, share, first.channel, first.effective_fraction, cause, times)

    def _bar(self, group: Sequence[Restriction], area: _Ground, points: np.ndarray) -> _Layer:
        first = group[0]
        mask, share = self._overlap(first.area, area, points)
        times = _merged((r.start.timestamp(), r.end.timestamp()) for r in group)
        return _Layer(mask, share, first.channel, first.remaining, first.by, times)

    def _overlap(self, name: str, area: _Ground, points: np.ndarray) -> tuple[np.ndarray, float]:
        """Give which points of a zone a named area covers, and a share of the zone that it surely covers."""
        if name == EVERYWHERE:
            return np.ones(len(points), bool), 1.0
        cover = self._area(name)
        if cover is area:
            return np.ones(len(points), bool), 1.0
        if cover.outlines:
            # Of rival outlines only what lies in all of them was surely watched.
            mask = np.logical_and.reduce([drawn(o).holds(points) for o in cover.outlines])
            return mask, float(mask.mean()) if len(mask) else 0.0
        mask, share = np.zeros(len(points), bool), 0.0
        for disc in cover.discs:
            if all(arc_km(*disc[:2], *part[:2]) + part[2] <= disc[2] for part in area.discs):
                return np.ones(len(points), bool), 1.0
            mask |= _distances(points, disc) <= disc[2]
            share = max(share, _share(area, disc))
        return mask, share

    def _area(self, zone: str | None) -> _Ground:
        """Give the ground of a zone of an agreement or of a place; of None, a disc around all places of the gazetteer."""
        name = full_name(zone or "", self.mission)
        if name not in self._zones:
            self._zones[name] = self._ground(name)
        return self._zones[name]

    def _ground(self, name: str) -> _Ground:
        places = {p.id: (p.lat, p.lon, p.radius_km) for p in self.mission.gazetteer}
        if not name:
            return _Ground((enclosing(self.mission.gazetteer),) if places else ((0.0, 0.0, 1.0),))
        if name in places:
            return _Ground((places[name],))
        found = zones_of(self.mission).get(name)
        if found is None:
            return _Ground(())
        if found.of:
            return _Ground(tuple(places[part] for part in found.of if part in places))
        return _Ground(((found.lat, found.lon, found.radius_km),), found.outlines)


def _share(area: _Ground, disc: Disc) -> float:
    """Give a share of an area that a disc surely covers: the least by its outlines, or of the disc around it."""
    if area.outlines:
        return min(drawn(outline).share_of(*disc) for outline in area.outlines)
    return _lens_share(_around(area.discs), disc)


def _around(area: Sequence[Disc]) -> Disc:
    """Give the disc around several, as large or larger, so that a share of it is a share at least of them."""
    if len(area) == 1:
        return area[0]
    lat, lon = (sum(d[i] for d in area) / len(area) for i in (0, 1))
    return lat, lon, max(arc_km(lat, lon, d[0], d[1]) + d[2] for d in area)


def _points(area: _Ground) -> np.ndarray:
    """Spread points evenly over discs (Vogel's spiral), those of one disc that lie in an earlier one left out.

    Of an area with outlines those in any of them are kept: so many are laid out that enough are left.
    """
    found: list[np.ndarray] = []
    largest = max((d[2] for d in area.discs), default=1.0)
    for n, (lat, lon, radius) in enumerate(area.discs):
        count = max(8, round(_POINTS * (radius / largest) ** 2 * _thinned(area)))
        steps = np.arange(count)
        km, angle = radius * np.sqrt((steps + 0.5) / count), steps * _GOLDEN
        east = km * np.sin(angle) / (_KM_PER_DEGREE * math.cos(math.radians(lat)))
        here = np.column_stack([lat + km * np.cos(angle) / _KM_PER_DEGREE, lon + east])
        for earlier in area.discs[:n]:
            here = here[_distances(here, earlier) > earlier[2]]
        found.append(here)
    points = np.concatenate(found) if found else np.zeros((0, 2))
    if not area.outlines:
        return points
    kept = points[np.logical_or.reduce([drawn(o).holds(points) for o in area.outlines])]
    return kept if len(kept) else points[:1]


def _thinned(area: _Ground) -> float:
    """Say how many times as many points a disc needs where outlines fill only a part of it."""
    if not area.outlines:
        return 1.0
    round_ = sum(math.pi * d[2] ** 2 for d in area.discs)
    filled = max(drawn(o).km2 for o in area.outlines)
    return min(_MOST_THINNED, max(1.0, round_ / filled)) if filled else 1.0


def _distances(points: np.ndarray, disc: Disc) -> np.ndarray:
    """Give the great-circle distances in km of points (degrees) from the middle of a disc."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    a, b = math.radians(disc[0]), math.radians(disc[1])
    h = np.sin((lat - a) / 2) ** 2 + np.cos(lat) * math.cos(a) * np.sin((lon - b) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h))))


def _lens_share(zone: Disc, disc: Disc) -> float:
    """Give the share of a zone's disc that another covers: the area of the lens of two circles in a plane."""
    d, big, small = arc_km(*zone[:2], *disc[:2]), zone[2], disc[2]
    if d >= big + small:
        return 0.0
    if d <= abs(big - small):
        return min(1.0, (small / big) ** 2)
    x = (d * d + small * small - big * big) / (2 * d)
    y = d - x
    lens = small**2 * math.acos(x / small) - x * math.sqrt(max(0.0, small**2 - x * x))
    lens += big**2 * math.acos(y / big) - y * math.sqrt(max(0.0, big**2 - y * y))
    return lens / (math.pi * big**2)


def _merged(times: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Join stretches of time that touch or overlap."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(times):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _active(layers: Iterable[_Layer], start: float, end: float) -> list[_Layer]:
    return [la for la in layers if la.share > 0 and any(s < end and e > start for s, e in la.times)]


def _swept(looks: list[_Layer], bars: list[_Layer], stretch: tuple[float, float]) -> Seen:
    """Sweep over a stretch of time: between two changes nothing changes."""
    start, end = stretch
    ends = {t for layer in (*looks, *bars) for pair in layer.times for t in pair if start < t < end}
    cuts = [start, *sorted(ends), end]
    seen, missing = 0.0, dict[tuple[str, ...], float]()
    for one, other in pairwise(cuts):
        weight = (other - one) / (end - start)
        on = [la for la in looks if _on(la, one)]
        off = [la for la in bars if _on(la, one)]
        share, lost = _between(on, off)
        seen += weight * share
        for causes, part in lost.items():
            missing[causes] = missing.get(causes, 0.0) + weight * part
    fraction = min(1.0, max(seen, _LEAST)) if seen > 0 else 0.0
    return Seen(
        fraction=round(fraction, 6),
        deficits=tuple(
            Deficit(causes=causes, share=round(share, 6))
            for causes, share in sorted(missing.items())
            if round(share, 6) > 0
        ),
    )


def _on(layer: _Layer, at: float) -> bool:
    return any(s <= at < e for s, e in layer.times)


def _between(looks: list[_Layer], bars: list[_Layer]) -> tuple[float, dict[tuple[str, ...], float]]:
    """Give the share seen while nothing changes, and what is missing by its causes."""
    size = max((len(la.mask) for la in (*looks, *bars)), default=0)
    if not size:
        return 0.0, {(NOBODY_LOOKED,): 1.0}
    best, least = np.zeros(size), 0.0
    for look in looks:
        value, surely = np.where(look.mask, look.value, 0.0), look.value
        for bar in bars:
            if bar.channel in {None, look.channel}:
                value = np.where(bar.mask, np.minimum(value, look.value * bar.value), value)
                surely = min(surely, look.value * bar.value)
        best, least = np.maximum(best, value), max(least, look.share * surely)
    seen = max(float(best.mean()), least)
    return seen, _booked(1.0 - best, looks, bars, 1.0 - seen)


def _booked(
    unseen: np.ndarray, looks: list[_Layer], bars: list[_Layer], total: float
) -> dict[tuple[str, ...], float]:
    """Book what nobody saw, point by point: to who kept others from looking, else to why a record saw less, else to nobody."""
    if not (mean := float(unseen.mean())):
        return {}
    codes = np.zeros(len(unseen), np.int64)
    causes = sorted({la.cause for la in bars if la.value < 1.0})
    for bit, cause in enumerate(causes):
        for bar in (b for b in bars if b.cause == cause and b.value < 1.0):
            codes[bar.mask] |= 1 << bit
    reasons = sorted({la.cause for la in looks if la.value < 1.0})
    free = codes == 0
    for bit, reason in enumerate(reasons, len(causes)):
        for look in (la for la in looks if la.cause == reason and la.value < 1.0):
            codes[look.mask & free] |= 1 << bit
    names = [*causes, *reasons]
    found: dict[tuple[str, ...], float] = {}
    for code in np.unique(codes):
        part = float(unseen[codes == code].sum() / len(unseen)) * total / mean
        who = tuple(n for bit, n in enumerate(names) if int(code) >> bit & 1) or (NOBODY_LOOKED,)
        found[who] = found.get(who, 0.0) + part
    return found
