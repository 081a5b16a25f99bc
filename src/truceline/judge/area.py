"""Where it happened against where a provision holds: inside, outside or cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.place_time import Answer, Place, PlaceKind, distance_km

if TYPE_CHECKING:
    from truceline.model.agreement import Zone


def inside(place: Place, zone: Zone) -> Answer:
    """Say whether a place lies in a zone, with the radius in which it certainly lies.

    In a zone made up of places lies what the gazetteer puts there; what lies outside the circle around them is
    outside, and of the rest nobody can tell.
    """
    if zone.of:
        held = {place.gazetteer_id, *place.within} & set(zone.of)
        return Answer.YES if held else _in_circle(place, zone, within=Answer.CANNOT_TELL)
    return _in_circle(place, zone, within=Answer.YES)


def _in_circle(place: Place, zone: Zone, *, within: Answer) -> Answer:
    centre = Place(
        text=zone.name, name=zone.name, lat=zone.lat, lon=zone.lon, radius_km=zone.radius_km,
        kind=PlaceKind.AREA,
    )  # fmt: skip
    km = distance_km(place, centre)
    if km + place.radius_km <= zone.radius_km:
        return within
    return Answer.NO if km - place.radius_km > zone.radius_km else Answer.CANNOT_TELL
