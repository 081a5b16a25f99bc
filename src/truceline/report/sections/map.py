"""The map: each incident at its most named usable place, on a ground of borders, zones and lines as of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.report.basemap import ATTRIBUTION, line_of, shapes
from truceline.report.ground_svg import window
from truceline.report.sections.counts import missing_from
from truceline.report.sheet import sheet_for, sheet_of
from truceline.report.view_map import ControlMark, Extent, MapView, Mark, Site, ZoneMark
from truceline.report.words import day_words, moment
from truceline.terms.ground import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from truceline.model.incident import Incident
    from truceline.model.place_time import Place
    from truceline.model.zone import Control
    from truceline.report.scene import Scene

USABLE_KM = 50.0
DISCLAIMER = "Boundaries and names do not imply endorsement."
_CREDIT = f"{ATTRIBUTION} (countries and regions 1:10m, waters 1:50m); countries as it names them."
_CONTESTED = "contested"


def map_view(scene: Scene) -> MapView:
    """Put each incident at its most named usable place; list those without one."""
    found: dict[tuple[str, float, float, float], dict[str, list[int]]] = {}
    missing = []
    for incident in scene.incidents:
        place = next((p for p in incident.places if p.radius_km <= USABLE_KM), None)
        if place is None:
            missing.append(missing_from(incident, _why_no_place(incident), scene))
            continue
        marks = found.setdefault((place.name, place.lat, place.lon, place.radius_km), {})
        marks.setdefault(scene.reporter([incident]), []).append(scene.numbers[incident.id])
    shown = len(scene.incidents) - len(missing)
    sites = tuple(_site(n, key, found[key], scene) for n, key in enumerate(sorted(found), 1))
    zones, day = tuple(_zones(scene)), _day(scene)
    extent = _extent(sites, zones)
    return MapView(
        sentence=f"{shown} shown, {len(missing)} without a usable location (listed below)",
        disclaimer=DISCLAIMER, attribution=_CREDIT, day=day.isoformat(), shown=shown,
        extent=extent, sites=sites, zones=zones, control=tuple(_control(scene)),
        lines=tuple(_lines(extent, day)) if extent else (), missing=tuple(missing),
    )  # fmt: skip


def _day(scene: Scene) -> date:
    """Give the last day before the as-of: what the map shows as a line is one on that day."""
    return (
        (scene.assessment.as_of - timedelta(microseconds=1)).astimezone(scene.mission.zone).date()
    )


def _extent(sites: Sequence[Site], zones: Sequence[ZoneMark]) -> Extent | None:
    if not sites:
        return None
    edges = [point for zone in zones for ring in zone.rings for point in ring]
    sheet = sheet_for(sites, edges)
    return Extent(west=sheet.west, south=sheet.south, east=sheet.east, north=sheet.north)


def _lines(extent: Extent, day: date) -> Iterator[str]:
    """Say what each disputed line on the map is, from when until when, and by what source."""
    found = {line_of(s) for s in shapes(window(sheet_of(extent))) if s.layer == "disputed"}
    for line in sorted(found, key=lambda line: (line.label, str(line.start))):
        since = f"from {day_words(line.start)}" if line.start else "Natural Earth gives no date"
        until = f" to {day_words(line.end)}" if line.end else ""
        past = ", no such line any more on the day of the map" if line.past(day) else ""
        source = f" ({line.source})" if line.source else ""
        yield f"{line.label}: {since}{until}{past}{source}"


def _zones(scene: Scene) -> Iterator[ZoneMark]:
    """Give every version of every zone that is drawn, with whose it is and how exact its edge."""
    for agreement in scene.mission.agreements:
        for zone in agreement.zones:
            for outline in zone.outlines:
                label = (
                    f"{zone.name} ({agreement.title}), as drawn by {outline.held_by}, "
                    f"edge to {outline.accuracy_km:g} km"
                )
                yield ZoneMark(name=zone.name, label=label, rings=drawn(outline).edges())


def _control(scene: Scene) -> Iterator[ControlMark]:
    """Give who is said to hold an area at the as-of, as far as it was reported by then."""
    now = scene.assessment.as_of
    for held in scene.mission.control:
        if held.reported <= now and held.start <= now and (held.end is None or now < held.end):
            yield ControlMark(
                letter=_letter(held, scene),
                label=_held(held, scene),
                rings=drawn(held.outline).edges(),
            )


def _letter(held: Control, scene: Scene) -> str:
    camp = scene.mission.camp(held.side)
    return next((r.letter for r in scene.reporters if r.key == camp), "?")


def _held(held: Control, scene: Scene) -> str:
    who = "contested" if held.side == _CONTESTED else f"held by {scene.name(held.side)}"
    zone = scene.mission.zone
    until = f" to {moment(held.end, zone)}" if held.end else ""
    return (
        f"{who}, as {held.outline.held_by} maps it, from {moment(held.start, zone)}{until}, "
        f"edge to {held.outline.accuracy_km:g} km"
    )


def _why_no_place(incident: Incident) -> str:
    places: tuple[Place, ...] = incident.places
    if not places:
        return "no place is known"
    nearest = min(place.radius_km for place in places)
    return f"the place is uncertain by {nearest:.0f} km or more"


def _site(
    number: int, key: tuple[str, float, float, float], marks: dict[str, list[int]], scene: Scene
) -> Site:
    name, lat, lon, radius = key
    return Site(
        number=number, name=name, lat=lat, lon=lon, radius_km=radius,
        marks=tuple(
            Mark(reporter=r.key, count=len(marks[r.key]), numbers=tuple(marks[r.key]))
            for r in scene.reporters if r.key in marks
        ),
    )  # fmt: skip
