"""Where it happened against where a provision holds: inside, outside or cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.place_time import Answer, arc_km
from truceline.terms.ground import drawn

if TYPE_CHECKING:
    from truceline.model.place_time import Place, Span
    from truceline.model.zone import Zone


def inside(place: Place, zone: Zone) -> Answer:
    """Say whether a place lies in a zone, with the radius in which it certainly lies.

    Rival outlines have to agree. In a zone made up of places lies what the gazetteer puts there; what lies outside the
    circle around them is outside, and of the rest nobody can tell.
    """
    if zone.outlines:
        told = {drawn(o).where(place.lat, place.lon, place.radius_km) for o in zone.outlines}
        return told.pop() if len(told) == 1 else Answer.CANNOT_TELL
    if zone.of:
        held = {place.gazetteer_id, *place.within} & set(zone.of)
        return Answer.YES if held else _in_circle(place, zone, within=Answer.CANNOT_TELL)
    return _in_circle(place, zone, within=Answer.YES)


def then(span: Span | None, zone: Zone) -> Answer:
    """Say whether it was a zone when something happened; always where the terms bound it by no time."""
    if zone.since is None and zone.until is None:
        return Answer.YES
    if span is None:
        return Answer.CANNOT_TELL
    begun = Answer.YES if zone.since is None else span.after(zone.since)
    open_ = Answer.YES if zone.until is None else span.before(zone.until)
    if Answer.NO in {begun, open_}:
        return Answer.NO
    return Answer.YES if begun is open_ is Answer.YES else Answer.CANNOT_TELL


def both(one: Answer, other: Answer) -> Answer:
    """Join two answers that must both be yes."""
    if Answer.NO in {one, other}:
        return Answer.NO
    return Answer.YES if one is other is Answer.YES else Answer.CANNOT_TELL


def _in_circle(place: Place, zone: Zone, *, within: Answer) -> Answer:
    km = arc_km(place.lat, place.lon, zone.lat, zone.lon)
    if km + place.radius_km <= zone.radius_km:
        return within
    return Answer.NO if km - place.radius_km > zone.radius_km else Answer.CANNOT_TELL
