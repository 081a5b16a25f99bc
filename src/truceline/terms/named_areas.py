"""The names of zones across agreements: two agreements may each have a zone of one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
    """Answer whether no place of the gazetteer lies within (or is) a place of each: they have no ground in common that is known."""
    first, second = set(one), set(other)
    within = {entry.id: entry.within for entry in mission.gazetteer}
    wholes = (_whole(entry, within) for entry in within)
    return not any(whole & first and whole & second for whole in wholes)


def _whole(place: str, within: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give a place with all that it lies within."""
    found: set[str] = set()
    left = [place]
    while left:
        if (at := left.pop()) not in found:
            found.add(at)
            left += within.get(at, ())
    return found
