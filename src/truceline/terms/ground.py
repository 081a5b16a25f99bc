"""Each outline laid flat once; shapely is imported only where a mission has outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.zone import Outline, Zone
    from truceline.terms.geometry import Drawn

# An outline is kept beside what was drawn of it, so that its identity stays its own; hashing thousands of points each time
# would cost more than drawing them. A process that loads many missions forgets them all now and then.
_KEPT: dict[int, tuple[Outline, Drawn]] = {}
_ROUND: dict[Zone, Outline] = {}
_MOST = 1000


def drawn(outline: Outline) -> Drawn:
    """Give an outline as it lies on the ground."""
    found = _KEPT.get(id(outline))
    if found is None:
        from truceline.terms.geometry import Drawn  # noqa: PLC0415  only missions with outlines need it

        if len(_KEPT) >= _MOST:
            _KEPT.clear()
            _ROUND.clear()
        found = _KEPT[id(outline)] = (outline, Drawn(outline))
    return found[1]


def on_ground(zone: Zone) -> tuple[Drawn, ...]:
    """Give a zone as it lies on the ground: each of its outlines, or its circle."""
    if zone.outlines:
        return tuple(drawn(outline) for outline in zone.outlines)
    if zone not in _ROUND:
        from truceline.terms.geometry import round_outline  # noqa: PLC0415  only where a map of control asks

        _ROUND[zone] = round_outline(zone.lat, zone.lon, zone.radius_km)
    return (drawn(_ROUND[zone]),)
