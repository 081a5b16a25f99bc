"""The names of zones across agreements: two agreements may each have a zone of one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from truceline.model.mission import Mission
    from truceline.model.zone import Zone


def zones_of(mission: Mission) -> dict[str, Zone]:
    """Give every zone by its full name, `AGREEMENT/ZONE`."""
    return {f"{a.id}/{z.id}": z for a in mission.agreements for z in a.zones}


def full_name(area: str, mission: Mission) -> str:
    """Give the full name of a zone whose id stands alone, where one agreement has it; any other word as it is."""
    if area in {place.id for place in mission.gazetteer}:
        return area
    found = [name for name in zones_of(mission) if name.partition("/")[2] == area]
    return found[0] if len(found) == 1 else area


def apart(one: Collection[str], other: Collection[str], mission: Mission) -> bool:
    """Answer whether places of the gazetteer have no ground in common with others by what lies within what."""
    return not (_whole(one, mission) & set(other) or _whole(other, mission) & set(one))


def _whole(places: Collection[str], mission: Mission) -> set[str]:
    """Give places with all that they lie within."""
    within = {entry.id: entry.within for entry in mission.gazetteer}
    found: set[str] = set()
    left = list(places)
    while left:
        if (place := left.pop()) not in found:
            found.add(place)
            left += within.get(place, ())
    return found
