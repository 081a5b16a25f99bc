"""Files of zones (GeoJSON) to features by id, and the outlines that an agreement makes of them; every fault with its place.

Checks work on what can be read, so that one mistake hides no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.place_time import arc_km, enclosing
from truceline.model.problem import Problem, Severity
from truceline.model.zone import Hand, Outline, Strip
from truceline.terms.check import complaint
from truceline.terms.times import below, word
from truceline.terms.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from truceline.model.place_time import GazetteerEntry
    from truceline.model.zone import Ring
    from truceline.terms.build import View
    from truceline.terms.times import Clock
    from truceline.terms.tree import Node

_LEAST_POINTS = 4
_DRAWN = frozenset({"Polygon", "MultiPolygon", "LineString", "MultiLineString"})
_FAR_KM = 100.0
_SWAP = "GeoJSON writes longitude first, then latitude: exchange the two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of a file: polygons, or lines, as they are drawn."""

    polygons: tuple[tuple[Ring, ...], ...]
    lines: tuple[Ring, ...]


Features = dict[str, Feature]


def read_features(content: bytes, file: str) -> tuple[Features, tuple[Problem, ...]]:
    """Read the polygons and lines of a file by their ids (`id`, or `properties.id`), with what is wrong with them.

    Points and what has no id are left aside: they may stand there for people.
    """
    found: Features = {}
    problems: list[Problem] = []
    for name, geometry in _named(json.loads(content)):
        if name in found:
            problems.append(_fault(file, name, "the id stands twice", "rename one of the features"))
            continue
        try:
            feature = feature_of(geometry)
        except (TypeError, ValueError, KeyError, IndexError) as error:
            said = f"coordinates that are no {geometry.get('type')}: {error}"
            problems.append(_fault(file, name, said, "draw the feature anew, or take it out"))
            continue
        if feature is not None:
            problems += [_fault(file, name, *fault) for fault in faults_of(feature)]
            found[name] = feature
    return found, tuple(problems)


def _named(root: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    features = root.get("features") if root.get("type") == "FeatureCollection" else [root]
    for feature in features if isinstance(features, list) else ():
        if isinstance(feature, dict) and isinstance(feature.get("geometry"), dict):
            told = feature.get("properties")
            name = feature.get("id") or (told.get("id") if isinstance(told, dict) else None)
            if name:
                yield str(name), feature["geometry"]


def feature_of(geometry: Mapping[str, object]) -> Feature | None:
    """Read a geometry, None where it is neither polygons nor lines; ValueError and its like where it is none at all."""
    kind, drawn = geometry["type"], geometry.get("coordinates")
    if kind in _DRAWN and not (isinstance(drawn, list) and drawn and all(drawn)):
        msg = "a part without any point"
        raise ValueError(msg)
    many = drawn if isinstance(drawn, list) else []
    match kind:
        case "Polygon":
            return Feature(polygons=(tuple(_ring(r) for r in many),), lines=())
        case "MultiPolygon":
            return Feature(polygons=tuple(tuple(_ring(r) for r in p) for p in many), lines=())
        case "LineString":
            return Feature(polygons=(), lines=(_ring(many),))
        case "MultiLineString":
            return Feature(polygons=(), lines=tuple(_ring(line) for line in many))
        case _:
            return None


def _ring(points: object) -> Ring:
    if not isinstance(points, list) or len(points) < 2:  # noqa: PLR2004  a line has two ends
        msg = "fewer than two points"
        raise ValueError(msg)
    return tuple((float(p[0]), float(p[1])) for p in points)


def faults_of(feature: Feature) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a drawn feature, and what to do."""
    points = [p for rings in (*feature.polygons, feature.lines) for r in rings for p in r]
    if any(abs(lat) > 90 for _, lat in points):  # noqa: PLR2004  degrees of latitude
        yield "a latitude beyond 90 degrees", _SWAP
        return
    if any(abs(lon) > 180 for lon, _ in points):  # noqa: PLR2004  degrees of longitude
        yield "a longitude beyond 180 degrees", "write degrees of WGS 84"
        return
    for rings in feature.polygons:
        for ring in rings:
            if len(ring) < _LEAST_POINTS or ring[0] != ring[-1]:
                yield "a ring that is not closed", "end each ring with its first point"
                return
    from truceline.terms.geometry import crossing  # noqa: PLC0415  only missions with outlines need it

    if (said := crossing(_outline(feature))) is not None:
        yield f"the polygon is not sound: {said}", "draw it anew without crossing its own edge"


def _outline(feature: Feature) -> Outline:
    return Outline(
        id="", polygons=feature.polygons, lines=feature.lines, strip=None, accuracy_km=0.0,
        held_by="", source="",
    )  # fmt: skip


def _fault(file: str, name: str, message: str, advice: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=file, field=name, message=message, advice=advice)


def outline_sense(
    root: Node, features: Mapping[str, Features], places: Sequence[GazetteerEntry],
    setting: tuple[Clock, str],
) -> Iterator[Problem]:  # fmt: skip
    """Complain of outlines whose file, feature or side is not there, and of zones that lie nowhere near the mission."""
    clock, file = setting
    for zone in _items(root, "zones"):
        for node in _items(zone, "outlines"):
            feature, problem = _found(node, features, file)
            if problem is not None:
                yield problem
            elif feature is not None:
                yield from _drawn(node, feature, file)
                yield from _sided(node, feature, places, file)
                yield from _near(node, feature, places, file)
        since, until = (below(zone, key) for key in ("since", "until"))
        if since is not None and until is not None and _late(since, until, clock):
            yield complaint(
                file, zone, "the zone ends before it begins", "exchange since and until"
            )


def _late(since: Node, until: Node, clock: Clock) -> bool:
    """Answer whether one moment is not before the other, as far as both can be read."""
    try:
        return clock.at(since) >= clock.at(until)
    except MissionError:
        return False


def _found(
    node: Node, features: Mapping[str, Features], file: str
) -> tuple[Feature | None, Problem | None]:
    at = below(node, "file")
    name = f"zones/{word(node, 'file')}"
    if at is None or not isinstance(at.value, str):
        return None, None
    if name not in features:
        known = [known.removeprefix("zones/") for known in features]
        said = f"{at.value!r} is no file of the folder zones"
        return None, complaint(file, at, said, did_you_mean(at.value, known))
    wanted = below(node, "feature")
    if wanted is None or wanted.value in features[name]:
        return features[name].get(word(node, "feature")), None
    said = f"{wanted.value!r} is no polygon or line of {name}"
    return None, complaint(
        file, wanted, said, did_you_mean(str(wanted.value), sorted(features[name]))
    )


def _drawn(node: Node, feature: Feature, file: str) -> Iterator[Problem]:
    """Complain of a line without its side and distance, and of a polygon with them."""
    given = [key for key in ("side", "to_km") if below(node, key) is not None]
    if feature.lines and len(given) < 2:  # noqa: PLR2004  both are needed
        said = "a line has no inside: its side and how far the zone reaches are missing"
        yield complaint(file, node, said, "add side (a place on that side, or both) and to_km")
    if feature.polygons and (given or below(node, "from_km") is not None):
        yield complaint(file, node, "a polygon has no side", "take side, from_km and to_km out")
    low, high = below(node, "from_km"), below(node, "to_km")
    if low is not None and high is not None and _number(low) >= _number(high):
        yield complaint(file, low, "the strip ends before it begins", "exchange from_km and to_km")


def _sided(
    node: Node, feature: Feature, places: Sequence[GazetteerEntry], file: str
) -> Iterator[Problem]:
    """Complain of a side named by a place that may lie on either."""
    place = next((p for p in places if p.id == word(node, "side")), None)
    if feature.lines and place is not None and _side_of(feature, place) is None:
        said = f"{place.name} may lie on either side of the line, or on it"
        yield complaint(
            file, below(node, "side") or node, said, "name a place further from the line"
        )


def _number(node: Node) -> float:
    return float(node.value) if isinstance(node.value, int | float) else 0.0


def _near(
    node: Node, feature: Feature, places: Sequence[GazetteerEntry], file: str
) -> Iterator[Problem]:
    """Complain of a zone far from every place of the gazetteer, and of one that would be near with its numbers exchanged."""
    if not places:
        return
    lat, lon, radius = enclosing(places)
    points = [p for rings in (*feature.polygons, feature.lines) for r in rings for p in r]
    reach = radius + _FAR_KM
    if any(arc_km(lat, lon, p[1], p[0]) <= reach for p in points):
        return
    swapped = any(abs(p[0]) <= 90 and arc_km(lat, lon, p[0], p[1]) <= reach for p in points)  # noqa: PLR2004
    advice = (
        _SWAP if swapped else "correct its coordinates, or add the places there to the gazetteer"
    )
    yield complaint(file, node, "the zone lies nowhere near a place of the gazetteer", advice)


def _items(node: Node | None, key: str) -> list[Node]:
    found = below(node, key) if node is not None else None
    return found.value if found is not None and isinstance(found.value, list) else []


def outline_of(view: View, feature: Feature, places: Mapping[str, GazetteerEntry]) -> Outline:
    """Make the outline of a checked mapping and its feature."""
    strip = None
    if feature.lines:
        strip = Strip(
            hand=_hand(view.text("side"), feature, places), to_km=view.number("to_km"),
            from_km=view.number("from_km") if view.has("from_km") else 0.0,
        )  # fmt: skip
    return Outline(
        id=view.text("id"), polygons=feature.polygons, lines=feature.lines, strip=strip,
        accuracy_km=view.number("accuracy_km"), held_by=view.text("held_by"),
        source=view.text("source"),
    )  # fmt: skip


def _hand(side: str, feature: Feature, places: Mapping[str, GazetteerEntry]) -> Hand:
    """Say on which hand of the line the place lies that the terms name; the check has seen that it lies on one."""
    return Hand.BOTH if side == Hand.BOTH else _side_of(feature, places[side]) or Hand.BOTH


def _side_of(feature: Feature, place: GazetteerEntry) -> Hand | None:
    from truceline.terms.geometry import hand_of  # noqa: PLC0415  only missions with outlines need it

    longest = max(feature.lines, key=len)
    return hand_of(longest, (place.lon, place.lat), place.radius_km)
